"""How far it is to a number that somebody wants to reach: "how much longer until a minute", "1분까지 갈 수 있을까"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from bot.coach.hearing.corrections import KOREAN_COUNTS
from bot.coach.hearing.numbered import NUMBER_WORDS
from bot.coach.words import folded

GOAL = (
    rf"(?P<value>\d{{1,3}}(?:\.\d)?|an?|{'|'.join(NUMBER_WORDS)}) ?"
    r"(?P<unit>min(?:ute)?s?|secs?|seconds?|s|reps?|kgs?|kilos?|lbs?|pounds?)?"
)
ENDS = (
    r"(?: (?:mark|now|then|club|next time|next week|soon|one day|next|already|yet"
    r"|with (?:these|this|those|that|it|them)))?[?!. ]*$"
)
WANTED = (
    re.compile(
        r"\b(?:how (?:much|many|far|long|close)|what(?:'?s| is) (?:missing|left|the gap)|am i (?:close|near|far))\b"
        r".{0,40}?\b(?:until|till|til|to|for|from|short of|off|away from)"
        rf"(?: (?:i|get|go|reach|hit|make|do|hold|to|for|have)){{0,3}} (?:the |my )?{GOAL}{ENDS}"
    ),
    re.compile(
        r"\b(?:can|could|will|would|should) i (?:try |aim |go |get |hold |do |reach |hit |make ){1,2}"
        rf"(?:to |for )?(?:the |my )?{GOAL}{ENDS}"
    ),
    re.compile(
        rf"(?P<value>\d{{1,3}}(?:\.\d)?|일|이|삼|{'|'.join(KOREAN_COUNTS)}) ?(?P<unit>초|분|개|회|kg|키로|킬로) ?"
        r"(?:까지|되려면|하려면|채우려면|버티려면|들려면)"
        r".{0,8}(?:얼마|몇|멀었|남았|갈 ?수|할 ?수|버틸 ?수|들 ?수|가능|될까|갈까|할까|도전)"
    ),
)
LONGEST_CHARS = 100
KOREAN = ("일", "이", "삼")
Measure = Literal["reps", "s", "kg", "lb"]


@dataclass(frozen=True, slots=True)
class Goal:
    """A number and its unit, None where none was said; minutes are seconds."""

    value: float
    measure: Measure | None


def goal_asked(text: str) -> Goal | None:
    """The number to which the way is asked; None where none is."""
    said = folded(text).strip()
    if len(said) > LONGEST_CHARS:
        return None
    found = next((match for pattern in WANTED if (match := pattern.search(said))), None)
    if found is None:
        return None
    unit, value = found["unit"] or "", _value(found["value"])
    if unit.startswith("min") or unit == "분":
        return Goal(60 * value, "s")
    return Goal(value, _measure(unit)) if unit or found["value"] not in ("a", "an") else None


def _measure(unit: str) -> Measure | None:
    if unit in ("초", "s") or unit.startswith("sec"):
        return "s"
    if unit in ("개", "회") or unit.startswith("rep"):
        return "reps"
    if unit in ("키로", "킬로") or unit.startswith("k"):
        return "kg"
    return "lb" if unit else None


def _value(said: str) -> float:
    if said[0].isdigit():
        return float(said)
    if said in KOREAN_COUNTS:
        return float(KOREAN_COUNTS.index(said) + 1)
    if said in KOREAN:
        return float(KOREAN.index(said) + 1)
    return 1.0 if said in ("a", "an") else float(NUMBER_WORDS.index(said) + 1)
