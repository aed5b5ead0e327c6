"""The values of a quantity in one scope: of repetitions, sets or days, with what each is called and written as."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.coach.facts import Facts, PastSet, past_set
from bot.coach.facts.comparing import margin_s
from bot.coach.facts.estimates import in_units
from bot.coach.facts.quantities import QUANTITIES, Measured
from bot.coach.facts.summing import days_of
from bot.coach.hearing.exercise_asked import current, label_of
from bot.coach.hearing.sought import Part, Sought
from bot.coach.hearing.spans import Days
from bot.coach.language import day, degrees, month, numbers, plain, say, seconds
from bot.coach.phrases import capital
from bot.coach.telling.versus import of_exercise, within


@dataclass(frozen=True, slots=True)
class Found:
    """The values of one scope, oldest first, with what each is called and its set; `left_out` are sets in which the
    quantity is not known, `of` all sets of the scope. `where` says of what they are."""

    where: str
    values: tuple[float, ...] = ()
    called: tuple[str, ...] = ()
    sets: tuple[PastSet, ...] = ()
    of_reps: bool = False
    left_out: int = 0
    any_set: bool = True
    of: tuple[PastSet, ...] = ()


def measured_of(sought: Sought) -> Measured:
    return QUANTITIES[sought.quantity]


def found_in(facts: Facts, sought: Sought, part: Part, *, as_set: bool = False) -> Found:
    """The values of one scope; of the set in question its typical repetition where it is taken `as_set`."""
    measured, where = measured_of(sought), _where(facts, sought, part)
    if sought.quantity in ("days", "interval"):
        sets = tuple(sets_of(facts, sought.exercise, part))
        days = days_of(sets)
        if sought.quantity == "interval":
            return _intervals(facts, where, sets)
        return Found(where, (float(len(days)),) if days else (), sets=sets, any_set=bool(days))
    this = facts.this
    of_this = not part.of_sets and this is not None and sought.exercise in (None, this.exercise)
    if of_this and this and measured.of_rep and not (as_set and measured.of_set):
        reps = [rep for rep in this.reps if rep.complete and (not part.reps or rep.number in part.reps)]
        pairs = [(rep.number, measured.of_rep(rep)) for rep in reps]
        known = [(number, value) for number, value in pairs if not math.isnan(value)]
        called = tuple(say(facts.language, "reckon_rep", number=number) for number, _ in known)
        return Found(where, tuple(value for _, value in known), called, (past_set(this),), of_reps=True)
    sets = (past_set(this),) if of_this and this else sets_of(facts, sought.exercise, part)
    of_set = measured.of_set
    values = [(past, of_set(past) if of_set else math.nan) for past in sets]
    known_sets = tuple(past for past, value in values if not math.isnan(value))
    return Found(
        where,
        tuple(value for _, value in values if not math.isnan(value)),
        _called(facts, known_sets),
        known_sets,
        left_out=len(sets) - len(known_sets),
        any_set=bool(sets),
        of=sets,
    )


def _intervals(facts: Facts, where: str, sets: tuple[PastSet, ...]) -> Found:
    """The days from each training day to the next."""
    pairs = tuple(itertools.pairwise(days_of(sets)))
    called = tuple(
        say(facts.language, "reckon_days", first=day(facts.language, one), last=day(facts.language, other))
        for one, other in pairs
    )
    return Found(where, tuple(float((other - one).days) for one, other in pairs), called, sets, any_set=bool(sets))


def sets_of(facts: Facts, exercise: str | None, part: Part) -> tuple[PastSet, ...]:
    """The sets of a scope, oldest first."""
    done = tuple(reversed(of_exercise(facts, exercise)))
    if not part.of_sets:
        return done[-1:]
    if part.set_number:
        return facts.session[part.set_number - 1 : part.set_number]
    if part.before:
        last = facts.last_same if facts.this and exercise == facts.this.exercise else None
        return (last,) if last else done[-1:] if exercise != current(facts) else ()
    if part.until:
        return tuple(past for past in done if past.done_on < part.until)[-1:]
    if part.newest:
        days = days_of(done)[-part.newest :]
        return tuple(past for past in done if past.done_on in days)
    return within(done, part.days) if part.days else done


def _called(facts: Facts, sets: Sequence[PastSet]) -> tuple[str, ...]:
    """What each set is called: by its day; of several of one day by its number on it."""
    if len(days_of(sets)) == 1 and len(sets) > 1:
        return tuple(say(facts.language, "reckon_set", number=number) for number in range(1, len(sets) + 1))
    return tuple(day(facts.language, past.done_on) for past in sets)


def _where(facts: Facts, sought: Sought, part: Part) -> str:
    """Of what a value is, in words."""
    language = facts.language
    if part.reps:
        key = "reckon_rep" if len(part.reps) == 1 else "reckon_reps"
        return say(language, key, number=part.reps[0], numbers=numbers(language, part.reps))
    if part.set_number:
        return say(language, "reckon_set", number=part.set_number)
    this = facts.this
    if not part.of_sets and this and sought.exercise in (None, this.exercise):
        return say(language, "reckon_this")
    other = sought.exercise is not None and sought.exercise != current(facts)
    label = label_of(sought.exercise, facts) if sought.exercise else say(language, "reckon_all_exercises")
    if part.before or part.until or not part.of_sets:
        last = sets_of(facts, sought.exercise, part)
        when = day(language, last[0].done_on) if last else say(language, "reckon_before")
        return f"{label}, {when}" if other else when
    fewer = part.newest and len(days_of(sets_of(facts, sought.exercise, part))) < part.newest  # than were asked of
    if (part.every or fewer) and sought.exercise is None:
        return say(language, "reckon_all_sets")
    if part.every or fewer:
        return say(language, "reckon_every", label=label)
    when = say(language, "reckon_newest", count=part.newest) if part.newest else _when(facts, part)
    return f"{label}, {when}" if other or sought.exercise is None else when


def _when(facts: Facts, part: Part) -> str:
    days = part.days or Days(facts.today, facts.today)
    if part.span and not part.span[0].isdecimal():
        return say(facts.language, f"span_{part.span}")
    if part.span:
        return month(facts.language, days.first, facts.today)
    if days.first == days.last:
        return say(facts.language, "reckon_today") if days.first == facts.today else day(facts.language, days.first)
    first, last = day(facts.language, days.first), day(facts.language, days.last)
    return say(facts.language, "reckon_days", first=first, last=last)


def write(facts: Facts, measured: Measured, value: float) -> str:
    """A value with its unit."""
    language = facts.language
    if measured.unit == "kg":
        return f"{plain(in_units(value, facts.units))} {facts.units}"
    if measured.unit == "s":
        whole = measured.of_rep is None and value == round(value)
        return say(language, "reckon_s", value=plain(value) if whole else seconds(value))
    if measured.unit in ("deg", "deg/s"):
        return say(language, f"reckon_{measured.unit.replace('/', '_')}", value=degrees(value))
    return _counted(facts, measured.unit, value)


def what_of(facts: Facts, sought: Sought, found: Found) -> str:
    """What is told; of whole sets, of what their repetitions have, that it is a typical one's."""
    what = capital(say(facts.language, f"reckon_what_{sought.quantity}"))
    typical = measured_of(sought).of_rep is not None and not found.of_reps
    return say(facts.language, "reckon_typical", what=what) if typical else what


