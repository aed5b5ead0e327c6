"""What speaks for a reading of a set, as numbers that a scorer can weigh.

All are dimensionless, natural logarithms or shares, most clipped so that no single one can outvote the rest. Readings
of similar length are measured side by side, which is fast.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.readings import TRIMS, Indices, Reading
from pipeline.motion.stretch import Stretch
from pipeline.motion.views import FAMILIES
from pipeline.reps.batch import deviations, means, medians
from pipeline.values import Array

_OWN = ("gap", "own_gap", "lost", "regularity", "uneven_size", "uneven_length", "leap", "widest_leap", "share",
        "covered", "log_length", "log_length_2", "quick", "slow", "alike", "alike_2", "least_alike", "apart",
        "furthest", "alternating", "again", "half_again", "twice_again", "better_again", "closing", "far", "first",
        "last", "before", "after", "early", "late", "idle_first",
        "idle_last", "idlest", "busy_left", "odd_ends", "odd_end_size", "gaps", "log_reps", "single",
        "pair")  # fmt: skip
READING_FEATURES = (
    *_OWN,
    "vote", "votes", "period_votes", "alike_covered", "again_vote", "gap_alike", "doubling", "halving",
    *(f"is_{family}" for family in FAMILIES),
    *(f"trim_{trim}" for trim in TRIMS[1:]),
)  # fmt: skip
_LENGTHS = (0, 3, 6, 10, 16, 32, 64, 1000)  # repetitions
_POINTS = 5  # of each half of a repetition at which they are compared

Columns = Mapping[str, Array]
Mask = npt.NDArray[np.bool_]


def reading_features(stretch: Stretch, found: Sequence[Reading]) -> Array:
    """(N, F) in the order of READING_FEATURES."""
    features = np.zeros((len(found), len(READING_FEATURES)))
    if not found:
        return features
    reps = np.array([reading.reps for reading in found])
    for low, high in pairwise(_LENGTHS):
        alike = np.flatnonzero((reps > low) & (reps <= high))
        if len(alike):
            columns = _measured(_Batch(stretch, [found[index] for index in alike.tolist()]))
            features[alike, : len(_OWN)] = np.stack([columns[name] for name in _OWN], axis=1)
    named = {name: features[:, index] for index, name in enumerate(_OWN)}
    for name, column in {**_votes(found, named), **_pairs(named), **_kinds(found)}.items():
        features[:, READING_FEATURES.index(name)] = column
    features[:, READING_FEATURES.index("again_vote")] = named["again"] * features[:, READING_FEATURES.index("vote")]
    return features


class _Batch:
    """N readings, M the most repetitions: cycles (N, M, 3) padded with the last, known (N, M) what is no padding."""

    def __init__(self, stretch: Stretch, readings: Sequence[Reading]) -> None:
        self.stretch, self.readings = stretch, readings
        self.reps = np.array([reading.reps for reading in readings])
        most = int(self.reps.max())
        self.cycles: Indices = np.empty((len(readings), most, 3), dtype=np.int64)
        for row, reading in enumerate(readings):
            self.cycles[row, : reading.reps], self.cycles[row, reading.reps :] = reading.cycles, reading.cycles[-1]
        self.known: Mask = np.arange(most) < self.reps[:, None]
        rows = np.arange(len(readings))
        self.last_cycle = self.cycles[rows, self.reps - 1]
        values = np.stack([reading.view.values for reading in readings])
        at = np.take_along_axis(values, self.cycles.reshape(len(readings), -1), axis=1).reshape(self.cycles.shape)
        self.sizes = np.minimum(np.abs(at[:, :, 1] - at[:, :, 0]), np.abs(at[:, :, 1] - at[:, :, 2]))
        ranges = {id(reading.view): _range(reading.view.values) for reading in readings}
        self.range = np.array([ranges[id(reading.view)] for reading in readings])

    @cached_property
    def lengths_s(self) -> Array:
        return (self.cycles[:, :, 2] - self.cycles[:, :, 0]) / FRAME_HZ

    @cached_property
    def usual_s(self) -> Array:
        return medians(self.lengths_s, self.known)

    @cached_property
    def courses(self) -> Array:
        """(N, M, points, 3) every repetition at as many points."""
        share = np.linspace(0, 1, _POINTS)
        start, turn, end = (self.cycles[:, :, place, None] for place in range(3))
        frames = np.concatenate([start + (turn - start) * share[:-1], turn + (end - turn) * share], axis=2)
        return np.asarray(self.stretch.shape[np.rint(frames).astype(int)])


def _measured(batch: _Batch) -> Columns:
    parts = (_regularity, _likeness, _repeating, _edges, _business, _plain)
    return {name: column for part in parts for name, column in part(batch).items()}


def _plain(batch: _Batch) -> Columns:
    usual_s = np.clip(batch.usual_s, 0.3, 12)
    effort = batch.stretch.effort
    each = effort[batch.cycles[:, :, 2] + 1] - effort[batch.cycles[:, :, 0]]
    return {
        "gap": np.minimum([reading.gap for reading in batch.readings], 2.5),
        "own_gap": np.minimum([reading.own_gap for reading in batch.readings], 2.5),
        "lost": np.array([reading.lost for reading in batch.readings]),
        "covered": np.minimum((each * batch.known).sum(axis=1), 1.0),
        "log_length": np.log(usual_s),
        "log_length_2": np.log(usual_s) ** 2,
        "quick": np.maximum(0, 1.2 - usual_s),
        "slow": np.maximum(0, usual_s - 5),
        "log_reps": np.log(batch.reps),
        "single": (batch.reps == 1).astype(float),
        "pair": (batch.reps == 2).astype(float),
    }


def _regularity(batch: _Batch) -> Columns:
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


def _likeness(batch: _Batch) -> Columns:
    """How like the usual repetition each is: by correlation, by distance; and each like the next but one."""
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


def _repeating(batch: _Batch) -> Columns:
    """What the autocorrelation says of the usual step from turn to turn, of half of it and of twice."""
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


def _edges(batch: _Batch) -> Columns:
    """How far the first and the last repetition are from the ends of the set, and how unlike the others."""
    shape, stretch = batch.stretch.shape, batch.stretch
    points = shape[batch.cycles]
    far = medians(np.linalg.norm(points[:, :, 1] - points[:, :, 0], axis=2), batch.known)
    closing = medians(np.linalg.norm(points[:, :, 2] - points[:, :, 0], axis=2), batch.known)
    usual = batch.usual_s * FRAME_HZ + 1e-9
    first, last = batch.cycles[:, 0, 0], batch.last_cycle[:, 2]
    effort = np.maximum((stretch.effort[last + 1] - stretch.effort[first]) / batch.reps, 1e-3)
    size = medians(batch.sizes, batch.known) + 1e-9
    rows = np.arange(len(batch.reps))
    ends = np.stack([batch.lengths_s[:, 0], batch.lengths_s[rows, batch.reps - 1]])
    return {
        "closing": np.minimum(closing / (far + 0.05), 1.5),
        "far": np.log(np.clip(far, 0.05, 3)),
        "first": np.clip((first - stretch.inside[0]) / usual, 0, 3),
        "last": np.clip((stretch.inside[1] - last) / usual, 0, 3),
        "early": np.clip((stretch.inside[0] - first) / usual, 0, 1.5),
        "late": np.clip((last - stretch.inside[1]) / usual, 0, 1.5),
        "before": np.clip(stretch.effort[first] / effort, 0, 3),
        "after": np.clip((1 - stretch.effort[last + 1]) / effort, 0, 3),
        "odd_ends": np.minimum(np.abs(np.log(np.maximum(ends, 0.08) / batch.usual_s)).max(axis=0), 1.5),
        "odd_end_size": np.minimum(np.minimum(batch.sizes[:, 0], batch.sizes[rows, batch.reps - 1]) / size, 1.3),
    }


def _business(batch: _Batch) -> Columns:
    """Whether the network sees a set going on within each repetition, and how much of one is left outside."""
    busy, rows = batch.stretch.busy, np.arange(len(batch.reps))
    lengths = np.maximum(batch.cycles[:, :, 2] - batch.cycles[:, :, 0], 1)
    within = busy[batch.cycles[:, :, 2]] - busy[batch.cycles[:, :, 0]]
    idle = 1 - within / lengths
    left = busy[-1] - (within * batch.known).sum(axis=1)
    return {
        "idle_first": idle[:, 0],
        "idle_last": idle[rows, batch.reps - 1],
        "idlest": np.where(batch.known, idle, 0).max(axis=1),
        "busy_left": np.clip(left / (batch.usual_s * FRAME_HZ + 1e-9), 0, 3),
    }


def _votes(found: Sequence[Reading], named: Columns) -> Columns:
    """How much of what the views say best is this number, and about this length."""
    clear = np.minimum(named["gap"], 2) * np.maximum(named["alike"], 0.05)
    best: dict[int, int] = {}
    for index, reading in enumerate(found):
        leader = best.get(id(reading.view))
        if leader is None or clear[index] > clear[leader]:
            best[id(reading.view)] = index
    chosen = list(best.values())
    reps, weight = np.array([reading.reps for reading in found]), clear[chosen]
    same = np.exp(-np.abs(reps[:, None] - reps[chosen]) / (0.3 + 0.02 * reps[:, None]))
    off = named["log_length"][:, None] - named["log_length"][chosen]
    return {
        "vote": same @ weight / (weight.sum() + 1e-9),
        "votes": same.mean(axis=1),
        "period_votes": np.exp(-((off / 0.12) ** 2)).mean(axis=1),
    }


def _pairs(named: Columns) -> Columns:
    return {
        "alike_covered": named["alike"] * named["covered"],
        "gap_alike": named["gap"] * named["alike"],
        "doubling": np.maximum(0, named["twice_again"] - named["again"]),
        "halving": np.maximum(0, named["half_again"] - named["again"] + 0.1),
    }


def _kinds(found: Sequence[Reading]) -> Columns:
    families = np.array([reading.view.family for reading in found])
    trims = np.array([reading.trim for reading in found])
    return {
        **{f"is_{name}": (families == name).astype(float) for name in FAMILIES},
        **{f"trim_{name}": (trims == name).astype(float) for name in TRIMS[1:]},
    }


def _range(values: Array) -> float:
    """From the second to the 98th percentile, above 0."""
    ordered = np.sort(values)
    out = len(ordered) // 50
    return float(ordered[len(ordered) - 1 - out] - ordered[out]) + 1e-9
