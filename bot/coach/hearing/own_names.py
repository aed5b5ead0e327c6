"""An exercise of the user's own log that a few words mean by a part of its name: "the bridges", "저번 캐리"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.coach.facts import Facts
from bot.coach.hearing.intents import singular
from bot.coach.words import folded, is_korean, words
from pipeline.values import UNKNOWN

MOST_WORDS = 7  # who says more may use the word for something else
LEAST_LETTERS, LEAST_SYLLABLES = 5, 2
LEAST_OF_A_VERB = 3  # letters: "how long did i row"
HEADS = frozenset({"row", "curl", "dip", "fly", "kick", "jump", "carry", "hang"})  # that alone mean such an exercise
ADVISED = re.compile(
    r"\b(?:how (?:do|to|should|can)|should|why)\b|어떻게|왜|해야|방법"
)  # of how it is done, not of a set
EVERYDAY = frozenset(  # parts of names that are said of much else
    {"chest", "cross", "front", "inverted", "machine", "morning", "power", "press", "raise", "reverse", "right",
     "seated", "shoulder", "single", "stand", "standing", "straight", "weighted", "extension", "trainer", "rower",
     "이두", "삼두", "레그", "체스트", "숄더", "사이드", "프론트", "머신", "리버스", "프레스", "데드", "파워", "서기",
     "걷기", "서서", "허벅지", "앞쪽", "실내"}
)  # fmt: skip


def own_name(text: str, facts: Facts) -> str | None:
    """The slug of the one exercise of the log whose name a word of a short message is part of; None where none is, or
    several are."""
    said = words(text)
    if len(said) > MOST_WORDS or ADVISED.search(folded(text)):
        return None
    found = {past.exercise for past in facts.logged if past.exercise != UNKNOWN and _names(past.label, said)}
    return next(iter(found)) if len(found) == 1 else None


def _names(label: str, said: tuple[str, ...]) -> bool:
    """Whether a word is a part of the name; a Korean one may carry a particle."""
    plain = {singular(word) for word in said}
    plain |= {f"{word.removesuffix('ed')}ing" for word in said if word.isascii() and len(word) >= LEAST_OF_A_VERB}
    plain |= {f"{word}ing" for word in said if word.isascii() and len(word) >= LEAST_OF_A_VERB}
    if words(label)[-1:] and singular(words(label)[-1]) in HEADS & plain:
        return True
    return any(
        any(word.startswith(part) for word in said) if is_korean(part) else part in plain for part in _parts(label)
    )


def _parts(label: str) -> Iterator[str]:
    for part in map(singular, words(label)):
        if len(part) >= (LEAST_SYLLABLES if is_korean(part) else LEAST_LETTERS) and part not in EVERYDAY:
            yield part
