"""The set in question beside another exercise: "compare it with the squats", "was that slower than my bench"."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.coach.facts import Facts
from bot.coach.hearing.intents import Question
from pipeline.values import UNKNOWN

THIS = r"(?:this|it|that|these|them|those|(?:this|that|my last|the last|today's) (?:set|one|exercise))"
BESIDE = re.compile(
    rf"\bcompar\w* {THIS} (?:to|with|against|and)\b"
    rf"|\b(?:do|does|did|was|were|is|are) {THIS} (?:\w+ ){{0,2}}?"
    r"(?:compare|stack up|better|worse|faster|slower|heavier|lighter|quicker|longer)\b.*\b(?:to|than|with|against)\b"
    rf"|\b{THIS} (?:vs\.?|versus|against|compared (?:to|with))\b"
    r"|(?:이거|이걸|이것|그거|그걸|이번 ?세트|이 세트|방금)\S* ?.*(?:비교|보다|이랑 ?어때|하고 ?어때)"
    r"|비교해.*(?:이거|이번 ?세트)"
)
IN_GENERAL = re.compile(r"\b(?:for|in general|should)\b|효과|에 ?좋")  # "is it better than squats for legs"


def this_beside(asked: Question, said: str, facts: Facts) -> Question | None:
    """The question as one of this set and the newest of the other exercise that it names; None where it names none, or
    asks in general."""
    this = facts.this
    if this is None or this.exercise == UNKNOWN or asked.exercise in (None, this.exercise) or asked.other:
        return None
    beside = BESIDE.search(said) and not IN_GENERAL.search(said)
    return replace(asked, target="versus_this", score=1.0) if beside else None
