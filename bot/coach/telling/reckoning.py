"""What is told of quantities that are stored: their average, total, most and least, their course, how two compare.

Every number is reckoned here from what was measured; what was not is said to be missing, what is known only roughly is
told so, and two values that can't surely be told apart are told as alike.
"""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.coach.facts import Facts, past_set
from bot.coach.facts.summing import days_of
from bot.coach.hearing.exercise_asked import current, label_of
from bot.coach.hearing.intents import Question
from bot.coach.hearing.sought import Aggregate, Sought
from bot.coach.language import Sentences, day, say, seconds
from bot.coach.phrases import capital
from bot.coach.telling.answer import Answer
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.rough import doubted_once, rough, rough_before
from bot.coach.telling.sets import torn
from bot.coach.telling.values import (
    Found,
    count_of,
    found_in,
    is_rough,
    margin_of,
    measured_of,
    what_of,
    word_of,
    write,
    write_fine,
)
from bot.coach.telling.versus import of_exercise

MOST_LISTED = 12  # values; more nobody reads in a chat
MOST_AGGREGATES = 3
TOO_LITTLE = 1e-6  # that two floating-point numbers differ by and mean the same
USUAL: Mapping[str, Aggregate] = {"volume": "total", "sets": "total", "max": "most"}  # of many, where none is named
OF_A_DAY: Mapping[str, Callable[[Sequence[float]], float]] = {"volume": sum, "weight": max, "hold": max, "max": max}


def reckoned(facts: Facts, asked: Question) -> Answer:
    """What is sought of what is stored, in its own sentences; where nothing of it is known, that, and what is."""
    sought, facts = asked.sought, facts.whole
    if sought is None:
        return Answer((say(facts.language, "unknown_answer"),), known=False)
    if sought.quantity == "duration":
        return _duration(facts, sought)
    found = _found(facts, sought)
    if len(found) == 2 and found[0].sets == found[1].sets and not (found[0].of_reps or found[1].of_reps):
        return reckoned(facts, replace(asked, sought=replace(sought, parts=sought.parts[1:], form=None)))
    if missing := next((one for one in found if not one.any_set), None):
        return _none_there(facts, sought, missing)
    line = _line_of(facts, sought, found)
    if empty := next((one for one in found if not one.values), None):
        return _unmeasured(facts, sought, empty, line)
    told = tuple(sentence for one in (sought.quantity, *sought.also) for sentence in _of_one(facts, sought, one))
    sets = tuple(one.sets for one in found if one.sets)
    told = (*told, say(facts.language, "reckon_offer")) if sought.guessed else told
    return Answer(doubted_once(facts, (*line, *told, *_doubts(facts, sought, found))), summed=sets, general=told)


def _found(facts: Facts, sought: Sought) -> tuple[Found, ...]:
    """The values of each scope; sets beside repetitions are told by their typical one."""
    as_sets = any(part.of_sets for part in sought.parts)
    return tuple(found_in(facts, sought, part, as_set=as_sets) for part in sought.parts)


def _of_one(facts: Facts, sought: Sought, quantity: str) -> Sentences:
    """What is told of one quantity; nothing where it is not known everywhere."""
    sought = replace(sought, quantity=quantity)
    found = _found(facts, sought)
    if not all(one.values for one in found):
        return ()
    if len(found) == 2:
        return _compared(facts, sought, *found)
    return _per(facts, sought, found[0]) if sought.per else _told(facts, sought, found[0])


def _line_of(facts: Facts, sought: Sought, found: Sequence[Found]) -> Sentences:
    """The one older set that a figure of its repetitions is told of."""
    mine = past_set(facts.this) if facts.this else None
    alone = len(found) == 1 and len(found[0].sets or found[0].of) == 1 and not sought.aggregates
    of = (found[0].sets or found[0].of) if alone else ()
    return labelled_lines(facts, of) if of and of[0] != mine and measured_of(sought).of_rep else ()


def _told(facts: Facts, sought: Sought, found: Found) -> Sentences:
    """What is told of one scope."""
    if sought.form in ("percent", "times", "share"):
        return _share(facts, sought, found)
    wanted: list[Aggregate] = list(sought.aggregates[:MOST_AGGREGATES])
    if not wanted:
        wanted = [USUAL.get(sought.quantity, "average")] if len(found.values) > 1 else ["value"]
        if sought.quantity == "interval":
            wanted = ["average", "most"]
        if sought.quantity == "gap" and max(found.values) - min(found.values) >= margin_of(facts, sought, (found,)):
            wanted = ["average", "most"]
    if len(found.values) == 1 and "trend" not in wanted:
        wanted = ["each" if sought.quantity == "interval" else "value"]  # which days it lies between
    return tuple(sentence for one in wanted for sentence in _aggregated(facts, sought, found, one))


