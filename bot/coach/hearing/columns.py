"""Weighed features of texts as rows of a sparse matrix: each of length one, rare features counting more.

Weights: Salton & Buckley 1988, Information Processing & Management 24(5):513-523, with logarithmic term frequency.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_array

Features = Mapping[str, float]


@dataclass(frozen=True)
class Columns:
    """The features of the texts that it was made of, a column each: names, and by how much being rare makes them count.

    unknown_share: how much a feature that none of the texts has makes a text unlike them all (0..1).
    """

    names: tuple[str, ...]
    rareness: tuple[float, ...]
    unknown_share: float

    @classmethod
    def of(cls, texts: Sequence[Features], unknown_share: float) -> Columns:
        """A column for every feature of the texts, in the order in which they are met."""
        seen = Counter(name for features in texts for name in features)
        rareness = (math.log((1 + len(texts)) / (1 + times)) + 1 for times in seen.values())
        return cls(tuple(seen), tuple(rareness), unknown_share)

    def rows(self, texts: Sequence[Features]) -> csr_array:
        """(texts, columns), each row of length one where every feature of the text is known."""
        rows = [self._row(features) for features in texts]
        ends = np.cumsum([0, *(len(row) for row in rows)])
        columns = np.array([column for row in rows for column in row], dtype=np.int64)
        values = np.array([value for row in rows for value in row.values()], dtype=np.float32)
        return csr_array((values, columns, ends), shape=(len(rows), len(self.names)))

    def _row(self, features: Features) -> dict[int, float]:
        known = {self._at[name]: weight for name, weight in features.items() if name in self._at}
        told = {column: weight * self.rareness[column] for column, weight in known.items()}
        strange = (weight * self._rarest for name, weight in features.items() if name not in self._at)
        unknown = self.unknown_share * sum(weight**2 for weight in strange)
        length = math.sqrt(sum(value**2 for value in told.values()) + unknown) or 1.0
        return {column: value / length for column, value in told.items()}

    @cached_property
    def _at(self) -> Mapping[str, int]:
        return {name: at for at, name in enumerate(self.names)}

    @cached_property
    def _rarest(self) -> float:
        return max(self.rareness, default=0.0)
