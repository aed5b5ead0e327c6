"""Features of how alike a reading's repetitions are: in size, length, course and autocorrelation."""

from __future__ import annotations

import numpy as np

from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.reading_batch import Columns, ReadingBatch
from pipeline.reps.batch import deviations, means, medians
from pipeline.values import Array, Mask


def regularity(batch: ReadingBatch) -> Columns:
    """How alike the repetitions are in size and length: columns (N,), see `reading_features`."""
    usual = medians(batch.sizes, batch.known)
    largest = np.where(batch.known, batch.sizes, 0).max(axis=1)
    smallest = np.where(batch.known, batch.sizes, np.inf).min(axis=1)
    logs = np.log(np.maximum(batch.lengths_s, 1 / FRAME_HZ))
    leaps, both = np.abs(np.diff(logs, axis=1)), batch.known[:, 1:]
    return {
        "regularity": np.maximum(np.log(smallest / (largest + 1e-9) + 1e-3), -4),
        "uneven_size": np.minimum(deviations(batch.sizes, batch.known) / (means(batch.sizes, batch.known) + 1e-9), 1.5),
        "uneven_length": np.minimum(deviations(logs, batch.known), 1),
        "leap": np.minimum(medians(leaps, both) if leaps.size else np.zeros(len(logs)), 1),
        "widest_leap": np.minimum(np.where(both, leaps, 0).max(axis=1, initial=0), 2),
        "share": np.minimum(usual / batch.range, 1.3),
    }


def likeness(batch: ReadingBatch) -> Columns:
    """How like the usual repetition each is, by correlation and by distance; and how like the next but one."""
    courses = batch.courses
    ordered = np.sort(np.where(batch.known[:, :, None, None], courses, np.inf), axis=1)
    rows = np.arange(len(courses))
    usual = (ordered[rows, (batch.reps - 1) // 2] + ordered[rows, batch.reps // 2]) / 2
    usual = usual[:, None]
    own, ideal = (values - values.mean(axis=2, keepdims=True) for values in (courses, usual))
    power = (ideal**2).sum(axis=(2, 3))
    alike = (own * ideal).sum(axis=(2, 3)) / (np.sqrt((own**2).sum(axis=(2, 3)) * power) + 1e-9)
    apart = np.sqrt(((courses - usual) ** 2).sum(axis=(2, 3)) / (power + 1e-9))
    mean = means(alike, batch.known)
    return {
        "alike": mean,
        "alike_2": mean**2,
        "least_alike": np.maximum(np.where(batch.known, alike, 1).min(axis=1), -0.5),
        "apart": np.minimum(medians(apart, batch.known), 2),
        "furthest": np.minimum(np.where(batch.known, apart, 0).max(axis=1), 4),
        "alternating": _alternating(courses, batch.known),
    }


def _alternating(courses: Array, known: Mask) -> Array:
    """Below 0 where each repetition is more like the next but one: two of them may be one."""
    if courses.shape[1] < 4:
        return np.zeros(len(courses))

    def off(by: int) -> Array:
        squares = ((courses[:, by:] - courses[:, :-by]) ** 2).mean(axis=(2, 3))
        return np.sqrt(means(squares, known[:, by:])) + 0.02

    return np.where(known.sum(axis=1) >= 4, np.clip(np.log(off(2) / off(1)), -1, 1), 0.0)


def repeating(batch: ReadingBatch) -> Columns:
    """The autocorrelation at the usual time from turn to turn, at half of it and at twice."""
    steps = np.diff(batch.cycles[:, :, 1], axis=1)
    touching = batch.known[:, 1:] & (batch.cycles[:, 1:, 0] <= batch.cycles[:, :-1, 2])
    usual = medians(steps, touching) if steps.size else np.zeros(len(batch.reps))
    usual = np.where(usual > 0, usual, batch.usual_s * FRAME_HZ)
    again = batch.stretch.again
    shortest = int(0.3 * FRAME_HZ)
    best = float(again[shortest : max(shortest + 2, int(0.7 * len(again)))].max(initial=0.0))
    once, half, twice = (_around(again, usual * factor) for factor in (1.0, 0.5, 2.0))
    gaps = means((~touching).astype(float), batch.known[:, 1:]) if steps.size else np.zeros(len(batch.reps))
    return {"again": once, "half_again": half, "twice_again": twice, "better_again": best - once, "gaps": gaps}


def _around(again: Array, lags: Array) -> Array:
    """The largest within a tenth of each lag; 0 where there is too little to compare."""
    found = np.zeros(len(lags))
    for index, lag in enumerate(lags):
        if lag < 0.85 * len(again):
            found[index] = again[max(1, int(0.9 * lag)) : int(1.1 * lag) + 2].max()
    return found
