"""Which of many targets a question asks for, learned from phrasings: TF-IDF over words, concepts and n-grams.

The target is chosen by regularised least squares over the cosines and their squares (Rifkin 2003); how much speaks for
it tells how far it can be trusted. Of 612 phrasings that the lists hold and that were left out 67 % are found, 86 %
among the likeliest three. Without those composed from patterns (data/ways_of_asking.*.toml) it was 61 and 78 %:
how many are taught matters most.
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
from bot.coach.words import grams, is_korean, letter_grams

Vector = npt.NDArray[np.floating]
Phrasing = tuple[str, str]  # a text and the target that it asks for
MOST_NEAR = 6  # targets that a question may have asked for
LEAST_NEAR = 0.1  # that speaks for each
VOTE_STEP = 0.009  # to which votes are kept: coarser than float16, with the same answers, in a seventh of the room


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of feature counts, set by leaving out one phrasing at a time; ridge keeps the fit smooth."""

    word: float = 1.2
    plain_word: float = 0.5
    gram: float = 0.55
    pair: float = 0.8
    concept: float = 2.6
    ridge: float = 0.1
    letters: float = 0.6
    end: float = 0.6  # the first and the last word of a text, which tell a bare "time?" from "how much time"
    unknown_share: float = 0.5  # a feature never met makes a strange question unlike, a typo only a little


@dataclass(frozen=True, slots=True)
class Match:
    """A target and how much speaks for it: about 1 where the question is one of its phrasings, 0 where nothing does.

    `likely` are the likeliest targets, this one first, for which anything to speak of does, and how much.
    """

    target: str
    score: float
    likely: tuple[tuple[str, float], ...] = ()


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
        found.update(f"l:{letters}" for letters in letter_grams(said))
        found.update(f"b:{one} {two}" for one, two in itertools.pairwise(stems))
        found.update(f"e:{end}" for end in (f"^{' '.join(stems[:1])}", f"{' '.join(stems[-1:])}$") if said)
        return {name: self.weight(name) * (1 + math.log(times)) for name, times in found.items()}

    @cached_property
    def concept_of(self) -> Mapping[str, str]:
        """The concept of each word that has one."""
        return {word: f"c:{name}" for name, members in self.concepts.items() for word in members}

    def weight(self, name: str) -> float:
        """How much a feature counts where a text has it once."""
        kind = name[:2]
        if kind == "w:":
            return self.weights.plain_word if name[2:] in self.plain else self.weights.word
        others = {
            "c:": self.weights.concept,
            "b:": self.weights.pair,
            "e:": self.weights.end,
            "l:": self.weights.letters,
        }
        return others.get(kind, self.weights.gram)


@dataclass(frozen=True)
class Lessons:
    """What the phrasings teach: their words, a column for each feature, a row for each phrasing, which of them are
    Korean (phrasings,), and how much one like each speaks for each target, (phrasings, targets)."""

    speller: Speller
    columns: Columns
    matrix: csr_array
    korean: npt.NDArray[np.bool_]
    targets: tuple[str, ...]
    votes: Vector

    def arrays(self, reading: Reading) -> Arrays:
        """All of it, to be stored: of each phrasing how often it has each feature, from which its row follows."""
        matrix = self.matrix.sorted_indices()
        once = matrix.data / _weights(reading, self.columns)[matrix.indices]
        least = np.minimum.reduceat(once, matrix.indptr[:-1])  # the words at its ends are there once
        said = np.rint(np.exp(once / np.repeat(least, np.diff(matrix.indptr)) - 1)).astype(np.uint8)
        return {
            **counts_packed(self.speller.times),
            "columns": packed(self.columns.names),
            "rareness": np.array(self.columns.rareness),
            "said": said,
            "steps": np.diff(matrix.indices, prepend=np.int32(0)).astype(np.int32),
            "ends": matrix.indptr.astype(np.int32),
            "targets": packed(self.targets),
            "korean": self.korean,
            "votes": np.rint(self.votes / VOTE_STEP).astype(np.int16),
        }

    @classmethod
    def of_arrays(cls, kept: Arrays, reading: Reading) -> Lessons:
        """What `arrays` gave."""
        names, rareness = unpacked(kept["columns"]), tuple(kept["rareness"].tolist())
        columns = Columns(names, rareness, reading.weights.unknown_share)
        at, ends = np.cumsum(kept["steps"], dtype=np.int32), kept["ends"]
        values = (1 + np.log(kept["said"].astype(np.float32))) * _weights(reading, columns)[at]
        length = np.sqrt(np.add.reduceat(values**2, ends[:-1]))
        rows = (values / np.repeat(length, np.diff(ends)), at, ends)
        matrix = csr_array(rows, shape=(len(ends) - 1, len(columns.names)))
        votes = kept["votes"].astype(np.float32) * VOTE_STEP
        return cls(Speller(counts_unpacked(kept)), columns, matrix, kept["korean"], unpacked(kept["targets"]), votes)