def _per(facts: Facts, sought: Sought, found: Found) -> Sentences:
    """The sums of each training day, or of each week from the first one to the last, on average."""
    known = found.sets
    days = days_of(known)
    weeks = ((days[-1] - timedelta(days[-1].weekday())) - (days[0] - timedelta(days[0].weekday()))).days // 7 + 1
    count = weeks if sought.per == "week" else len(days)
    whole = len(days) if sought.quantity == "days" else sum(found.values)
    shown = {"what": what_of(facts, sought, found), "where": found.where}
    value = write(facts, measured_of(sought), whole / count)
    return (say(facts.language, f"reckon_per_{sought.per}", value=value, count=count, **shown),)


def _aggregated(facts: Facts, sought: Sought, found: Found, aggregate: Aggregate) -> Sentences:
    """One aggregate of the values of a scope."""
    measured, values = measured_of(sought), found.values
    shown: dict[str, object] = {
        "what": what_of(facts, sought, found),
        "where": found.where,
        "count": count_of(facts, sought, found),
    }
    if aggregate == "value":
        return (say(facts.language, "reckon_value", value=write(facts, measured, values[0]), **shown),)
    if aggregate in ("average", "median"):
        middle = statistics.fmean(values) if aggregate == "average" else statistics.median(values)
        return (say(facts.language, f"reckon_{aggregate}", value=write(facts, measured, middle), **shown),)
    if aggregate == "total":
        if not (measured.summable or found.of_reps) or measured.unit in ("deg", "deg/s"):
            return _aggregated(facts, sought, found, "average")
        if measured.unit == "sets":
            return (say(facts.language, "reckon_value", value=write(facts, measured, sum(values)), **shown),)
        return (say(facts.language, "reckon_total", value=write(facts, measured, sum(values)), **shown),)
    if aggregate in ("most", "least"):
        return (_extreme(facts, sought, found, aggregate, shown),)
    if aggregate == "spread":
        ends = {"least": write(facts, measured, min(values)), "most": write(facts, measured, max(values))}
        return (
            say(
                facts.language,
                "reckon_spread",
                sd=write_fine(facts, measured, statistics.pstdev(values)),
                **ends,
                **shown,
            ),
        )
    if aggregate == "each":
        return (_listed(facts, sought, found, "reckon_each"),)
    return _trend(facts, sought, found)


def _extreme(facts: Facts, sought: Sought, found: Found, aggregate: Aggregate, shown: dict[str, object]) -> str:
    measured, values = measured_of(sought), found.values
    if max(values) - min(values) < margin_of(facts, sought, (found,)) - TOO_LITTLE:
        low, high = write(facts, measured, min(values)), write(facts, measured, max(values))
        if low == high:
            return say(facts.language, "reckon_all_same", value=low, **shown)
        return say(facts.language, "reckon_alike", least=low, most=high, **shown)
    at = values.index(max(values) if aggregate == "most" else min(values))
    value = write(facts, measured, values[at])
    key = "gap" if sought.quantity == "gap" else aggregate
    if key == "gap":
        return say(facts.language, f"reckon_{aggregate}_after", value=value, item=found.called[at], **shown)
    return say(facts.language, f"reckon_{aggregate}", value=value, item=found.called[at], **shown)


def _listed(facts: Facts, sought: Sought, found: Found, key: str) -> str:
    measured, kept = measured_of(sought), slice(-MOST_LISTED, None)
    pairs = zip(found.called[kept], found.values[kept], strict=True)
    parts = (say(facts.language, "reckon_item", item=item, value=write(facts, measured, one)) for item, one in pairs)
    return say(facts.language, key, what=what_of(facts, sought, found), where=found.where, values="; ".join(parts))


def _by_day(sought: Sought, found: Found, facts: Facts) -> Found:
    """The values of each day as one: sums where they may be added up, the heaviest weight, else the average."""
    if found.of_reps or len(days_of(found.sets)) < 2:
        return found
    days = days_of(found.sets)
    groups = [[v for past, v in zip(found.sets, found.values, strict=True) if past.done_on == one] for one in days]
    merged = tuple(float(OF_A_DAY.get(sought.quantity, statistics.fmean)(group)) for group in groups)
    return replace(found, values=merged, called=tuple(day(facts.language, one) for one in days))


