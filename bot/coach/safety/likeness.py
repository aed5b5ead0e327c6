"""How like a cry for help a message is, and of which kind, learned from examples of both.

What is compared are words, pairs of neighbours, character n-grams, the concepts of data/symptoms.toml and pairs of
concepts that stand near each other (a limb beside numbness, a joint beside a pop and swelling), so that a phrasing
needs no twin among the examples. Logistic regression (Hosmer & Lemeshow 2000) tells ordinary talk from the rest; among
the rest, one of each kind against the others tells which.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from bot.coach.hearing.columns import Columns
from bot.coach.hearing.learned import Arrays, counts_packed, counts_unpacked, packed, unpacked
from bot.coach.hearing.lexicon import Lexicon
from bot.coach.hearing.typed import Speller, spelled_out
from bot.coach.words import grams

ORDINARY = "ordinary"

Vector = npt.NDArray[np.floating]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of feature counts, and how the fit is held back; set on examples left out of the fit.

    `near` is the most words between two concepts that make a pair.
    """

    word: float = 1.2
    plain_word: float = 0.5
    gram: float = 0.55
    pair: float = 0.8
    concept: float = 2.6
    concepts: float = 2.0
    near: int = 9
    unknown_share: float = 0.5
    ridge: float = 0.015
    steps: int = 120
    steps_of_a_kind: int = 25


@dataclass(frozen=True)
class Reading:
    """What a message is judged by. plain: words that mean little."""

    lexicon: Lexicon
    plain: frozenset[str]
    weights: Weights

    def features(self, said: Sequence[str]) -> dict[str, float]:
        """Every feature of the words of a message, with its weight."""
        found = Counter(self._of_words(said))
        weighed = {name: self._weight(name) * (1 + math.log(times)) for name, times in found.items()}
        signs = self.lexicon.signs(said)
        alone = {f"c:{sign.concept}": self.weights.concept for sign in signs}
        pairs = ((one, other) for one, other in itertools.combinations(signs, 2) if one.concept != other.concept)
        beside = {
            f"p:{' '.join(sorted((one.concept, other.concept)))}": self.weights.concepts
            for one, other in pairs
            if other.at - one.at <= self.weights.near
        }
        return weighed | alone | beside

    def _of_words(self, said: Sequence[str]) -> Iterator[str]:
        yield from (f"w:{word}" for word in said)
        yield from (f"b:{one} {other}" for one, other in itertools.pairwise(said))
        yield from (gram for word in said if word not in self.plain for gram in grams(word))

    def _weight(self, name: str) -> float:
        if name.startswith("w:"):
            return self.weights.plain_word if name[2:] in self.plain else self.weights.word
        return self.weights.pair if name.startswith("b:") else self.weights.gram


@dataclass(frozen=True)
class Lessons:
    """What the examples teach: their words, a column for each feature, and weights of the columns, a constant last.

    alarming: (columns + 1,), ordinary talk from the rest; of_kind: (kinds, columns + 1), each kind from the other ones.
    """

    speller: Speller
    columns: Columns
    alarming: Vector
    kinds: tuple[str, ...]
    of_kind: Vector

    def arrays(self) -> Arrays:
        """All of it, to be stored."""
        return {
            **counts_packed(self.speller.times),
            "columns": packed(self.columns.names),
            "rareness": np.array(self.columns.rareness),
            "alarming": self.alarming.astype(np.float32),
            "kinds": packed(self.kinds),
            "of_kind": self.of_kind.astype(np.float16),
        }

    @classmethod
    def of_arrays(cls, kept: Arrays, unknown_share: float) -> Lessons:
        """What `arrays` gave."""
        columns = Columns(unpacked(kept["columns"]), tuple(kept["rareness"].tolist()), unknown_share)
        of_kind = kept["of_kind"].astype(np.float32)
        return cls(Speller(counts_unpacked(kept)), columns, kept["alarming"], unpacked(kept["kinds"]), of_kind)


@dataclass(frozen=True)
class Judge:
    """Judges a message by what examples of every kind taught."""

    reading: Reading
    lessons: Lessons

    def judged(self, text: str) -> tuple[str, float]:
        """The likeliest kind of alarm, and the log odds that the message is one at all."""
        said = self.lessons.speller.mended(spelled_out(text))
        row = self.lessons.columns.rows([self.reading.features(said)])
        kind = int(np.argmax(scored(row, self._by_column)))
        return self.lessons.kinds[kind], float(scored(row, self.lessons.alarming)[0])

    @cached_property
    def _by_column(self) -> Vector:
        """(columns + 1, kinds), row by row in memory: else every message would have all of it copied."""
        return np.ascontiguousarray(self.lessons.of_kind.T)


def scored(matrix: csr_array, weights: Vector) -> Vector:
    """(rows,) or (rows, kinds): each row's log odds."""
    return np.asarray(matrix @ weights[:-1] + weights[-1])
