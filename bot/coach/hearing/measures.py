"""Which measure of a repetition a message speaks of: how long it took, its lowering, its lifting, its range."""

from __future__ import annotations

import re

from bot.coach.facts import SetFacts
from bot.coach.words import folded

WHOLLY = re.compile(r"\b(?:compar\w+|diff(?:er(?:ence)?)?|gap|better|worse|versus|vs)\b|비교|차이")
ASKED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pause", re.compile(r"\bpaus\w+|멈[춤춘]")),
    ("lowering", re.compile(r"\b(?:lowered|lowering|way down|going down|descent|eccentric|negative)\b|내릴|내리|내려")),
    ("range", re.compile(r"\b(?:(?:deep|shallow|low|high)(?:er)?|depth|range)\b|깊|얕|범위")),
    ("length", re.compile(r"\b(?:long|short)(?:er)?\b|길|짧|오래")),
    ("lifting", re.compile(r"\b(?:slow|fast|quick|hard|eas|than)\w*|느|빠|빨|더|보다")),
)  # fmt: skip


def wholly(text: str) -> bool:
    """Whether a message asks how two repetitions compare in everything."""
    return WHOLLY.search(folded(text)) is not None


def measure_asked(text: str, this: SetFacts) -> str | None:
    """What a message that names two repetitions compares them in; None where it compares nothing."""
    found = next((name for name, pattern in ASKED if pattern.search(folded(text))), None)
    return "peak" if found and this.is_round else found
