"""Several questions in one message: "how many reps, and what should I fix?" is answered part by part."""

from __future__ import annotations

import re

from bot.coach.hearing.intents import THRESHOLDS, Listener, Question
from bot.coach.words import folded, words

MOST = 4  # parts; more is a story
JOINED = re.compile(r"[?!.]+\s+|\s*[,;]\s*|\s+(?:and|plus|also|&|그리고|또)\s+|(?<=[했었]고)\s+")
LEADING = re.compile(r"^(?:and|also|plus|then|그리고|또)\s+")
# What is asked of the set in question in a few words each; whatever names repetitions or sets is one question.
PLAIN = frozenset(
    {"count", "tempo", "lowering", "lifting", "pause", "tension", "slowing", "loss", "depth", "weight", "fix", "line",
     "compare", "verdict", "exercise", "next_weight", "sides", "travel", "speed", "hold"}
)  # fmt: skip


def several(listener: Listener, text: str) -> tuple[Question, ...]:
    """The questions of a message that asks more than one, each surely understood and of another thing; else none."""
    parts = [LEADING.sub("", part) for part in JOINED.split(folded(text).strip()) if words(part)]
    if not 2 <= len(parts) <= MOST:
        return ()
    heard = tuple(listener.understand(part) for part in parts)
    apart = len({one.target for one in heard}) == len(heard)
    return heard if apart and all(map(_stands_alone, heard)) else ()


def _stands_alone(asked: Question) -> bool:
    """Whether a part is a question by itself."""
    pointing = asked.rep is not None or asked.reps or asked.sets or asked.exercise
    return asked.target in PLAIN and asked.score >= THRESHOLDS.sure and not pointing