def _trend(facts: Facts, sought: Sought, found: Found) -> Sentences:
    """The values oldest first, how the last stands to the first, and whether every step went that way."""
    measured, course = measured_of(sought), _by_day(sought, found, facts)
    if len(course.values) < 2:
        alone = _aggregated(facts, sought, found, "value")
        return (*alone, say(facts.language, "reckon_no_trend"))
    first, last = course.values[0], course.values[-1]
    listed = _listed(facts, sought, course, "reckon_trend")
    margin = margin_of(facts, sought, (found,))
    if abs(last - first) < margin - TOO_LITTLE:
        return (listed, say(facts.language, "reckon_trend_same"))
    key = "more" if last > first else "less"
    shown = {"difference": write(facts, measured, abs(last - first)), "word": word_of(facts, measured, key)}
    steps = [after - before for before, after in itertools.pairwise(course.values)]
    wrong = sum(step * (last - first) < 0 and abs(step) >= margin for step in steps)
    turned = "reckon_trend_every" if not wrong else "reckon_trend_not_every"
    share = _percent_of(facts, sought, (found,), last, first)
    return (listed, say(facts.language, "reckon_from_first", **shown, percent=share), say(facts.language, turned))


def _percent_of(facts: Facts, sought: Sought, found: Sequence[Found], now: float, before: float) -> str:
    """By how much of itself a value changed, in brackets; nothing where times are too rough for it."""
    if not before or is_rough(facts, sought, found):
        return ""
    return say(facts.language, "reckon_by_percent", percent=f"{abs(now / before - 1) * 100:.0f}")


def _one(sought: Sought, found: Found) -> tuple[float, str]:
    """The value of a scope that is held against another's, and the key of how it came about."""
    if len(found.values) == 1:
        return found.values[0], "value"
    wanted = next((one for one in sought.aggregates if one in ("average", "median", "total", "most", "least")), None)
    if wanted is None and (
        sought.quantity in ("volume", "sets") or (sought.quantity in ("reps", "hold") and found.sets)
    ):
        wanted = "total" if sought.parts[0].span or sought.quantity in ("volume", "sets") else "average"
    if wanted is None and sought.quantity in ("weight", "max"):
        wanted = "most"
    wanted = wanted or "average"
    if wanted == "total" and not (measured_of(sought).summable or found.of_reps):
        wanted = "average"
    reckon: Mapping[str, Callable[[Sequence[float]], float]] = {
        "average": statistics.fmean,
        "median": statistics.median,
        "total": sum,
        "most": max,
        "least": min,
    }
    return float(reckon[wanted](found.values)), wanted


def _compared(facts: Facts, sought: Sought, now: Found, before: Found) -> Sentences:
    """How the first of two scopes stands to the second, in one quantity."""
    measured, found = measured_of(sought), (now, before)
    (a, how_a), (b, how_b) = _one(sought, now), _one(sought, before)
    sides = {
        "a": say(facts.language, f"reckon_side_{how_a}", value=write(facts, measured, a), where=now.where),
        "b": say(facts.language, f"reckon_side_{how_b}", value=write(facts, measured, b), where=before.where),
    }
    both = say(facts.language, "reckon_both", what=what_of(facts, sought, now), **sides)
    exact = measured.unit in ("kg", "reps", "sets", "days")
    if abs(a - b) < margin_of(facts, sought, found) - TOO_LITTLE:
        return (both, say(facts.language, "reckon_same" if exact else "reckon_unsure"))
    key = "more" if a > b else "less"
    difference = write(facts, measured, abs(a - b))
    shown = {"difference": difference, "word": word_of(facts, measured, key)}
    if sought.form == "times" and b and not is_rough(facts, sought, found):
        return (both, say(facts.language, "reckon_times", times=f"{a / b:.2f}".rstrip("0").rstrip("."), **shown))
    if sought.form == "share" and b and not is_rough(facts, sought, found):
        return (both, say(facts.language, "reckon_part", percent=f"{100 * a / b:.0f}"))
    share = _percent_of(facts, sought, found, a, b)
    too_rough = (say(facts.language, "reckon_too_rough"),) if sought.form in ("percent", "times") and not share else ()
    share = share if sought.form in ("percent", "share") or sought.quantity == "volume" else ""
    return (both, say(facts.language, "reckon_apart", percent=share, **shown), *too_rough)


