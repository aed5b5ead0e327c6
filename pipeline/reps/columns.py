"""Features of candidates: how they swing, what the pose does, how they end, and whether the beat network agrees.

All are dimensionless, natural logarithms, or in units of a large movement (see `signals`); most are clipped so that no
single one can outvote the rest.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from pipeline.kinematics import SMOOTHING
from pipeline.reps.batch import Batch, Windows, deviations, means, medians
from pipeline.reps.beat import Beat
from pipeline.reps.body import OTHER_SIDE
from pipeline.values import Array

_STEPS = 4  # points of each half at which cycles are compared

Columns = Mapping[str, Array]  # (N,) a value a candidate, by the feature's name


def swing_features(batch: Batch) -> Columns:
    """How large, even and quick the swings and cycles are, and how much of the clip they cover."""
    times = batch.body.times_s[batch.extremes]
    cycles_s = times[:, 2:] - times[:, :-2]
    cycle_s, size = medians(cycles_s, batch.is_cycle), medians(batch.swings, batch.is_swing)
    smallest = np.where(batch.is_swing, batch.swings, np.inf).min(axis=1)
    largest = np.where(batch.is_swing, batch.swings, 0).max(axis=1)
    low, high = np.percentile(batch.signals, [1, 99], axis=1)
    uneven_cycles = deviations(cycles_s, batch.is_cycle) / (means(cycles_s, batch.is_cycle) + 1e-9)
    return {
        "gap": np.minimum([candidate.gap for candidate in batch.candidates], 2.5),
        "own_gap": np.minimum([candidate.own_gap for candidate in batch.candidates], 2.5),
        "regularity": np.maximum(np.log(smallest / largest), -2.5),
        "uneven_swings": np.minimum(
            deviations(batch.swings, batch.is_swing) / means(batch.swings, batch.is_swing), 1.0
        ),
        "uneven_cycles": np.minimum(uneven_cycles, 1.0),
        "size": np.log(np.clip(size, 0.05, 2)),
        "share": np.minimum(size / (high - low)[batch.signal], 1.2),
        "covered": (times[:, -1] - times[:, 0]) / max(batch.body.duration_s, 0.1),
        "cycle_time": np.log(np.clip(cycle_s, 0.3, 10)),
        "quick": np.maximum(0.0, 0.9 - cycle_s),
        "very_quick": np.maximum(0.0, 1.4 - cycle_s),
        "slow": np.maximum(0.0, cycle_s - 5),
        "log_cycles": np.log(batch.cycles),
        "one_sided": np.array([float(candidate.signal.one_sided) for candidate in batch.candidates]),
    }


def pose_features(batch: Batch) -> Columns:
    """How the whole pose repeats, with and without telling left from right, and whether sides alternate."""
    mirrored, amid = _mirrored(batch), _amid(batch)
    sided, unsided = (_course_features(batch, course) for course in (batch.body.course, batch.body.unsided_course))
    return {
        **sided,
        **{f"unsided_{name}": column for name, column in unsided.items()},
        "small": np.maximum(0.0, 0.6 - np.exp(sided["far"])),
        "mirrored": np.minimum(mirrored, 1.3),
        "amid": np.minimum(amid, 0.8),
        "mirrored_amid": np.maximum(0.0, 1 - mirrored) * np.maximum(0.0, amid - 0.25) * 4,
    }


def _course_features(batch: Batch, course: Array) -> Columns:
    """How far the body moves along this course (T, C) and comes back, and how alike its cycles are."""
    poses = course[batch.extremes]
    far = medians(np.linalg.norm(np.diff(poses, axis=1), axis=2), batch.is_swing)
    back = medians(np.linalg.norm(poses[:, 2:] - poses[:, :-2], axis=2), batch.is_cycle)
    explained, spread = _explained(batch, course)
    least, alike = _alike(batch, course)
    return {
        "closing": np.minimum(back / (far + 1e-6), 1.5),
        "far": np.log(np.clip(far, 0.05, 3)),
        "explained": explained,
        "spread": np.minimum(spread, 1.5),
        "alike": alike,
        "least_alike": least,
    }


def _explained(batch: Batch, pose: Array) -> tuple[Array, Array]:
    """The share (0..1) of the pose's variance between the first and last turning point that the signal explains, and
    that variance over the whole clip's.
    """
    signals = batch.signals - batch.signals.mean(axis=1)[:, None]
    length = (batch.last - batch.first + 1).astype(np.float64)
    pose_sum = Windows(pose).sums(batch.first, batch.last)
    total = Windows((pose**2).sum(axis=1)).sums(batch.first, batch.last) - (pose_sum**2).sum(axis=1) / length
    explained = np.zeros(len(length))
    for row in range(len(signals)):
        own = batch.signal == row
        first, last, value = batch.first[own], batch.last[own], signals[row]
        value_sum = Windows(value).sums(first, last)
        power = Windows(value**2).sums(first, last) - value_sum**2 / length[own]
        shared = Windows(pose * value[:, None]).sums(first, last) - pose_sum[own] * (value_sum / length[own])[:, None]
        explained[own] = (shared**2).sum(axis=1) / (power + 1e-9) / (total[own] + 1e-9)
    clip = float((pose**2).sum() / len(pose)) + 1e-9
    return np.clip(explained, 0, 1), total / length / clip


def _mirrored(batch: Batch) -> Array:
    """Small where the pose at a turn is the mirror image of the one at the turn before: left and right alternate."""
    poses = batch.body.world_angles[batch.extremes]
    change = np.linalg.norm(np.diff(poses, axis=1), axis=2)
    mirror = np.linalg.norm(poses[:, 1:] - poses[:, :-1][..., list(OTHER_SIDE)], axis=2)
    return medians(mirror, batch.is_swing) / (medians(change, batch.is_swing) + 0.1)


def _amid(batch: Batch) -> Array:
    """The share of time spent in the middle third of the range: a body that rests there does two half movements."""
    values = batch.signals[batch.signal[:, None], batch.extremes]
    even = np.arange(values.shape[1]) % 2 == 0
    one, other = medians(values, batch.is_point & even), medians(values, batch.is_point & ~even)
    middle, width = (one + other) / 2, np.abs(other - one) / 6
    shares = [
        np.mean(np.abs(batch.signals[row, first : last + 1] - at) < reach)
        for row, first, last, at, reach in zip(batch.signal, batch.first, batch.last, middle, width, strict=True)
    ]
    return np.array(shares)


def _alike(batch: Batch, course: Array) -> tuple[Array, Array]:
    """(least, median) correlation of each cycle's poses with the mean of the others: 1 the same, 0 or less
    unrelated.
    """
    steps = np.linspace(0, 1, _STEPS, endpoint=False)
    frames = batch.extremes[:, :-1, None] + np.diff(batch.extremes, axis=1)[:, :, None] * steps
    pairs = batch.is_swing.shape[1] // 2
    courses = course[np.rint(frames).astype(int)][:, : 2 * pairs]
    courses = courses.reshape(len(frames), pairs, 2 * _STEPS, -1)
    courses = (courses - courses.mean(axis=2, keepdims=True)).reshape(len(frames), pairs, -1)
    whole = np.arange(pairs) < batch.cycles[:, None]
    courses = courses * whole[..., None]
    others = courses.sum(axis=1, keepdims=True) - courses
    norms = np.linalg.norm(courses, axis=2) * np.linalg.norm(others, axis=2) + 1e-9
    likeness = np.where(batch.cycles[:, None] > 1, (courses * others).sum(axis=2) / norms, 0.0)
    return np.where(whole, likeness, np.inf).min(axis=1), medians(likeness, whole)


def edge_features(batch: Batch) -> Columns:
    """Whether the first and the last swing are like the others, and how much moves outside of them."""
    swings = np.log(np.where(batch.is_swing, batch.swings, 1.0))
    usual = medians(swings, batch.is_swing)
    last = np.take_along_axis(swings, batch.is_swing.sum(axis=1)[:, None] - 1, axis=1)[:, 0]
    steps = np.linalg.norm(np.diff(batch.body.pose, axis=0, prepend=batch.body.pose[:1]), axis=1)
    path = np.cumsum(steps)
    trimmed = np.array([candidate.trimmed for candidate in batch.candidates], dtype=np.float64)
    return {
        "trimmed_start": trimmed[:, 0],
        "trimmed_end": trimmed[:, 1],
        "trimmed_cycles": trimmed.sum(axis=1) / batch.cycles,
        "odd_start": np.minimum(np.abs(swings[:, 0] - usual), 1.5),
        "odd_end": np.minimum(np.abs(last - usual), 1.5),
        "busy_outside": 1 - (path[batch.last] - path[batch.first]) / (path[-1] + 1e-9),
        "halves": np.array([float(candidate.halves) for candidate in batch.candidates]),
    }


def beat_features(batch: Batch, beat: Beat) -> Columns:
    """Whether the beat network sees rests and turns where this candidate has them, and as many repetitions in all."""
    even = np.arange(batch.extremes.shape[1]) % 2 == 0
    rests, turns = batch.is_point & even, batch.is_point & ~even
    rest, turn = beat.rest[batch.extremes], beat.turn[batch.extremes]
    inside = Windows(np.stack([beat.busy, beat.rate], axis=1)).sums(batch.first, batch.last)
    length = batch.last - batch.first + 1
    ratio = np.log((inside[:, 1] + 0.3) / (batch.cycles + 0.3))
    whole = np.log((beat.rate.sum() + 0.3) / (batch.cycles + 0.3))
    idle = (beat.busy.sum() - inside[:, 0]) / SMOOTHING.grid_hz
    return {
        "beat_rest": means(rest, rests),
        "beat_turn": means(turn, turns),
        "least_turn": np.where(turns, turn, 1.0).min(axis=1),
        "beat_wrong": means(turn, rests) + means(rest, turns),
        "beat_busy": inside[:, 0] / length,
        "idle_busy": np.minimum(idle, 5.0),
        "beat_rate": np.minimum(np.abs(ratio), 1.5),
        "too_many": np.clip(-whole, 0, 1.5),
        "too_few": np.clip(whole, 0, 1.5),
        "idle_rate": np.clip(beat.rate.sum() - inside[:, 1], 0, 3),
    }
