"""Weighed features of texts as rows of a sparse matrix: each of length one, rare features counting more.

Weights: Salton & Buckley 1988, Information Processing & Management 24(5):513-523, with logarithmic term frequency.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_array

Features = Mapping[str, float]


class Columns:
    """The features of the texts that it was made of, a column each."""

    def __init__(self, texts: Sequence[Features], unknown_share: float) -> None:
        """unknown_share: how much a feature that none of the texts has makes a text unlike them all (0..1)."""
        seen = Counter(name for features in texts for name in features)
        self._at = {name: at for at, name in enumerate(seen)}
        self._idf = [math.log((1 + len(texts)) / (1 + times)) + 1 for times in seen.values()]
        self._rarest, self._unknown_share = max(self._idf, default=0.0), unknown_share

    def rows(self, texts: Sequence[Features]) -> csr_array:
        """(texts, columns), each row of length one where every feature of the text is known."""
        rows = [self._row(features) for features in texts]
        ends = np.cumsum([0, *(len(row) for row in rows)])
        columns = np.array([column for row in rows for column in row], dtype=np.int64)
        values = np.array([value for row in rows for value in row.values()], dtype=np.float32)
        return csr_array((values, columns, ends), shape=(len(rows), len(self._at)))

    def _row(self, features: Features) -> dict[int, float]:
        known = {self._at[name]: weight for name, weight in features.items() if name in self._at}
        told = {column: weight * self._idf[column] for column, weight in known.items()}
        strange = (weight * self._rarest for name, weight in features.items() if name not in self._at)
        unknown = self._unknown_share * sum(weight**2 for weight in strange)
        length = math.sqrt(sum(value**2 for value in told.values()) + unknown) or 1.0
        return {column: value / length for column, value in told.items()}
