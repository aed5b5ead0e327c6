"""What people type, in the words of the known phrasings: shorthand written out, stretched letters, misspellings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from bot.coach.language import load
from bot.coach.words import by_first_letter, edits, folded, is_korean, lookalikes, words

STRETCHED = re.compile(r"([a-z])\1{2,}")
PARTICLES = (  # the longer ones first
    "이에요", "인가요", "인데요", "에서는", "으로는", "예요", "에서", "으로", "까지", "부터", "이랑", "하고", "에게",
    "한테", "이요", "은", "는", "이", "가", "을", "를", "도", "만", "로", "에", "의", "랑", "과", "와", "요",
)  # fmt: skip
SHORTEST_STEM = 1  # syllables: "물은" is "물"
SHORTEST_MISSPELT = 3  # letters; of two no slip can be told
LONGEST_SHORT = 4  # letters; of longer words `alike` knows
LONG = 7  # letters, of which two may be slips: "compair", "excersise"
OFTEN_SAID = 30  # times in all phrasings
MOST_UNKNOWN = 100  # words: a text with more is of another language, or of none, and mending it would hold everybody up


def written_out(text: str) -> tuple[str, ...]:
    """The words of a text, shorthand written out and empty words left out, unless nothing else was said."""
    meant, noise = spelled_out(text), _noise()
    return tuple(word for word in meant if word not in noise) or meant


def spelled_out(text: str) -> tuple[str, ...]:
    """The words of a text, shorthand written out, stretched letters pushed together."""
    said, table = words(STRETCHED.sub(r"\1\1", folded(text))), _shorthand()
    return tuple(word for one in said for word in table.get(one, (one,)))


def stem(word: str) -> str:
    """A Korean word without the particle or the polite ending behind it: "단백질은" is "단백질"."""
    ending = next((one for one in PARTICLES if word.endswith(one) and len(word) - len(one) >= SHORTEST_STEM), "")
    return word.removesuffix(ending)


class Speller:
    """Mends words that no phrasing has, where a known one is likely meant: of several the one said most often.

    `times` tells how often each known word was said.
    """

    def __init__(self, said: Iterable[str] | Mapping[str, int]) -> None:
        self.times = Counter(said)
        self._by_start = by_first_letter(word for word in self.times if word.isascii() and word.isalpha())

    def mended(self, said: Sequence[str], *, short_too: bool = False) -> tuple[str, ...]:
        """The words in their order, each slip replaced by the word that was likely meant. `short_too`: words too short
        to be sure of ("rps", "deap") by the one that is said far more often than any, where one slip leads to it, and
        long ones where two do."""
        unknown = list(dict.fromkeys(word for word in said if self._may_be_a_slip(word)))[:MOST_UNKNOWN]
        meant = {word: self._meant(word, short_too=short_too) for word in unknown}
        return tuple(meant.get(word, word) for word in said)

    def _may_be_a_slip(self, word: str) -> bool:
        known = word in self.times or word in _plain() or len(word) < SHORTEST_MISSPELT
        return not known and word.isalpha() and not is_korean(word)

    def _meant(self, word: str, *, short_too: bool) -> str:
        near = lookalikes(word, self._by_start)
        if not near and short_too and len(word) <= LONGEST_SHORT:
            near = [one for one in self._by_start.get(word[0], ()) if self._likely(word, one)]
        elif not near and short_too and len(word) >= LONG:
            near = [one for one in self._by_start.get(word[0], ()) if self._likely(word, one, slips=2)]
        return max(near, key=lambda known: (self.times[known], known), default=word)

    def _likely(self, word: str, known: str, slips: int = 1) -> bool:
        often = self.times[known] >= OFTEN_SAID / slips**2 and len(known) >= SHORTEST_MISSPELT
        return often and abs(len(word) - len(known)) <= 1 and edits(word, known, slips) <= slips


@cache
def _shorthand() -> Mapping[str, tuple[str, ...]]:
    return {folded(short): words(meant) for short, meant in load("data/shorthand.toml")["words"].items()}


@cache
def _noise() -> frozenset[str]:
    return frozenset(folded(word) for word in load("data/shorthand.toml")["noise"]["words"])


@cache
def _plain() -> frozenset[str]:
    return frozenset(load("data/shorthand.toml")["plain"]["words"])
