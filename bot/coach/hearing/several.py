"""Several questions in one message: "how many reps, and what should I fix?" is answered part by part."""

from __future__ import annotations

import re

from bot.coach.hearing.intents import THRESHOLDS, Listener, Question
from bot.coach.words import folded, words

MOST = 4  # parts; more is a story
JOINED = re.compile(r"[?!.]+\s+|\s*[,;]\s*|\s+(?:and|plus|also|&|그리고|또)\s+|(?<=[했었]고)\s+")
LEADING = re.compile(r"^(?:and|also|plus|then|그리고|또)\s+")
ASKS = (  # how a question of its own begins
    r"(?:how|what|what's|whats|which|why|when|where|was|were|did|does|do|is|are|am|can|could|should|would|will)\b"
)
COUNTED = r"(?:(?:first|second|third|fourth|last)(?:ly)?(?: of all)?|finally)"
APART = re.compile(
    rf"[?!.]+\s+|\s+[—–-]+\s+|;\s*"
    rf"|,?\s+(?:and|but|or|also|plus|n|&)\s+(?:also |like |just )*(?={COUNTED},|{ASKS})|,\s*(?={COUNTED},|{ASKS})"
    r"|(?:그리고|글고) |(?<=[요죠까])[,.]?\s+(?=[가-힣])|(?<=[째했었였이되지하은는]고)\s+(?=[가-힣])"
)
TELL_ME = r"(?:.{0,60}?\b)?(?:tell me|let me know|do you know)(?= (?:how|what|which|why|when|where|whether|if)\b)"
OPENED = re.compile(
    rf"^(?:(?:and|but|or|also|plus|n|so|like|if so|if not|그리고|또)\b,?\s*|{COUNTED},\s*|{TELL_ME}\s+)+"
)
POINTS_BACK = re.compile(r"\b(?:it|that|this|mine|them|those|these)\b(?! (?:set|rep|week|month|year|time|one)s?\b)")
ADVISED = re.compile(r"\b(?:should|would|could|can|shall)\b")
TAG = re.compile(
    r"(?:was|were|is|are|did|do|does|am) (?:it|that|this|they|i|you|we)(?: not)?"
)  # asks of what stands before it
ASKED = re.compile(rf"^{ASKS}|\b(?:tell me|explain) |(?:까|요|죠|어|나|니|야|임|음|됨|냐|노|지|돼|고)$")
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


def asked_apart(text: str) -> tuple[str, ...]:
    """The parts of a message that are each a question by themselves: "how many did i do, and did i slow down"."""
    parts = [OPENED.sub("", part.strip(" ,.?!")) for part in APART.split(folded(text).strip())]
    asking = tuple(part for part in parts if ASKED.search(part) and not TAG.fullmatch(part))
    return asking if 2 <= len(asking) <= MOST else ()


def leans_back(asked: Question) -> bool:
    """Whether a part is of what stands before it, which by itself it does not tell: "how long should it last"."""
    of_the_set = asked.target in PLAIN and not ADVISED.search(asked.text)
    return POINTS_BACK.search(asked.text) is not None and not of_the_set


def _stands_alone(asked: Question) -> bool:
    """Whether a part is a question by itself."""
    pointing = asked.rep is not None or asked.reps or asked.sets or asked.exercise
    return asked.target in PLAIN and asked.score >= THRESHOLDS.sure and not pointing
