"""What is said of the repetitions that a question names: one by one, against each other, or the most of a kind."""

from __future__ import annotations

import re

from bot.coach.facts import Facts, SetFacts
from bot.coach.hearing.corrections import as_count
from bot.coach.hearing.followups import extremes_named
from bot.coach.hearing.intents import Question
from bot.coach.hearing.measures import measure_asked, wholly
from bot.coach.language import Sentences
from bot.coach.telling import form as form
from bot.coach.telling import sets as told
from bot.coach.telling.comparing_reps import apart, compared
from bot.coach.telling.extremes import MEASURE_OF, OPPOSITE, extreme, foremost, most, of_phase
from bot.coach.telling.rough import doubted_once
from bot.coach.words import folded

SEVERAL = re.compile(r"\b(?P<count>two|three|four|five|[2-5]) (?:\w+est|worst|best|most \w+)\b")
HOW_MUCH = re.compile(r"\bhow much\b|얼마나")


def of_reps(question: Question, facts: Facts, this: SetFacts) -> Sentences:
    """The repetitions that a question names: two held against each other where it asks that, else one by one."""
    whole, measure = wholly(question.text), measure_asked(question.text, this) or question.measure
    compares = len(set(question.reps)) == 2 and (whole or measure)
    finished = [rep.number for rep in this.reps if rep.complete or not compares]
    last = finished[-1] if finished else 0
    numbers = tuple(dict.fromkeys(last if number == -1 else number for number in question.reps))
    each = doubted_once(facts, (one for number in numbers for one in told.rep(facts, this, number)))
    if len(numbers) != 2 or not (whole or measure):
        return each
    pair = compared(facts, this, (numbers[0], numbers[1]), measure or _usual_measure(this))
    if not pair and measure == "range":
        return form.depth(facts, this)
    if pair and HOW_MUCH.search(folded(question.text)):
        return doubted_once(facts, (*pair, *apart(facts, this, numbers, measure or _usual_measure(this))))
    return doubted_once(facts, (*each, *pair)) if whole or not pair else pair


def of_extremes(question: Question, facts: Facts, this: SetFacts) -> Sentences:
    """The repetitions that are most so; of two opposites by how much they differ too."""
    names = extremes_named(folded(question.text))[:2] or (question.extreme or "slowest",)
    names = tuple(of_phase(name, question.text) for name in names)
    if (many := SEVERAL.search(folded(question.text))) and (
        numbers := foremost(this, names[0], as_count(many["count"]))
    ):
        return doubted_once(facts, (one for number in numbers for one in told.rep(facts, this, number)))
    told_of = doubted_once(facts, (one for name in names for one in extreme(facts, this, name)))
    found = [most(this, name) for name in names]
    if len(names) < 2 or names[1] != OPPOSITE[names[0]] or not all(found):
        return told_of
    numbers = (found[0].number, found[1].number) if found[0] and found[1] else (0, 0)
    return doubted_once(facts, (*told_of, *apart(facts, this, numbers, MEASURE_OF[names[0]])))


def of_difference(question: Question, facts: Facts, this: SetFacts) -> Sentences:
    """By how much the two repetitions of a question differ in what they were compared in."""
    one, other = (_last_complete(this) if number == -1 else number for number in question.reps)
    return apart(facts, this, (one, other), question.measure or _usual_measure(this))


def _usual_measure(this: SetFacts) -> str:
    """What two repetitions are compared in where nothing is said: how hard a blow was, how long a lifting took."""
    return "peak" if this.is_round else "lifting"


def _last_complete(this: SetFacts) -> int:
    """The number of the last complete repetition; 0 where there is none."""
    return max((rep.number for rep in this.reps if rep.complete), default=0)
