"""What people say before they ask and while they think: "um hey so i was wondering like how many", "nice, and what …".

Taken off before a question is understood, and only where a question is left: "thanks for the help" stays what it is.
"""

from __future__ import annotations

import re
from functools import cache

from bot.coach.language import load
from bot.coach.words import folded


def to_the_point(text: str) -> str:
    """The message without what leads up to its question; the same where it leads up to none."""
    said = " ".join(_fillers().sub(" ", folded(text)).split())
    said = _closing().sub("", said) or said
    asked = _opening().sub("", said, count=1).strip()
    if asked == folded(text).strip():
        return text
    return (asked if _asks().match(asked) else said) or text


def asks(text: str) -> bool:
    """Whether a message asks or wants something, by how it begins or ends."""
    return "?" in text or _asks().match(folded(text).strip()) is not None


@cache
def _fillers() -> re.Pattern[str]:
    """Sounds and words of one who thinks aloud, wherever they stand."""
    return re.compile(load("data/openers.toml")["fillers"])


@cache
def _opening() -> re.Pattern[str]:
    """Greetings, thanks and the like, any number of them, at the beginning."""
    data = load("data/openers.toml")
    return re.compile(rf"^(?:(?:{data['openers']}|{data['korean']})[\s,.!~]+)+(?:{data['wondering']}\s+)?")


@cache
def _closing() -> re.Pattern[str]:
    """Whom it is said to, at the end: "how slow exactly, genius"."""
    return re.compile(load("data/openers.toml")["closers"])


@cache
def _asks() -> re.Pattern[str]:
    """How a question or a request begins."""
    return re.compile(load("data/openers.toml")["asks"])
