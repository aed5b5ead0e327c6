"""Which of many targets a question asks for, learned from phrasings: TF-IDF over words, concepts and n-grams.

The target is chosen by regularised least squares over the cosines and their squares (Rifkin 2003); how much speaks for
it tells how far it can be trusted. Leaving one phrasing out at a time this finds 66 % of the targets of the 4574 that
were written by hand, of the Korean ones 54 %. What speaks for the target sets right from wrong with an area under the
curve of 0.81, the likeness of the nearest phrasing, whatever its target, with 0.72.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from bot.coach.hearing.columns import Columns
from bot.coach.hearing.learned import Arrays, counts_packed, counts_unpacked, packed, unpacked
from bot.coach.hearing.typed import Speller, stem, written_out
from bot.coach.words import grams

Vector = npt.NDArray[np.floating]
Phrasing = tuple[str, str]  # a text and the target that it asks for


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of feature counts, set by leaving out one phrasing at a time; ridge keeps the fit smooth."""

    word: float = 1.2
    plain_word: float = 0.5
    gram: float = 0.55
    pair: float = 0.8
    concept: float = 2.6
    ridge: float = 0.1
    end: float = 0.6  # the first and the last word of a text, which tell a bare "time?" from "how much time"
    unknown_share: float = 0.5  # a feature never met makes a strange question unlike, a typo only a little


@dataclass(frozen=True, slots=True)
class Match:
    """A target and how much speaks for it: about 1 where the question is one of its phrasings, 0 where nothing does."""

    target: str
    score: float


@dataclass(frozen=True)
class Reading:
    """What questions are compared by. concepts: words by what they mean; plain: words that mean little."""

    concepts: Mapping[str, Sequence[str]]
    plain: frozenset[str]
    weights: Weights = Weights()

    def features(self, said: Sequence[str]) -> dict[str, float]:
        """Every feature of a text with its weight: words, their concepts, pairs of neighbours, character n-grams."""
        found, stems = Counter[str](), [word if word in self.concept_of else stem(word) for word in said]
        for word, bare in zip(said, stems, strict=True):
            found[f"w:{bare}"] += 1
            if bare in self.concept_of:
                found[self.concept_of[bare]] += 1
            if word not in self.plain:
                found.update(grams(word))
        found.update(f"b:{one} {two}" for one, two in itertools.pairwise(stems))
        found.update(f"e:{end}" for end in (f"^{' '.join(stems[:1])}", f"{' '.join(stems[-1:])}$") if said)
        return {name: self._weight(name) * (1 + math.log(times)) for name, times in found.items()}

    @cached_property
    def concept_of(self) -> Mapping[str, str]:
        """The concept of each word that has one."""
        return {word: f"c:{name}" for name, members in self.concepts.items() for word in members}

    def _weight(self, name: str) -> float:
        kind = name[:2]
        if kind == "w:":
            return self.weights.plain_word if name[2:] in self.plain else self.weights.word
        others = {"c:": self.weights.concept, "b:": self.weights.pair, "e:": self.weights.end}
        return others.get(kind, self.weights.gram)


@dataclass(frozen=True)
class Lessons:
    """What the phrasings teach: their words, a column for each feature, a row for each phrasing, and for each of them
    how much one like it speaks for each target, (phrasings, targets)."""

    speller: Speller
    columns: Columns
    matrix: csr_array
    targets: tuple[str, ...]
    votes: Vector

    def arrays(self) -> Arrays:
        """All of it, to be stored."""
        return {
            **counts_packed(self.speller.times),
            "columns": packed(self.columns.names),
            "rareness": np.array(self.columns.rareness),
            "values": self.matrix.data.astype(np.float16),
            "at": self.matrix.indices.astype(np.int32),
            "ends": self.matrix.indptr.astype(np.int32),
            "targets": packed(self.targets),
            "votes": self.votes.astype(np.float16),
        }

    @classmethod
    def of_arrays(cls, kept: Arrays, unknown_share: float) -> Lessons:
        """What `arrays` gave."""
        columns = Columns(unpacked(kept["columns"]), tuple(kept["rareness"].tolist()), unknown_share)
        rows = (kept["values"].astype(np.float32), kept["at"], kept["ends"])
        matrix = csr_array(rows, shape=(len(kept["ends"]) - 1, len(columns.names)))
        votes = kept["votes"].astype(np.float32)
        return cls(Speller(counts_unpacked(kept)), columns, matrix, unpacked(kept["targets"]), votes)


class PhraseIndex:
    """Phrasings, each belonging to a target, ready to be compared with a question."""

    def __init__(self, reading: Reading, lessons: Lessons) -> None:
        self._reading, self._lessons = reading, lessons
        self._turned = csr_array(lessons.matrix.T)

    def best(self, question: str) -> Match:
        """The likeliest target."""
        target, vote = max(self.votes(question).items(), key=lambda one: one[1])
        return Match(target, vote)

    def mended(self, said: Sequence[str]) -> tuple[str, ...]:
        """The words, each slip replaced by the word of the phrasings that was likely meant."""
        return self._lessons.speller.mended(said)

    def votes(self, question: str) -> dict[str, float]:
        """How much speaks for each target."""
        said = self._lessons.speller.mended(written_out(question), short_too=True)
        likeness = (self._lessons.columns.rows([self._reading.features(said)]) @ self._turned).toarray()[0]
        votes = _kernel(likeness) @ self._lessons.votes
        return dict(zip(self._lessons.targets, votes.tolist(), strict=True))


def learned(phrasings: Sequence[Phrasing], reading: Reading) -> Lessons:
    """What the phrasings teach. Takes a second or two."""
    said = [written_out(text) for text, _ in phrasings]
    counts = [reading.features(words) for words in said]
    columns = Columns.of(counts, reading.weights.unknown_share)
    matrix, names = columns.rows(counts), sorted({target for _, target in phrasings})
    return Lessons(
        speller=Speller([*itertools.chain.from_iterable(said), *reading.concept_of]),
        columns=columns,
        matrix=matrix,
        targets=tuple(names),
        votes=_votes(matrix, [names.index(target) for _, target in phrasings], len(names), reading.weights.ridge),
    )


def _votes(matrix: csr_array, targets: Sequence[int], count: int, ridge: float) -> Vector:
    """(phrasings, targets): how much a phrasing that is like the question speaks for each target."""
    from scipy.linalg import solve  # here, because it takes a while to load and what was learned is mostly at hand

    alike = _kernel((matrix @ matrix.T).toarray())
    alike[np.diag_indices_from(alike)] += ridge
    belongs = np.eye(count, dtype=np.float32)[np.array(targets)]
    return np.asarray(solve(alike, belongs, assume_a="pos", overwrite_a=True), dtype=np.float32)


def _kernel(cosines: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Cosines with their squares, so that one phrasing that shares much outweighs many that share little."""
    return np.asarray(cosines + cosines**2)
