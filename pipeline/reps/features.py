"""What speaks for a candidate and what for "nothing to count", as numbers that a scorer can weigh.

All are dimensionless, or natural logarithms, or in units of a large movement (see `signals`); most are clipped so
that no single one can outvote the rest.
"""

from __future__ import annotations

import numpy as np

from pipeline.kinematics import LEFT_ANKLE, LEFT_HIP, RIGHT_HIP
from pipeline.reps.body import OTHER_SIDE, Body
from pipeline.reps.candidates import Candidate
from pipeline.reps.signals import FAMILIES
from pipeline.values import Array

_SINGLE = ("gap", "own_gap", "regularity", "uneven_swings", "uneven_cycles", "size", "share", "covered", "cycle_time",
           "closing", "far", "explained", "spread", "vote", "signals_for")  # fmt: skip
CANDIDATE_FEATURES = (
    *_SINGLE,
    *(f"single_{name}" for name in _SINGLE),
    "alike", "least_alike", "mirrored", "amid", "mirrored_amid", "quick", "very_quick", "slow", "log_cycles", "small",
    "one_sided", "trimmed_start", "trimmed_end", "trimmed_cycles", "odd_start", "odd_end", "busy_outside", "half_swing",
    *(f"is_{family}" for family in FAMILIES),
)  # fmt: skip
NOTHING_FEATURES = (
    "one",
    "reach",
    "far",
    "clearest",
    "gait",
    "stepping",
    "travel",
    "duration",
    "vote",
    "closing",
    "alike",
)
_PHASES = 12  # points at which cycles are compared


def candidate_features(body: Body, found: list[Candidate]) -> Array:
    """(N, F) in the order of `CANDIDATE_FEATURES`."""
    if not found:
        return np.zeros((0, len(CANDIDATE_FEATURES)))
    votes = _votes(found)
    spread = float(((body.pose - body.pose.mean(axis=0)) ** 2).sum() / len(body.pose)) + 1e-9
    path = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(body.pose, axis=0), axis=1))])
    rows = [_features(body, candidate, votes, spread, path) for candidate in found]
    return np.array([[row[name] for name in CANDIDATE_FEATURES] for row in rows])


def nothing_features(body: Body, features: Array) -> Array:
    """(G,) in the order of `NOTHING_FEATURES`: the clip as a whole, and the best that any candidate offers."""
    stepping, travel, gait = _gait(body)
    reach = np.percentile(np.linalg.norm(body.pose - np.median(body.pose, axis=0), axis=1), 95)
    best = _Best(features)
    values = {
        "one": 1.0,
        "reach": np.log(np.clip(reach, 0.05, 3)),
        "far": best.of("far", np.log(0.05)),
        "clearest": best.of("own_gap", 0.0),
        "gait": gait,
        "stepping": stepping,
        "travel": travel,
        "duration": min(body.duration_s, 20) / 10,
        "vote": best.of("vote", 0.0),
        "closing": -best.of("closing", 1.5, sign=-1),
        "alike": best.of("alike", 0.0),
    }
    return np.array([values[name] for name in NOTHING_FEATURES])


class _Best:
    """The best value that any candidate has of a feature."""

    def __init__(self, features: Array) -> None:
        self._features = features

    def of(self, name: str, default: float, sign: int = 1) -> float:
        column = sign * self._features[:, CANDIDATE_FEATURES.index(name)]
        return float(column.max(initial=-np.inf)) if len(column) else sign * default


def _features(body: Body, candidate: Candidate, votes: _Votes, spread: float, path: Array) -> dict[str, float]:
    swings = _swing_features(body, candidate)
    poses = _pose_features(body, candidate, spread)
    vote = {"vote": votes.mass(candidate.cycles), "signals_for": votes.share(candidate.cycles)}
    common = swings | poses | vote
    single = {f"single_{name}": common[name] if candidate.cycles == 1 else 0.0 for name in _SINGLE}
    family = {f"is_{name}": float(name == candidate.signal.family) for name in FAMILIES}
    return common | single | family | _edge_features(candidate, path)


def _swing_features(body: Body, candidate: Candidate) -> dict[str, float]:
    swings, times = candidate.swings, body.times_s[candidate.extremes]
    cycles_s = times[2:] - times[:-2]
    cycle_s, size = float(np.median(cycles_s)), float(np.median(swings))
    low, high = np.percentile(candidate.signal.values, [1, 99])
    uneven = cycles_s.std() / cycles_s.mean() if len(cycles_s) > 1 else 0.0
    return {
        "gap": min(candidate.gap, 2.5),
        "own_gap": min(candidate.own_gap, 2.5),
        "regularity": max(float(np.log(swings.min() / swings.max())), -2.5),
        "uneven_swings": min(float(swings.std() / swings.mean()), 1.0),
        "uneven_cycles": min(float(uneven), 1.0),
        "size": float(np.log(np.clip(size, 0.05, 2))),
        "share": min(size / (high - low), 1.2),
        "covered": float(times[-1] - times[0]) / max(body.duration_s, 0.1),
        "cycle_time": float(np.log(np.clip(cycle_s, 0.3, 10))),
        "quick": max(0.0, 0.9 - cycle_s),
        "very_quick": max(0.0, 1.4 - cycle_s),
        "slow": max(0.0, cycle_s - 5),
        "log_cycles": float(np.log(candidate.cycles)),
        "one_sided": float(candidate.signal.one_sided),
    }


