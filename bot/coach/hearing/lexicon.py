"""Which concepts a text speaks of, by a list of words: single ones, beginnings, phrases, and Korean ones.

An entry of several words is met word by word, small words between them skipped ("pressure on my chest" holds "pressure
chest"); one that ends in * is the beginning of a word; a Korean one may stand within a word, with or without spaces.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.coach.hearing.typed import spelled_out
from bot.coach.words import is_korean

SKIPPED = 3  # small words between the words of a phrase, at most


@dataclass(frozen=True, slots=True)
class Sign:
    """A concept and where in the text it was met: the number of the word."""

    at: int
    concept: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    begins: bool
    concept: str
    small: frozenset[str]

    def stands_at(self, said: Sequence[str], start: int) -> bool:
        """Whether the phrase begins there; its first word is known to."""
        met = 1
        for word in said[start + 1 : start + len(self.words) + SKIPPED]:
            if met == len(self.words):
                break
            if self._meets(word, met):
                met += 1
            elif word not in self.small:
                return False
        return met == len(self.words)

    def _meets(self, word: str, at: int) -> bool:
        last = at == len(self.words) - 1
        return word.startswith(self.words[at]) if self.begins and last else word == self.words[at]


class Lexicon:
    """Entries by concept, ready to be looked for."""

    def __init__(self, concepts: Mapping[str, Sequence[str]], small: Iterable[str] = ()) -> None:
        """concepts: entries by concept; small: words that a phrase skips."""
        self._small = frozenset(small)
        self._single: dict[str, set[str]] = defaultdict(set)
        self._beginnings: list[tuple[str, str]] = []
        self._phrases: dict[str, list[_Phrase]] = defaultdict(list)
        self._korean: list[tuple[str, str]] = []
        for concept, entries in concepts.items():
            for entry in entries:
                self._add(concept, entry)
        self._of: dict[str, frozenset[str]] = {}

    def _add(self, concept: str, entry: str) -> None:
        said, begins = spelled_out(entry), entry.endswith("*")
        if is_korean(entry):
            self._korean.append(("".join(said), concept))
        elif len(said) > 1:
            self._phrases[said[0]].append(_Phrase(said, begins, concept, self._small))
        elif begins:
            self._beginnings.append((said[0], concept))
        else:
            self._single[said[0]].add(concept)

    @property
    def words(self) -> frozenset[str]:
        """Every word of the entries, those of phrases too."""
        phrases = (word for found in self._phrases.values() for phrase in found for word in phrase.words)
        return frozenset((*self._single, *phrases, *(word for word, _ in self._beginnings)))

    def signs(self, said: Sequence[str]) -> tuple[Sign, ...]:
        """Every concept met, in the order of the words."""
        found = {*self._english(said), *(self._korean_signs(said) if any(map(is_korean, said)) else ())}
        return tuple(sorted(found, key=lambda sign: (sign.at, sign.concept)))

    def _english(self, said: Sequence[str]) -> Iterator[Sign]:
        for at, word in enumerate(said):
            yield from (Sign(at, concept) for concept in self._concepts_of(word))
            yield from (Sign(at, one.concept) for one in self._phrases.get(word, ()) if one.stands_at(said, at))

    def _concepts_of(self, word: str) -> frozenset[str]:
        if word not in self._of:
            begun = (concept for beginning, concept in self._beginnings if word.startswith(beginning))
            self._of[word] = frozenset((*self._single.get(word, ()), *begun))
        return self._of[word]

    def _korean_signs(self, said: Sequence[str]) -> Iterator[Sign]:
        joined, starts = "".join(said), _starts(said)
        for entry, concept in self._korean:
            if (at := joined.find(entry)) >= 0:
                yield Sign(sum(start <= at for start in starts) - 1, concept)


def _starts(said: Sequence[str]) -> tuple[int, ...]:
    """Where each word begins in the words put together."""
    lengths = [len(word) for word in said]
    return tuple(sum(lengths[:at]) for at in range(len(lengths)))
