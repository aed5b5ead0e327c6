"""All candidates as padded arrays, so that features are computed for all at once, which is fast."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.reps.body import Body
from pipeline.reps.candidates import Candidate
from pipeline.values import Array, Indices, Mask


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """N candidates with at most M turning points each.

    extremes (N, M): frames of the turning points, padded with the last one. is_point (N, M), is_swing (N, M - 1),
    is_cycle (N, M - 2): False for padding. swings (N, M - 1). signals (S, T); signal (N,): each candidate's row in it.
    """

    body: Body
    candidates: list[Candidate]
    extremes: Indices
    is_point: Mask
    is_swing: Mask
    is_cycle: Mask
    swings: Array
    signals: Array
    signal: Indices

    @property
    def first(self) -> Indices:
        """(N,) frames of the first turning points."""
        return self.extremes[:, 0]

    @property
    def last(self) -> Indices:
        """(N,) frames of the last turning points."""
        return self.extremes[:, -1]

    @property
    def cycles(self) -> Array:
        """(N,) the number of repetitions of each candidate."""
        return np.array([candidate.cycles for candidate in self.candidates], dtype=np.float64)


def batch_of(body: Body, candidates: list[Candidate]) -> Batch:
    """The candidates, at least one, as arrays."""
    points = np.array([len(candidate.extremes) for candidate in candidates])
    most = int(points.max())
    extremes = np.array([np.pad(c.extremes, (0, most - len(c.extremes)), mode="edge") for c in candidates])
    place = np.arange(most)
    names = list(dict.fromkeys(candidate.signal.name for candidate in candidates))
    rows = {candidate.signal.name: candidate.signal.values for candidate in candidates}
    signals = np.stack([rows[name] for name in names])
    signal = np.array([names.index(candidate.signal.name) for candidate in candidates])
    values = signals[signal[:, None], extremes]
    return Batch(
        body=body,
        candidates=candidates,
        extremes=extremes,
        is_point=place < points[:, None],
        is_swing=place[:-1] < points[:, None] - 1,
        is_cycle=place[:-2] < points[:, None] - 2,
        swings=np.abs(np.diff(values, axis=1)),
        signals=signals,
        signal=signal,
    )


def medians(values: Array, known: Mask) -> Array:
    """(N,) medians along rows of (N, M) where known; 0 where nothing is."""
    ordered = np.sort(np.where(known, values, np.inf), axis=1)
    count = known.sum(axis=1)
    rows = np.arange(len(values))
    low, high = ordered[rows, np.maximum(count - 1, 0) // 2], ordered[rows, np.minimum(count // 2, values.shape[1] - 1)]
    return np.asarray(np.where(count > 0, (low + high) / 2, 0.0))


def means(values: Array, known: Mask) -> Array:
    """(N,) means along rows of (N, M) where known; 0 where nothing is."""
    return np.asarray((values * known).sum(axis=1) / np.maximum(known.sum(axis=1), 1))


def deviations(values: Array, known: Mask) -> Array:
    """(N,) standard deviations along rows where known."""
    return np.sqrt(means((values - means(values, known)[:, None]) ** 2, known))


class Windows:
    """Sums of values (T, ...) over ranges of frames, both ends included, by cumulative sums."""

    def __init__(self, values: Array) -> None:
        self._totals = np.concatenate([np.zeros((1, *values.shape[1:])), np.cumsum(values, axis=0)])

    def sums(self, first: Indices, last: Indices) -> Array:
        """(N, ...) sums from frames first (N,) to last (N,)."""
        return np.asarray(self._totals[last + 1] - self._totals[first])