def _pose_features(body: Body, candidate: Candidate, spread: float) -> dict[str, float]:
    extremes = candidate.extremes
    inside = slice(int(extremes[0]), int(extremes[-1]) + 1)
    pose, values = body.pose[inside], candidate.signal.values[inside]
    far = float(np.median(np.linalg.norm(np.diff(body.pose[extremes], axis=0), axis=1)))
    back = float(np.median(np.linalg.norm(body.pose[extremes[2:]] - body.pose[extremes[:-2]], axis=1)))
    moved, seen = pose - pose.mean(axis=0), values - values.mean()
    total = float((moved**2).sum()) + 1e-9
    explained = float(((moved.T @ seen) ** 2).sum()) / (float(seen @ seen) + 1e-9) / total
    mirrored, amid = _mirrored(body, candidate), _amid(candidate, values)
    least, alike = _alike(body, candidate)
    return {
        "closing": min(back / (far + 1e-6), 1.5),
        "far": float(np.log(np.clip(far, 0.05, 3))),
        "small": max(0.0, 0.6 - far),
        "explained": explained,
        "spread": min(total / len(pose) / spread, 1.5),
        "mirrored": min(mirrored, 1.3),
        "amid": min(amid, 0.8),
        "mirrored_amid": max(0.0, 1 - mirrored) * max(0.0, amid - 0.25) * 4,
        "alike": alike,
        "least_alike": least,
    }


def _mirrored(body: Body, candidate: Candidate) -> float:
    """Small where the pose at the turn is the mirror image of the one before: left and right take turns."""
    poses = body.world_angles[candidate.extremes]
    change = np.linalg.norm(np.diff(poses, axis=0), axis=1)
    mirror = np.linalg.norm(poses[1:] - poses[:-1][:, OTHER_SIDE], axis=1)
    return float(np.median(mirror) / (np.median(change) + 0.1))


def _amid(candidate: Candidate, values: Array) -> float:
    """The share of time spent in the middle third: a body that rests there does two half movements."""
    at = candidate.signal.values[candidate.extremes]
    one, other = float(np.median(at[0::2])), float(np.median(at[1::2]))
    return float(np.mean(np.abs((values - (one + other) / 2) / (other - one + 1e-9)) < 1 / 6))


def _alike(body: Body, candidate: Candidate) -> tuple[float, float]:
    """(least, median) likeness of each cycle's course of poses to the mean course: 1 the same, 0 or less unrelated."""
    extremes, half = candidate.extremes, _PHASES // 2
    if candidate.cycles < 2:
        return 0.0, 0.0
    steps = np.linspace(0, 1, half, endpoint=False)
    ways = extremes[:-1, None] + np.diff(extremes)[:, None] * steps
    swings = body.pose[np.rint(ways).astype(int)]
    pairs = swings[: 2 * candidate.cycles].reshape(candidate.cycles, -1, body.pose.shape[1])
    pairs = pairs - pairs.mean(axis=1, keepdims=True)
    courses = pairs.reshape(candidate.cycles, -1)
    others = (courses.sum(axis=0) - courses) / (candidate.cycles - 1)
    norms = np.linalg.norm(courses, axis=1) * np.linalg.norm(others, axis=1) + 1e-9
    likeness = (courses * others).sum(axis=1) / norms
    return float(likeness.min()), float(np.median(likeness))


def _edge_features(candidate: Candidate, path: Array) -> dict[str, float]:
    swings, extremes = np.log(candidate.swings), candidate.extremes
    usual = float(np.median(swings))
    inside = path[extremes[-1]] - path[extremes[0]]
    return {
        "trimmed_start": float(candidate.trimmed[0]),
        "trimmed_end": float(candidate.trimmed[1]),
        "trimmed_cycles": float(sum(candidate.trimmed)) / candidate.cycles,
        "odd_start": min(abs(float(swings[0]) - usual), 1.5),
        "odd_end": min(abs(float(swings[-1]) - usual), 1.5),
        "busy_outside": float((path[-1] - inside) / (path[-1] + 1e-9)),
        "half_swing": float(len(extremes) % 2 == 0),
    }


class _Votes:
    """Every signal votes for the count with the widest gap, large movements with more weight."""

    def __init__(self, found: list[Candidate]) -> None:
        best: dict[str, Candidate] = {}
        for candidate in found:
            if candidate.trimmed == (0, 0):
                leader = best.get(candidate.signal.name)
                if leader is None or candidate.gap > leader.gap:
                    best[candidate.signal.name] = candidate
        self._votes = [(c.cycles, min(float(np.median(c.swings)), 1.0)) for c in best.values()]

    def mass(self, cycles: int) -> float:
        total = sum(weight for _, weight in self._votes) + 1e-6
        return sum(weight for count, weight in self._votes if count == cycles) / total

    def share(self, cycles: int) -> float:
        return sum(count == cycles for count, _ in self._votes) / max(1, len(self._votes))


def _votes(found: list[Candidate]) -> _Votes:
    return _Votes(found)


def _gait(body: Body) -> tuple[float, float, float]:
    """(stepping, travel, gait): legs out of phase, metres travelled, and both while the hips keep their height."""
    left, right = body.world_angles[:, 4] * 90, body.world_angles[:, 5] * 90
    apart, together = float(np.std((left - right) / 2)), float(np.std((left + right) / 2))
    stepping = apart / (apart + together + 3)  # 3 degrees: what a standing body's hip angles wander
    hips, part = (body.points[:, LEFT_HIP] + body.points[:, RIGHT_HIP]) / 2, max(1, len(body.points) // 8)
    travel = min(float(np.linalg.norm(hips[-part:].mean(axis=0) - hips[:part].mean(axis=0))), 1.5)
    height = hips[:, 1] - body.middle(LEFT_ANKLE)[:, 1]
    drop = float(np.ptp(np.percentile(height, [5, 95])))
    return stepping, travel, stepping * travel * max(0.0, 1 - drop / 0.35)  # a squat lowers the hips by more than 35 cm
