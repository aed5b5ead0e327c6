"""Ridge regression from sums over rows, so that rows can be removed again (for cross-validation)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.linalg import solve

from pipeline.values import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Head:
    """A linear model: scores are (features - mean) / spread @ weights (F, K) + bias (K,)."""

    weights: Floats
    bias: Floats
    mean: Floats
    spread: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Usual:
    """Mean and standard deviation of each feature."""

    mean: Floats
    spread: Floats

    def even(self, rows: Floats) -> Floats:
        """The features standardised."""
        return np.asarray((rows - self.mean) / self.spread, dtype=np.float32)


@dataclass(slots=True, eq=False)
class Sums:
    """The sums that a ridge regression needs: products of the features, and of features and targets."""

    products: Floats
    wanted: Floats

    @classmethod
    def empty(cls, features: int, answers: int) -> Sums:
        """The sums of no rows; one more column is the bias."""
        return cls(np.zeros((features + 1, features + 1), np.float32), np.zeros((features + 1, answers), np.float32))

    @classmethod
    def total(cls, parts: Sequence[Sums]) -> Sums:
        """The sums of all parts together."""
        return cls(_sum_of([one.products for one in parts]), _sum_of([one.wanted for one in parts]))

    def less(self, part: Sums) -> Sums:
        """The sums without the part's rows."""
        return Sums(self.products - part.products, self.wanted - part.wanted)

    def add(self, rows: Floats, weights: Floats, wanted: Floats) -> None:
        """Add rows (N, F) with their weights (N,) and targets (N, K)."""
        full = np.concatenate([rows, np.ones((len(rows), 1), np.float32)], axis=1) * np.sqrt(weights)[:, None]
        self.products += full.T @ full
        self.wanted += full.T @ (wanted * np.sqrt(weights)[:, None])


def _sum_of(parts: Sequence[Floats]) -> Floats:
    """Element by element, without a copy for each."""
    total = parts[0].copy()
    for one in parts[1:]:
        total += one
    return total


def solved(sums: Sums, decay: float, usual: Usual) -> Head:
    """The weights of the regression; `decay` shrinks all but the bias."""
    products = sums.products.astype(np.float64)  # what two kernels tell is often nearly the same
    feature = np.arange(len(usual.mean))
    products[feature, feature] += decay
    weights = solve(products, sums.wanted, assume_a="pos", overwrite_a=True).astype(np.float32)
    return Head(weights[:-1], weights[-1], usual.mean, usual.spread)
