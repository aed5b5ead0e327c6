"""What is said of earlier sets: comparisons, bests and progress."""

from __future__ import annotations

import math

from bot.coach.facts import Facts, PastSet, past_set
from bot.coach.facts.comparing import (
    all_sets,
    best_estimate_kg,
    heaviest,
    longest,
)
from bot.coach.facts.facts import MOST_TOLD
from bot.coach.language import Sentences, day, plain, say, timed_as, weight
from bot.coach.phrases import capital
from bot.coach.telling.answer import Answer
from bot.coach.telling.sets import reps_sentence


def best(facts: Facts, exercise: str, label: str) -> Sentences:
    """The heaviest set and the one with most repetitions, or the longest hold."""
    sets = all_sets(facts, exercise)
    if not sets:
        return (say(facts.language, "no_set_of", label=label),)
    if not any(past.counted for past in sets):
        return (say(facts.language, "none_counted", label=label),)
    top, most = heaviest(sets), longest(sets)
    lines = [best_weight(facts, top, label), *if_this(facts, top)] if top else []
    if most and (most != top):
        lines += [best_reps(facts, most, label), *if_this(facts, most)]
    return tuple(lines)


def if_this(facts: Facts, past: PastSet) -> Sentences:
    """That the set which was just told is the one in question, where it is."""
    return (say(facts.language, "best_is_this"),) if facts.this and past == past_set(facts.this) else ()


def best_weight(facts: Facts, top: PastSet, label: str) -> str:
    """The heaviest set of an exercise."""
    said = {
        "label": label,
        "weight": weight(top.weight_kg or 0.0, facts.units),
        "day": day(facts.language, top.done_on),
    }
    if top.hold_s is not None:
        return say(facts.language, f"best_weight_{timed_as(top.exercise)}", seconds=plain(top.hold_s), **said)
    return reps_sentence(facts, "best_weight", top.rep_count, **said)


def best_reps(facts: Facts, most: PastSet, label: str) -> str:
    """The set with most repetitions, or the longest hold."""
    when = day(facts.language, most.done_on)
    if most.hold_s is not None:
        return say(facts.language, f"best_{timed_as(most.exercise)}", label=label, seconds=plain(most.hold_s), day=when)
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
        key, parts = timed_with_load(facts, f"progress_line_{timed_as(past.exercise)}", past)
        return say(facts.language, key, day=when, **parts)
    if past.weight_kg is None:
        return reps_sentence(facts, "progress_line_bare", past.rep_count, day=when)
    return reps_sentence(facts, "progress_line", past.rep_count, day=when, weight=weight(past.weight_kg, facts.units))


def timed_with_load(facts: Facts, key: str, past: PastSet) -> tuple[str, dict[str, str]]:
    """The key of a sentence on a set that is timed, and its seconds; with the load where one is known."""
    parts = {"seconds": plain(past.hold_s or 0.0)}
    if past.weight_kg is None:
        return key, parts
    return f"{key}_load", parts | {"weight": weight(past.weight_kg, facts.units)}


def progress(facts: Facts, exercise: str, label: str) -> Sentences:
    """The newest sets of an exercise, newest first."""
    sets = all_sets(facts, exercise)[:MOST_TOLD]
    if not sets:
        return (say(facts.language, "no_set_of", label=label),)
    return (say(facts.language, "progress_intro", label=label), *set_lines(facts, sets))


def last_one(facts: Facts, exercise: str, label: str) -> Sentences:
    """The newest stored set of an exercise, the one in question aside."""
    sets = facts.earlier(exercise)
    if not sets:
        return (say(facts.language, "history_none", label=label),)
    aside = (say(facts.language, "this_aside"),) if facts.this and facts.this.exercise == exercise else ()
    return (*aside, *_last_on(facts, sets[0], exercise, label))


def last_and_ago(facts: Facts, exercise: str, label: str) -> Answer:
    """The same, and how many days ago it was."""
    known = facts.earlier(exercise)
    ago = (facts.today - known[0].done_on).days if known else 0
    since = (say(facts.language, "since_ago" if ago > 1 else "since_yesterday", count=ago),) if ago > 0 else ()
    return Answer((*last_one(facts, exercise, label), *since), general=since)


def _last_on(facts: Facts, last: PastSet, exercise: str, label: str) -> Sentences:
    when = day(facts.language, last.done_on)
    if last.hold_s is not None:
        key, parts = timed_with_load(facts, f"last_on_{timed_as(exercise)}", last)
        return (say(facts.language, key, label=label, day=when, **parts),)
    if last.weight_kg is None:
        return (reps_sentence(facts, "last_on", last.rep_count, label=label, day=when),)
    load = weight(last.weight_kg, facts.units)
    return (reps_sentence(facts, "last_on_weight", last.rep_count, label=label, day=when, weight=load),)


def labelled_lines(facts: Facts, sets: tuple[PastSet, ...]) -> Sentences:
    """One line for each set, its exercise before it."""
    lines = zip(sets, set_lines(facts, sets), strict=True)
    return tuple(f"{capital(past.label)}, {line}" for past, line in lines)


def maximum(facts: Facts, exercise: str, label: str) -> Sentences:
    """The estimated one-repetition maximum, or why there is none."""
    sets = all_sets(facts, exercise)
    if any(past.hold_s is not None for past in sets):
        return (say(facts.language, f"max_{timed_as(exercise)}"),)
    if not any(past.weight_kg for past in sets):
        return (say(facts.language, "max_no_weight"),)
    estimate = best_estimate_kg(sets)
    if math.isnan(estimate):
        return (say(facts.language, "max_too_many"),)
    return (
        say(facts.language, "max", label=label, weight=weight(estimate, facts.units)),
        say(facts.language, "max_bound"),
    )
