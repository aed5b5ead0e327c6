"""The first or the last so many seconds of a set: "how many in the first 30 seconds"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.coach.words import folded

SECONDS_OF = {"m": 60.0, "s": 1.0, "분": 60.0, "초": 1.0}
WINDOW = re.compile(
    r"\b(?P<end>first|last|final|opening) (?P<number>\d{1,3}|half a|a|one)? ?"
    r"(?P<unit>m|s)(?:in(?:ute)?s?|ecs?|econds?)?\b"
    r"|(?P<korean_end>처음|마지막|첫) ?(?P<korean_number>\d{1,3}) ?(?P<korean_unit>분|초)"
)
COUNTED = re.compile(r"\bhow many\b|\bnumber of\b|\bcount\b|몇|얼마나 많")
NAMED = {"half a": 0.5, "a": 1.0, "one": 1.0}


@dataclass(frozen=True, slots=True)
class Window:
    """So many seconds from the beginning of a set, or up to its end."""

    seconds: float
    at_end: bool


def window_of(text: str) -> Window | None:
    """The seconds in which a message wants the repetitions counted; None where it asks for nothing of the kind."""
    said = folded(text)
    found = WINDOW.search(said)
    if found is None or not COUNTED.search(said):
        return None
    end, unit = found["end"] or found["korean_end"], found["unit"] or found["korean_unit"]
    number = found["number"] or found["korean_number"] or "1"
    return Window(SECONDS_OF[unit] * (NAMED.get(number) or float(number)), end in ("last", "final", "마지막"))
