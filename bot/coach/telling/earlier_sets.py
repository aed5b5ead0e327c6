"""What is said of one measure of older sets: the figure with its set and day, or that it was not measured."""

from __future__ import annotations

import math

from bot.coach.facts import Facts, PastSet
from bot.coach.facts.facts import MOST_TOLD
from bot.coach.hearing.figures import COMPARES
from bot.coach.hearing.intents import Question
from bot.coach.language import Sentences, day, degrees, known, say, seconds
from bot.coach.telling.answer import Answer
from bot.coach.telling.form import depth
from bot.coach.telling.history import labelled_lines
from bot.coach.telling.rough import doubted_once, rough_before
from bot.coach.telling.times import tempo
from bot.coach.telling.versus import of_exercise, within
from bot.coach.words import folded


def of_older_sets(facts: Facts, asked: Question) -> Answer:
    """The measure of the sets of the days that are asked for, newest first: those of the exercise that is named, else
    of the one in question, else all; without a day that of the newest set."""
    done = of_exercise(facts, asked.exercise)
    found = within(done, asked.days) if asked.days else done[:1]
    same = tuple(past for past in found if facts.this and past.exercise == facts.this.exercise)
    found = found if asked.exercise else same or found
    if not found:
        newest = (say(facts.language, "days_newest"), *labelled_lines(facts, done[:1])) if done else ()
        return Answer((say(facts.language, "days_none"), *newest), summed=(done[:1],) if done else ())
    told = tuple(
        sentence for past in found[:MOST_TOLD] for sentence in _measured(facts, past, asked.measure or "range")
    )
    this = _of_this(facts, asked) if COMPARES.search(folded(asked.text)) else ()
    return Answer(doubted_once(facts, (*told, *this)), summed=(found,))


def _of_this(facts: Facts, asked: Question) -> Sentences:
    """The same measure of the set in question, which an older one is held against."""
    this = facts.this
    if this is None or this.is_hold or (asked.exercise and asked.exercise != this.exercise):
        return ()
    return depth(facts, this) if asked.measure == "range" else tempo(facts, this)[:1]


def _measured(facts: Facts, past: PastSet, measure: str) -> Sentences:
    line = labelled_lines(facts, (past,))
    if measure in ("count", "weight", "hold") or (measure == "tension" and past.hold_s is not None):
        return line
    when = day(facts.language, past.done_on)
    said = tuple(
        say(facts.language, f"earlier_{name}", day=when, label=past.label, **values)
        for name in measure.split("+")
        if (values := _values(past, name))
    )
    if not said:
        return (*line, say(facts.language, "earlier_unmeasured"))
    return (*line, *said, *(rough_before(facts, past) if measure != "range" else ()))


def _values(past: PastSet, measure: str) -> dict[str, str]:
    """What a sentence on the measure is filled with; nothing where it was not measured."""
    beat = past.tempo
    found = {
        "range": {"range": past.range_deg},
        "tempo": {"lowering": beat.eccentric_s, "lifting": beat.concentric_s} if beat else {},
        "lowering": {"seconds": beat.eccentric_s if beat else math.nan},
        "lifting": {"seconds": beat.concentric_s if beat else math.nan},
        "pause": {"seconds": beat.pause_s if beat else math.nan},
        "tension": {"seconds": beat.time_under_tension_s if beat else math.nan},
    }[measure]
    if not all(map(known, found.values())):
        return {}
    return {name: (degrees if name == "range" else seconds)(value) for name, value in found.items()}
