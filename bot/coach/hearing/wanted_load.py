"""The weight that somebody has in mind for the next time: "should i drop to 45", "why not 50", "다음엔 60키로?"."""

from __future__ import annotations

import re

from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.facts.facts import Units
from bot.coach.words import folded

LOAD = re.compile(
    r"(?<![\d.,])(?P<value>\d{1,3}(?:[.,]\d{1,2})?)"
    r"(?: ?(?P<unit>kgs?|kilos?|lbs?|pounds?|키로|킬로)|(?=[?!. ]*$|[,?!]|으?로|도 |은|는|을|를"
    r"| (?:next|now|on|instead|then|too|today|tomorrow|already|how|if|yet|or|and|for|from|again|도전|해)))"
)
LEAST_SHARE, MOST_SHARE = 0.3, 2.0  # of the load in question; beyond them a number is hardly one: the house's values


def wanted_load_kg(text: str, done_kg: float, units: Units) -> float | None:
    """The last weight that a text names, kg, a bare number in the user's `units`; None where it names none, that of the
    set itself, or none that can be meant beside what was done."""
    found = list(LOAD.finditer(folded(text)))
    if not found:
        return None
    value, unit = float(found[-1]["value"].replace(",", ".")), found[-1]["unit"] or units
    wanted_kg = value / POUNDS_PER_KG if unit.startswith(("lb", "pound")) else value
    if not LEAST_SHARE * done_kg <= wanted_kg <= MOST_SHARE * done_kg or abs(wanted_kg - done_kg) < 0.05:
        return None
    return wanted_kg


def names_load(text: str) -> bool:
    """Whether a weight with its unit stands in a text."""
    return any(found["unit"] for found in LOAD.finditer(folded(text)))
