"""A week's plan for as many days as somebody has."""

from __future__ import annotations

import re

from bot.coach.facts import Facts
from bot.coach.hearing.numbered import NUMBER_WORDS
from bot.coach.language import Sentences, say
from bot.coach.words import folded

DAYS = re.compile(
    rf"\b(?P<number>[1-7]|{'|'.join(NUMBER_WORDS[:7])})[ -]?(?:days?|x|times)\b(?:(?: a| per)? week)?"
    r"|(?:주|일주일에?) ?(?P<korean>[1-7]) ?(?:일|회|번)|(?P<split>[2-5])분할"
)
WHOLE_BODY = 3  # days up to which each trains all of it: with more a split does (knowledge/choices.toml, ppl)


def days_of_plan(asked: str, facts: Facts) -> Sentences:
    """How to spread the week over the days that a message names; nothing where it names none."""
    found = DAYS.search(folded(asked))
    if found is None:
        return ()
    said = next(group for group in found.groups() if group)
    days = int(said) if said.isdecimal() else NUMBER_WORDS.index(said) + 1
    key = "plan_whole_body" if days <= WHOLE_BODY else f"plan_{min(days, 6)}"
    return (say(facts.language, key, count=days), say(facts.language, "plan_sets"))