def write_fine(facts: Facts, measured: Measured, value: float) -> str:
    """A small value of a unit, a decimal more than its values are told with."""
    if measured.unit in ("deg", "deg/s"):
        return say(facts.language, f"reckon_{measured.unit.replace('/', '_')}", value=f"{value:.1f}")
    return write(facts, measured, value)


def count_of(facts: Facts, sought: Sought, found: Found) -> str:
    """Of how many values a figure is."""
    unit = "gaps" if sought.quantity == "interval" else "reps" if found.of_reps else "sets"
    return _counted(facts, unit, len(found.values))


def _counted(facts: Facts, unit: str, value: float) -> str:
    """So many repetitions, sets or days."""
    words = {f"{unit}_word": unit[:-1] if value == 1 else unit}
    return say(facts.language, f"reckon_{unit}_n", value=plain(value), **words)


def word_of(facts: Facts, measured: Measured, key: str) -> str:
    return say(facts.language, f"reckon_{measured.way}_{key}")


def is_rough(facts: Facts, sought: Sought, found: Sequence[Found]) -> bool:
    """Whether a time of a repetition is among the values that could not be seen well."""
    return measured_of(sought).of_time and any(past.rough_times for one in found for past in one.sets)


def margin_of(facts: Facts, sought: Sought, found: Sequence[Found]) -> float:
    """From which difference on two values are told apart."""
    measured = measured_of(sought)
    within_set = all(one.of_reps for one in found)
    least = measured.margin if within_set else measured.margin_of_sets
    if not measured.of_time:
        return least
    return max((least, *(margin_s(past) for one in found for past in one.sets)))