def _share(facts: Facts, sought: Sought, found: Found) -> Sentences:
    """Which part of a repetition's time a phase takes, or how two phases stand to each other."""
    this = facts.this
    other = found_in(facts, replace(sought, quantity=sought.to or "length"), sought.parts[0])
    measured, one = measured_of(sought), statistics.fmean(found.values)
    plainly = _aggregated(facts, sought, found, "average" if len(found.values) > 1 else "value")
    if not other.values or not measured_of(sought).of_time:
        return plainly
    whole = statistics.fmean(other.values)
    if this is None or is_rough(facts, sought, (found, other)) or not whole or len(other.values) != len(found.values):
        return (*plainly, say(facts.language, "reckon_too_rough"))
    shown = {
        "what": what_of(facts, sought, found),
        "where": found.where,
        "value": write(facts, measured, one),
        "whole": write(facts, measured, whole),
    }
    if sought.to:
        to = say(facts.language, f"reckon_what_{sought.to}")
        return (say(facts.language, "reckon_ratio", to=to, times=f"{one / whole:.1f}", **shown),)
    return (say(facts.language, "reckon_share", percent=f"{100 * one / whole:.0f}", **shown),)


def _duration(facts: Facts, sought: Sought) -> Answer:
    """From the start of the first repetition of this set to the end of the last; of others their tension is kept."""
    this = facts.this
    if this is None or sought.parts[0].of_sets or sought.exercise not in (None, this.exercise):
        return reckoned(facts, Question("", "reckoned", 1.0, sought=replace(sought, quantity="tension", aggregates=())))
    if this.is_hold:
        return reckoned(facts, Question("", "reckoned", 1.0, sought=replace(sought, quantity="hold", aggregates=())))
    whole_s = max((rep.end_s for rep in this.reps if rep.complete), default=math.nan) - min(
        (rep.start_s for rep in this.reps if rep.complete), default=math.nan
    )
    if math.isnan(whole_s):
        return _unmeasured(facts, sought, Found(say(facts.language, "reckon_this")))
    told: Sentences = (say(facts.language, "reckon_duration", seconds=seconds(whole_s)),)
    if this.tempo and not math.isnan(this.tempo.time_under_tension_s):
        told = (*told, say(facts.language, "tension", seconds=seconds(this.tempo.time_under_tension_s)))
    return Answer(doubted_once(facts, (*told, *rough(facts, this))), general=told)


def _doubts(facts: Facts, sought: Sought, found: Sequence[Found]) -> Sentences:
    """What was left out, and what the values are not sure of."""
    left_out = sum(one.left_out for one in found)
    word = "set" if left_out == 1 else "sets"
    missing = (say(facts.language, "reckon_left_out", count=left_out, sets_word=word),) if left_out else ()
    this, sets = facts.this, [past for one in found for past in one.sets]
    mine = past_set(this) if this else None
    unsure = (*torn(facts, this),) if this and mine in sets and sought.quantity in ("reps", "volume", "max") else ()
    if sought.quantity == "max":
        return (*missing, *unsure, say(facts.language, "max_bound"))
    if not measured_of(sought).of_time and sought.quantity != "tension":
        return (*missing, *unsure)
    of_this = rough(facts, this) if this and mine in sets else ()
    before = tuple(doubt for past in sets if past != mine for doubt in rough_before(facts, past))
    return (*missing, *unsure, *of_this, *before)


def _none_there(facts: Facts, sought: Sought, missing: Found) -> Answer:
    """That there is no set of that scope, and the newest that there is."""
    exercise = sought.exercise or current(facts)
    if exercise and any(part.before for part in sought.parts):
        return Answer((say(facts.language, "compare_first", label=label_of(exercise, facts)),))
    if exercise and any(part.until for part in sought.parts):
        return Answer(
            (first := say(facts.language, "reckon_first", label=label_of(exercise, facts)),), general=(first,)
        )
    if exercise and any(part.every for part in sought.parts):
        return Answer((first := say(facts.language, "no_set_of", label=label_of(exercise, facts)),), general=(first,))
    none = say(facts.language, "reckon_none", where=capital(missing.where))
    known = of_exercise(facts, sought.exercise)[:1]
    told = (say(facts.language, "days_newest"), *labelled_lines(facts, known)) if known else ()
    return Answer((none, *told), summed=(known,) if known else (), general=(none,))


def _unmeasured(facts: Facts, sought: Sought, empty: Found, line: Sentences = ()) -> Answer:
    """That the quantity was not measured there, behind the `line` of the set."""
    this = facts.this
    if sought.quantity == "range" and this and this.kind == "log" and empty.of_reps:
        return Answer((say(facts.language, "log_no_form"),))
    if sought.quantity == "weight":
        return Answer((say(facts.language, "moved_unknown" if len(empty.sets) > 1 else "weight_missing"),))
    if sought.quantity == "interval":
        return Answer((one := say(facts.language, "reckon_one_day"),), general=(one,))
    what = say(facts.language, f"reckon_what_{sought.quantity}")
    none = say(facts.language, "reckon_unmeasured", what=what, where=empty.where)
    return Answer((*line, none), summed=(empty.of,) if line else (), general=(none,))
