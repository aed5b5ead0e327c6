"""Which joints and sides a text names, in either language."""

from __future__ import annotations

import re

from bot.coach.words import is_korean, words

JOINTS = frozenset({"elbow", "shoulder", "hip", "knee"})
PART_OF_BODY = {part: part for part in ("left", "right", *JOINTS)} | {
    "arm": "elbow",
    "leg": "knee",
    "왼쪽": "left",
    "오른쪽": "right",
    "팔": "elbow",
    "팔꿈치": "elbow",
    "어깨": "shoulder",
    "엉덩이": "hip",
    "엉덩관절": "hip",
    "고관절": "hip",
    "골반": "hip",
    "다리": "knee",
    "무릎": "knee",
}
SIDED = re.compile("(왼|오른)(?=팔|다리|무릎|어깨)")  # "왼팔" is a word of its own


def parts_of_body(text: str) -> set[str]:
    """The joints and sides that a text names, in English; particles stick to Korean words: "무릎은"."""
    longest_first = sorted(PART_OF_BODY, key=len, reverse=True)
    found = set[str]()
    for word in words(SIDED.sub(r"\1쪽 ", text)):
        plain = word.removesuffix("s")
        part = next((one for one in longest_first if plain == one or (is_korean(one) and plain.startswith(one))), None)
        found |= {PART_OF_BODY[part]} if part else set()
    return found
