"""Since when something has been lifted or counted: "when did i first lift 100", "100키로 처음 든 게 언제야"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.coach.facts.estimates import POUNDS_PER_KG
from bot.coach.facts.facts import Units
from bot.coach.words import folded

UNIT = r"kgs?|kilos?|lbs?|pounds?|reps?|secs?|seconds?|s\b"
KOREAN_UNIT = "kg|키로|킬로|개|회|번|초"
WHEN_FIRST = re.compile(
    r"\b(?:(?:when|how long ago|what day|which day)\b.{0,24}\b(?:first|1st)|first time i \w+ed)\b.{0,24}?"
    rf"(?<![\d.])(?P<number>\d{{1,3}}(?:\.\d{{1,2}})?) ?(?P<number_unit>{UNIT})?"
    rf"|(?<![\d.])(?P<korean>\d{{1,3}}(?:\.\d{{1,2}})?) ?(?P<korean_unit>{KOREAN_UNIT})?.{{0,10}}"
    r"(?:처음|첫).{0,12}(?:언제|며칠)"
    rf"|(?:처음|첫).{{0,8}}?(?P<after>\d{{1,3}}) ?(?P<after_unit>{KOREAN_UNIT}).{{0,12}}(?:언제|며칠)"
)


@dataclass(frozen=True, slots=True)
class Reached:
    """At least so many: `kg` (whatever unit it was said in), `reps` or `s`; `measure` is None where none was named."""

    value: float
    measure: Literal["kg", "reps", "s"] | None


def first_reached(text: str, units: Units) -> Reached | None:
    """What a message wants the first day of; None where it asks for no such day."""
    found = WHEN_FIRST.search(folded(text))
    if found is None:
        return None
    group = next(name for name in ("number", "korean", "after") if found[name])
    value, unit = float(found[group]), found[f"{group}_unit"] or ""
    if re.match(r"rep|개|회|번", unit):
        return Reached(value, "reps")
    if re.match(r"s|초", unit):
        return Reached(value, "s")
    pounds = unit.startswith(("lb", "pound")) or (not unit and units == "lb")
    return Reached(value / POUNDS_PER_KG if pounds else value, "kg" if unit else None)