def _weights(reading: Reading, columns: Columns) -> Vector:
    """(columns,): what a feature that is said once adds to a row before that is brought to length one."""
    return np.array(
        [reading.weight(name) * rare for name, rare in zip(columns.names, columns.rareness, strict=True)],
        dtype=np.float32,
    )


class PhraseIndex:
    """Phrasings, each belonging to a target, ready to be compared with a question."""

    def __init__(self, reading: Reading, lessons: Lessons) -> None:
        self._reading, self._lessons = reading, lessons
        self._turned = csr_array(lessons.matrix.T)
        self._votes = csr_array(lessons.votes)  # most are none

    def best(self, question: str) -> Match:
        """The likeliest target."""
        ranked = sorted(self.votes(question).items(), key=lambda one: -one[1])[:MOST_NEAR]
        target, vote = ranked[0]
        return Match(target, vote, tuple((name, score) for name, score in ranked if score >= LEAST_NEAR))

    def mended(self, said: Sequence[str]) -> tuple[str, ...]:
        """The words, each slip replaced by the word of the phrasings that was likely meant."""
        return self._lessons.speller.mended(said)

    def votes(self, question: str) -> dict[str, float]:
        """How much speaks for each target."""
        said = self._lessons.speller.mended(written_out(question), short_too=True)
        row = self._lessons.columns.rows([self._reading.features(said)])
        likeness = row.data @ self._turned[row.indices]  # a few of its rows: four times quicker than sparse by sparse
        spoken = self._lessons.korean == any(map(is_korean, said))
        votes = _kernel(likeness * spoken) @ self._votes
        return dict(zip(self._lessons.targets, votes.tolist(), strict=True))


def learned(phrasings: Sequence[Phrasing], reading: Reading) -> Lessons:
    """What the phrasings teach. Takes about half a minute."""
    said = [written_out(text) for text, _ in phrasings]
    counts = [reading.features(words) for words in said]
    columns = Columns.of(counts, reading.weights.unknown_share)
    matrix, names = columns.rows(counts), sorted({target for _, target in phrasings})
    korean = np.array([any(map(is_korean, words)) for words in said])
    targets = np.array([names.index(target) for _, target in phrasings])
    votes = np.zeros((len(said), len(names)), dtype=np.float32)
    for of_language in (korean, ~korean):  # a language is learned by itself: they share little, and it is quicker
        votes[of_language] = _votes(matrix[of_language], targets[of_language], len(names), reading.weights.ridge)
    return Lessons(
        speller=Speller([*itertools.chain.from_iterable(said), *reading.concept_of]),
        columns=columns,
        matrix=matrix,
        korean=korean,
        targets=tuple(names),
        votes=votes,
    )


def _votes(matrix: csr_array, targets: npt.NDArray[np.int64], count: int, ridge: float) -> Vector:
    """(phrasings, targets): how much a phrasing that is like the question speaks for each target."""
    from scipy.linalg import solve  # here, because it takes a while to load and what was learned is mostly at hand

    alike = _kernel((matrix @ matrix.T).toarray())
    alike[np.diag_indices_from(alike)] += ridge
    belongs = np.eye(count, dtype=np.float32)[targets]
    return np.asarray(solve(alike, belongs, assume_a="pos", overwrite_a=True), dtype=np.float32)


def _kernel(cosines: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Cosines with their squares, so that one phrasing that shares much outweighs many that share little."""
    return np.asarray(cosines + cosines**2)
