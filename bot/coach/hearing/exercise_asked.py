"""Which exercise a question is of, and how it is called."""

from __future__ import annotations

import re

from bot.coach.facts import Facts, past_set
from bot.coach.facts.comparing import heaviest
from bot.coach.hearing.intents import Question, singular
from bot.coach.phrases import catalogued
from bot.coach.words import words
from pipeline.values import UNKNOWN

MOST = re.compile(
    r"\b(?:most|heaviest|biggest|strongest|best|longest|max\w*|records?|pr|pb)\b|제일|가장|최고|최대|최장|기록|신기록"
)
OF_ALL = re.compile(
    r"\b(?:heaviest|strongest|biggest|most weight) (?:lift|weight|thing|exercise)\b|제일 무거운 (?:운동|무게|기록)"
)


def other_exercise(question: Question, facts: Facts) -> str | None:
    """The exercise that is asked of, where it is not the one in question: "curls" are those just done, of any kind."""
    named = question.exercise
    if named is None or named == current(facts):
        return None
    said = {singular(word) for word in words(question.text)} & set(named.split("_"))
    return None if facts.this and said and said <= set(facts.this.exercise.split("_")) else named


def current(facts: Facts) -> str | None:
    """The exercise in question: that of this set, else of the newest stored one."""
    if facts.this:
        return facts.this.exercise
    return facts.history[0].exercise if facts.history else None


def label_of(exercise: str, facts: Facts) -> str:
    """How an exercise is called in the facts at hand, else in the catalogue; else its slug in words."""
    known = {past.exercise: past.label for past in facts.history}
    if facts.this:
        known[facts.this.exercise] = facts.this.label
    return known.get(exercise) or catalogued(exercise, facts.language)


def heaviest_exercise(facts: Facts) -> str | None:
    """The exercise of the heaviest set that is known; None where no weight is."""
    sets = (*facts.history, *((past_set(facts.this),) if facts.this else ()))
    top = heaviest(tuple(past for past in sets if past.exercise != UNKNOWN))
    return top.exercise if top else None
