"""What is said of earlier sets: comparisons, bests, progress, and what to load next."""

from __future__ import annotations

import math
from collections.abc import Callable

from bot.coach.facts import Facts, PastSet, SetFacts, past_set
from bot.coach.facts.comparing import (
    Change,
    all_sets,
    best_earlier,
    best_estimate_kg,
    changes,
    heaviest,
    longest,
    since_last,
    was_a_grind,
)
from bot.coach.hearing.days import Days
from bot.coach.language import day, degrees, plain, say, seconds, weight
from bot.coach.telling.form import faults
from bot.coach.telling.sets import Sentences, reps_sentence, reps_text
from pipeline.values import UNKNOWN

STEP_SHARE = 0.025  # ACSM 2009 advises steps of 2 to 10 %; the small end, rounded to what plates allow
PLATE_STEP = {"kg": 2.5, "lb": 5.0}
SHOWN_SETS = 5


def compare(facts: Facts, this: SetFacts) -> Sentences:
    """Every measure against the newest earlier set of the same exercise, and what it comes to."""
    last = facts.last_same
    if this.exercise == UNKNOWN:
        return (say(facts.language, "exercise_unknown"),)
    if last is None:
        return (say(facts.language, "compare_first", label=this.label),)
    when = (
        say(facts.language, "compare_set", label=this.label)
        if facts.same_workout
        else say(facts.language, "compare_when", label=this.label, day=day(facts.language, last.done_on))
    )
    found = since_last(facts)
    shown = found[:2] + tuple(change for change in found[2:] if change.direction != "same")[:2]
    return (
        when,
        *(change_sentence(facts, change) for change in shown),
        say(facts.language, verdict_key(found), since=_since(facts)),
    )


def change_sentence(facts: Facts, change: Change) -> str:
    """One measure then and now, in words that say which way it went."""
    write = _writer(facts, change)
    key = f"change_{change.measure}_{change.direction}"
    return say(facts.language, key, now=write(change.now), before=write(change.before), since=_since(facts))


def compare_by(facts: Facts, this: SetFacts) -> Sentences:
    """By how much weight and how many repetitions the set differs from the newest earlier one; where in neither, all
    that is compared."""
    return _differences(facts, since_last(facts), _since(facts)) or compare(facts, this)


def best_by(facts: Facts, this: SetFacts) -> Sentences:
    """The set beside the best of the earlier ones, and by how much they differ."""
    other, current = best_earlier(facts), past_set(this)
    if other is None:
        return (say(facts.language, "compare_first", label=this.label),)
    sets = (current, other)
    since = say(facts.language, "since_next_best" if (heaviest(sets) or longest(sets)) == current else "since_best")
    return (*set_lines(facts, sets), *_differences(facts, changes(other, current), since))


def _differences(facts: Facts, found: tuple[Change, ...], since: str) -> Sentences:
    """By how much weight and how many repetitions two sets differ; nothing where in neither."""
    differing = [one for one in found if one.measure in ("weight", "reps") and one.direction != "same"]
    return tuple(
        say(
            facts.language,
            f"by_{one.measure}_{one.direction}",
            difference=_writer(facts, one)(one.difference),
            since=since,
        )
        for one in differing
    )


def _since(facts: Facts) -> str:
    """What the set before is called: of the same day, it is no "last time"."""
    return say(facts.language, "since_set" if facts.same_workout else "since_day")


def _writer(facts: Facts, change: Change) -> Callable[[float], str]:
    if change.measure == "weight":
        return lambda value: weight(value, facts.units)
    if change.measure == "reps":
        return lambda value: reps_text(facts, int(value))
    if change.measure == "hold":
        return plain
    return degrees if change.measure == "range" else seconds


def verdict_key(found: tuple[Change, ...]) -> str:
    """Which verdict the changes allow: only weight, repetitions, holds and range count as more or less."""
    directions = {one.direction for one in found if one.measure in ("weight", "reps", "hold", "range")} - {"same"}
    if directions == {"more"}:
        return "verdict_more"
    if directions == {"less"}:
        return "verdict_less"
    return "verdict_mixed" if directions else "verdict_same"


def compare_first(facts: Facts, this: SetFacts) -> Sentences:
    """This set beside the oldest one known."""
    sets = facts.earlier(this.exercise)
    if not sets:
        return compare(facts, this)
    return set_lines(facts, (past_set(this), sets[-1]))


def best(facts: Facts, exercise: str, label: str) -> Sentences:
    """The heaviest set and the one with most repetitions, or the longest hold."""
    sets = all_sets(facts, exercise)
    if not sets:
        return (say(facts.language, "no_set_of", label=label),)
    top, most = heaviest(sets), longest(sets)
    lines = [_best_weight(facts, top, label), *_if_this(facts, top)] if top else []
    if most and (most != top):
        lines += [_best_reps(facts, most, label), *_if_this(facts, most)]
    return tuple(lines)


def _if_this(facts: Facts, past: PastSet) -> Sentences:
    """That the set which was just told is the one in question, where it is."""
    return (say(facts.language, "best_is_this"),) if facts.this and past == past_set(facts.this) else ()


def _best_weight(facts: Facts, top: PastSet, label: str) -> str:
    load = weight(top.weight_kg or 0.0, facts.units)
    return reps_sentence(
        facts, "best_weight", top.rep_count, label=label, weight=load, day=day(facts.language, top.done_on)
    )


