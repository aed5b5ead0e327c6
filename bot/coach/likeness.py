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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_array

from bot.coach.columns import Columns
from bot.coach.evaluation.asked import names, read_lines
from bot.coach.intents import phrasings
from bot.coach.language import load
from bot.coach.lexicon import Lexicon
from bot.coach.patterns import expanded
from bot.coach.typed import Speller, spelled_out
from bot.coach.words import grams

ORDINARY = "ordinary"
MEANT = frozenset({"my", "not", "no", "cant", "dont"})  # mean little in a question on a set, much in a cry for help

Vector = npt.NDArray[np.float64]


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


class Judge:
    """Examples of every kind, ready to judge a message by."""

    def __init__(self, examples: Mapping[str, str], lexicon: Lexicon, plain: frozenset[str], weights: Weights) -> None:
        """examples: text to kind; plain: words that mean little."""
        self._lexicon, self._plain, self._weights = lexicon, plain, weights
        read = [spelled_out(text) for text in examples]
        self._speller = Speller([*itertools.chain.from_iterable(read), *lexicon.words])
        counts = [self._features(said) for said in read]
        self._columns = Columns(counts, weights.unknown_share)
        self._learn(self._columns.rows(counts), np.array([*examples.values()]))

    def _learn(self, matrix: csr_array, kinds: npt.NDArray[np.str_]) -> None:
        rules, grave = self._weights, kinds != ORDINARY
        self._alarming = _separating(matrix, grave, rules.ridge, rules.steps)
        self._kinds = sorted(set(kinds[grave]))
        told = [
            _separating(matrix[grave], kinds[grave] == kind, rules.ridge, rules.steps_of_a_kind) for kind in self._kinds
        ]
        self._of_kind = np.array(told)

    def judged(self, text: str) -> tuple[str, float]:
        """The likeliest kind of alarm, and the log odds that the message is one at all."""
        row = self._columns.rows([self._features(self._speller.mended(spelled_out(text)))])
        return str(self._kinds[int(np.argmax(_scored(row, self._of_kind.T)))]), float(_scored(row, self._alarming)[0])

    def _features(self, said: Sequence[str]) -> dict[str, float]:
        found = Counter(self._of_words(said))
        weighed = {name: self._weight(name) * (1 + math.log(times)) for name, times in found.items()}
        signs = self._lexicon.signs(said)
        alone = {f"c:{sign.concept}": self._weights.concept for sign in signs}
        pairs = ((one, other) for one, other in itertools.combinations(signs, 2) if one.concept != other.concept)
        beside = {
            f"p:{' '.join(sorted((one.concept, other.concept)))}": self._weights.concepts
            for one, other in pairs
            if other.at - one.at <= self._weights.near
        }
        return weighed | alone | beside

    def _of_words(self, said: Sequence[str]) -> Iterator[str]:
        yield from (f"w:{word}" for word in said)
        yield from (f"b:{one} {other}" for one, other in itertools.pairwise(said))
        yield from (gram for word in said if word not in self._plain for gram in grams(word))

    def _weight(self, name: str) -> float:
        if name.startswith("w:"):
            return self._weights.plain_word if name[2:] in self._plain else self._weights.word
        return self._weights.pair if name.startswith("b:") else self._weights.gram


@cache
def judge() -> Judge:
    """The one that knows all examples: it takes some seconds to make, which no user's message should wait for."""
    plain, symptoms = frozenset(load("data/concepts.toml")["plain"]) - MEANT, load("data/symptoms.toml")
    return Judge(dict(_examples()), Lexicon(symptoms["concepts"], symptoms["small"]), plain, Weights())


def _examples() -> Iterator[tuple[str, str]]:
    """Text and kind; where a text comes twice, the later kind holds."""
    yield from ((text, ORDINARY) for text, _ in phrasings())
    for name in ("data/alarm_patterns.toml", "data/alarms.toml"):
        for kind, patterns in load(name).items():
            yield from ((text, kind) for pattern in patterns for text in expanded(pattern))
    yield from ((line, ORDINARY) for name in names("ordinary") for line in read_lines(name))
    acute = (line.split("|") for name in names("acute") for line in read_lines(name))
    yield from ((text.strip(), kind.strip()) for kind, text in acute)


def _separating(matrix: csr_array, belongs: Iterable[bool], ridge: float, steps: int) -> Vector:
    """Weights of the columns, and a constant last, that tell the rows that belong from those that don't."""
    sign, turned = np.where(np.asarray(belongs), 1.0, -1.0), csr_array(matrix.T)

    def loss(weights: Vector) -> tuple[float, Vector]:
        margin = sign * _scored(matrix, weights)
        slope = -sign / (1 + np.exp(np.clip(margin, -50, 50)))
        cost = float(np.logaddexp(0, -margin).sum() + 0.5 * ridge * (weights[:-1] ** 2).sum())
        return cost, np.append(turned @ slope + ridge * weights[:-1], slope.sum())

    found = minimize(loss, np.zeros(matrix.shape[1] + 1), jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(found.x)


def _scored(matrix: csr_array, weights: Vector) -> Vector:
    return np.asarray(matrix @ weights[:-1] + weights[-1])
