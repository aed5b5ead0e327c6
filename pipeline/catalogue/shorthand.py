"""Find an exercise in a caption as lifters write it: "incl. DB press 3x8 @26s", "렛풀다운 50키로"."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib import resources
from itertools import combinations
from types import MappingProxyType
from typing import Any, Final

from pipeline.catalogue.exercise import Exercise
from pipeline.catalogue.load import exercises, find

WORD: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
AMOUNT: Final = re.compile(  # "3x10", "@ 24s", "2x32kg", "60키로", "10개", "rpe 8", "22.5"
    r"@|\d+(?:[.,:]\d+)*\s*(?:[x×*/-]\s*\d+(?:[.,]\d+)*\s*)*"
    r"(?:kgs?|kilos?|lbs?|pounds?|reps?|sets?|cals?|min(?:ute)?s?|sec(?:ond)?s?|km|mi|in|[sxm]|"
    r"킬로|키로|파운드|세트|셋|회|개|번|분|초|키로씩|킬로씩)?(?![^\W\d_])"
)


MOST_WORDS: Final = 8  # longer captions tell a story
MENDED_FROM: Final = 5  # letters; shorter words have too many similar ones
NEAR: Final = 0.84  # of `difflib`: a slip in five letters, two in ten


def find_written(text: str) -> Exercise | None:
    """The exercise that a caption names, if the rest is only weights, sets, tools and remarks.

    As few words as possible are left out, shorthand is expanded, typing errors are corrected ("seated OHP" is a press).
    None where another word is left over.
    """
    return find(text) or next((entry for name in _readings(text) if (entry := find(name))), None)


def in_full(word: str) -> str:
    """The full form of a shorthand, in lower case; the word itself where it is none."""
    return _short().get(word, word)


def _readings(text: str) -> Iterator[str]:
    """The parts of a text that may be the name, the longest first."""
    said = WORD.findall(AMOUNT.sub(" ", unicodedata.normalize("NFKC", text).casefold().replace("’", "'")))
    beside = [place for place, word in enumerate(said) if {word, _short().get(word)} & _beside()]
    if not len(beside) < len(said) <= MOST_WORDS:
        return
    for count in range(len(beside) + 1):
        for left_out in combinations(beside, count):
            kept = [word for place, word in enumerate(said) if place not in left_out]
            written = [_short().get(word, word) for word in kept]
            yield from (" ".join(kept), " ".join(written), " ".join(map(_mended, written)))


@lru_cache(maxsize=1024)  # what people type has no end
def _mended(word: str) -> str:
    """The catalogue word that a misspelt word probably is; the word itself where none is similar."""
    near = get_close_matches(word, _vocabulary(), 1, NEAR) if len(word) >= MENDED_FROM and word.isascii() else []
    return near[0] if near else word


@cache
def _vocabulary() -> tuple[str, ...]:
    """Every English word of the catalogue's names."""
    names = (name for entry in exercises().values() for name in (entry.names["en"], *entry.aliases))
    return tuple(sorted({word for name in names for word in WORD.findall(name.casefold()) if len(word) >= MENDED_FROM}))


@cache
def _short() -> Mapping[str, str]:
    return MappingProxyType(_table()["short"])


@cache
def _beside() -> frozenset[str]:
    return frozenset(word for words in _table()["beside"].values() for word in words)


def _table() -> dict[str, Any]:
    return tomllib.loads((resources.files("pipeline.catalogue") / "shorthand.toml").read_text(encoding="utf-8"))
