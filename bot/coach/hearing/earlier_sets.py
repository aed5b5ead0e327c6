"""A measure of an older set: "how deep was tuesday's squat", "lowering last thursday", "지난 일요일 스쿼트 깊이"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from bot.coach.facts import Facts
from bot.coach.hearing.days import NOT_DONE, day_of_month, named_days
from bot.coach.hearing.exercise_asked import MOST, other_exercise
from bot.coach.hearing.figures import measures_named
from bot.coach.hearing.intents import THRESHOLDS, Question
from bot.coach.hearing.pointing import NOTHING_SPOKEN, Spoken
from bot.coach.words import folded

MEASURES: Mapping[str, str] = {  # what is kept of a set, by the intent that asks for it
    **{name: name for name in ("tempo", "lowering", "lifting", "pause", "tension", "count", "weight", "hold")},
    "depth": "range",
}
THEN = re.compile(r"\b(?:then|that (?:day|time|one|set)|on it)\b|그때|그날|그 ?세트|그거|그건|그게")
LAST = frozenset({"when_last", "rep"})  # heard in "tempo of my last squat", which names its measure
LIFTED = re.compile(r"\bwhat (?:was|were|did|have) i (?:been )?lift(?:ing|ed)?\b")  # no phase of a repetition
TOTAL = re.compile(r"\b(?:total|in all|altogether|all)\b|총|모두|전부|합")
IN_ITS_LINE = frozenset({"count", "weight", "hold"})  # what is told of any older set


def of_an_earlier_set(asked: Question, facts: Facts, spoken: Spoken = NOTHING_SPOKEN) -> Question | None:
    """The question as one for a measure of the sets of another exercise, or of other days than that of the set in
    question; None where it names neither, or holds them against another. "And the tempo then?" is of the days and the
    exercise that were spoken of."""
    said = folded(asked.text)
    measure = _measure(asked, said)
    if measure is None or facts.photo or asked.other or asked.reps or asked.sets:
        return None
    if any(pattern.search(said) for pattern in (NOT_DONE, MOST, TOTAL)):
        return None
    days = named_days(said, facts.today)
    if days is None and spoken.days and THEN.search(said):
        days, asked = spoken.days, replace(asked, exercise=asked.exercise or spoken.exercise)
    if days is None and (dated := day_of_month(said, facts.today)) and any(map(dated.hold, _days(facts))):
        days = dated  # else "on the 3rd" is of a repetition
    elif asked.rep is not None:
        return None
    if days is not None and facts.this is not None and days.hold(facts.this.done_on):
        return None
    other = other_exercise(asked, facts)
    named = asked.exercise if other is None or facts.earlier(other) else None
    if days is None and (named is None or other is None or measure in IN_ITS_LINE):
        return None
    return replace(asked, target="earlier", measure=measure, days=days, score=1.0, rep=None)


def _measure(asked: Question, said: str) -> str | None:
    """What is asked of: the measures that the words name, where little speaks for another question, else the one that
    was heard."""
    named = measures_named(said)
    heard = "weight" if LIFTED.search(said) else MEASURES.get(asked.target or "")
    if asked.target in LAST or heard == "weight":
        named = tuple(name for name in named if name not in ("lifting", "lowering"))
    if len(named) > 1 or (heard is None and named and (asked.target in LAST or asked.score < THRESHOLDS.sure)):
        return "+".join(named)
    return heard


def _days(facts: Facts) -> tuple[date, ...]:
    return tuple(past.done_on for past in facts.history)