def _best_reps(facts: Facts, most: PastSet, label: str) -> str:
    when = day(facts.language, most.done_on)
    if most.hold_s is not None:
        return say(facts.language, "best_hold", label=label, seconds=plain(most.hold_s), day=when)
    if most.weight_kg is None:
        return reps_sentence(facts, "best_reps", most.rep_count, label=label, day=when)
    load = weight(most.weight_kg, facts.units)
    return reps_sentence(facts, "best_reps_weight", most.rep_count, label=label, weight=load, day=when)


def set_lines(facts: Facts, sets: tuple[PastSet, ...]) -> Sentences:
    """One line for each set: when, how many, how heavy."""
    return tuple(_set_line(facts, past) for past in sets)


def _set_line(facts: Facts, past: PastSet) -> str:
    when = day(facts.language, past.done_on)
    if past.hold_s is not None:
        return say(facts.language, "progress_line_hold", day=when, seconds=plain(past.hold_s))
    if past.weight_kg is None:
        return reps_sentence(facts, "progress_line_bare", past.rep_count, day=when)
    return reps_sentence(facts, "progress_line", past.rep_count, day=when, weight=weight(past.weight_kg, facts.units))


def progress(facts: Facts, exercise: str, label: str) -> Sentences:
    """The newest sets of an exercise, newest first."""
    sets = all_sets(facts, exercise)[:SHOWN_SETS]
    if not sets:
        return (say(facts.language, "no_set_of", label=label),)
    return (say(facts.language, "progress_intro", label=label), *set_lines(facts, sets))


def last_one(facts: Facts, exercise: str, label: str) -> Sentences:
    """The newest stored set of an exercise, the one in question aside."""
    sets = facts.earlier(exercise)
    if not sets:
        return (say(facts.language, "history_none", label=label),)
    last, when = sets[0], day(facts.language, sets[0].done_on)
    if last.hold_s is not None:
        return (say(facts.language, "last_on_hold", label=label, day=when, seconds=plain(last.hold_s)),)
    if last.weight_kg is None:
        return (reps_sentence(facts, "last_on", last.rep_count, label=label, day=when),)
    load = weight(last.weight_kg, facts.units)
    return (reps_sentence(facts, "last_on_weight", last.rep_count, label=label, day=when, weight=load),)


def on_days(facts: Facts, days: Days, exercise: str | None) -> Sentences:
    """The sets of those days, newest first: of one exercise, or of all where none is named."""
    newest_first = (*((past_set(facts.this),) if facts.this else ()), *facts.history)
    known = [past for past in newest_first if exercise in (None, past.exercise)]
    sets = [past for past in known if days.hold(past.done_on)][:SHOWN_SETS]
    if sets:
        return tuple(_labelled(past, line) for past, line in zip(sets, set_lines(facts, tuple(sets)), strict=True))
    newest = known[:1]
    told = tuple(_labelled(past, line) for past, line in zip(newest, set_lines(facts, tuple(newest)), strict=True))
    return (say(facts.language, "days_none"), *((say(facts.language, "days_newest"), *told) if told else ()))


def _labelled(past: PastSet, line: str) -> str:
    return f"{past.label[:1].upper()}{past.label[1:]}, {line}"


def sets_known(facts: Facts, exercise: str, label: str) -> Sentences:
    """How many sets of an exercise are stored."""
    found = facts.set_count(exercise)
    return (say(facts.language, "sets_known", label=label, count=found, sets_word="set" if found == 1 else "sets"),)


def maximum(facts: Facts, exercise: str, label: str) -> Sentences:
    """The estimated one-repetition maximum, or why there is none."""
    sets = all_sets(facts, exercise)
    if any(past.hold_s is not None for past in sets):
        return (say(facts.language, "max_not_for_holds"),)
    if not any(past.weight_kg for past in sets):
        return (say(facts.language, "max_no_weight"),)
    estimate = best_estimate_kg(sets)
    if math.isnan(estimate):
        return (say(facts.language, "max_too_many"),)
    return (
        say(facts.language, "max", label=label, weight=weight(estimate, facts.units)),
        say(facts.language, "max_bound"),
    )


def next_load(facts: Facts, this: SetFacts) -> Sentences:
    """What to do next time: clean up a fault first, stay where the set was a grind, else a small step up."""
    if this.is_hold:
        return (say(facts.language, "next_hold"),)
    load = None if this.weight_kg is None else weight(this.weight_kg, facts.units)
    found = faults(this)
    key = "next_fix_first" if found else "next_grind" if was_a_grind(this) else "next_up"
    if load is None:
        bare = {"next_up": "next_reps"}.get(key, f"{key}_bare")
        return (say(facts.language, bare, cue=found[0].cue if found else ""),)
    if key == "next_up":
        load = next_weight(facts, this)
    return (say(facts.language, key, weight=load, cue=found[0].cue if found else ""),)


def next_weight(facts: Facts, this: SetFacts) -> str:
    """The weight of the next step up, on the plates of the user's unit."""
    return f"{plain(next_weight_value(facts, this))} {facts.units}"


def next_weight_value(facts: Facts, this: SetFacts) -> float:
    """That weight as a number in the user's unit: at least one plate step, never under the share advised."""
    from_units = float(weight(this.weight_kg or 0.0, facts.units).split()[0])
    step = PLATE_STEP[facts.units]
    return from_units + max(step, math.ceil(from_units * STEP_SHARE / step - 1e-9) * step)
