"""What is said of a set against an earlier one: the last of its exercise, the best, the first."""

from __future__ import annotations

from collections.abc import Callable

from bot.coach.facts import Facts, SetFacts, past_set
from bot.coach.facts.comparing import Change, best_earlier, best_of, changes, since_last
from bot.coach.language import Sentences, day, degrees, plain, say, seconds, timed_as, weight
from bot.coach.telling.history import set_lines
from bot.coach.telling.rough import rough, rough_before
from bot.coach.telling.sets import reps_text
from pipeline.values import UNKNOWN


def compare(facts: Facts, this: SetFacts) -> Sentences:
    """Every measure against the newest earlier set of the same exercise, and what it comes to."""
    last = facts.last_same
    if this.exercise == UNKNOWN:
        return (say(facts.language, "exercise_unknown"),)
    if not past_set(this).counted:
        return (say(facts.language, "count_none"),)
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
        *((*rough(facts, this), *rough_before(facts, last)) if any(one.of_time for one in shown) else ()),
        say(facts.language, verdict_key(found), since=_since(facts)),
    )


def change_sentence(facts: Facts, change: Change) -> str:
    """One measure then and now, in words that say which way it went."""
    write = _writer(facts, change)
    timed = timed_as(facts.this.exercise) if facts.this else "hold"
    key = f"change_{timed if change.measure == 'hold' else change.measure}_{change.direction}"
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
    since = say(facts.language, "since_next_best" if best_of(sets) == current else "since_best")
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
    key = "since_set" if facts.same_workout else "since_then" if facts.narrowed else "since_day"
    return say(facts.language, key)


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
