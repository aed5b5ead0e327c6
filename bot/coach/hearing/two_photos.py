"""Whether a photo is to be held against the one before it."""

from __future__ import annotations

import re
from typing import Final

from bot.coach.hearing.intents import Question
from bot.coach.words import folded

COMPARING: Final = frozenset({"compare", "compare_first", "compare_by", "progress"})
TWO_PHOTOS: Final = re.compile(
    r"\b(?:photo|picture|pic|image|shot)s?\b.*\b(?:before|earlier|last|previous|first|other|both|two)\b"
    r"|\b(?:before|earlier|last|previous|first|other|both|two|different|compared?)\b.*\b(?:photo|picture|pic|image)s?\b"
    r"|\b(?:closer|nearer|further|farther)\b.*\b(?:now|pose|this time|before)\b"
    r"|(?:지난|이전|아까|먼저|전에?|두|다른) ?(?:번 )?(?:보낸 )?사진|사진.*(?:비교|보다|달라|나아)"
    r"|달라졌|나아졌|더 가까"
)


BOTH: Final = re.compile(r"\b(?:two|both|my|these) (?:photo|picture|pic|image)s\b|사진 ?(?:두|2) ?장|두 ?(?:장|사진)")
LINES = re.compile(
    r"\b(?:level|parallel|horizontal|tracking|over (?:my|the) (?:ankle|foot|feet|toes|heel|wrist)s?|in (?:one )?line"
    r"|lined up|squared?|open|twisted|rotated|turned|aligned)\b|수평|나란|일직선|틀어|열[려렸]|정렬"
)


def of_photos_to_come(asked: Question) -> bool:
    """Whether somebody who sent no photo asks whether two can be compared."""
    return TWO_PHOTOS.search(folded(asked.text)) is not None and BOTH.search(folded(asked.text)) is not None


def of_two_photos(asked: Question) -> bool:
    """Whether that is what a question about a photo asks for; one that names an exercise asks of sets, unless it says
    "photo"."""
    if TWO_PHOTOS.search(folded(asked.text)):
        return True
    return asked.target in COMPARING and asked.exercise is None


def of_lines(text: str) -> bool:
    """Whether a text asks if parts of the body are level, lined up or turned, which no angle of a joint tells."""
    return LINES.search(folded(text)) is not None
