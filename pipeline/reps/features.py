"""Features for the scorer: what speaks for each candidate, and what for "nothing to count"."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from pipeline.kinematics import LEFT_ANKLE, LEFT_HIP, RIGHT_HIP
from pipeline.reps.batch import batch_of
from pipeline.reps.beat import Beat
from pipeline.reps.body import Body
from pipeline.reps.candidates import Candidate
from pipeline.reps.columns import Columns, beat_features, edge_features, pose_features, swing_features
from pipeline.reps.signals import FAMILIES
from pipeline.values import Array, Indices

_SINGLE = ("gap", "own_gap", "regularity", "uneven_swings", "uneven_cycles", "size", "share", "covered", "cycle_time",
           "closing", "far", "explained", "spread", "vote", "signals_for")  # fmt: skip
_COURSE = ("explained", "spread", "alike", "least_alike", "far", "closing")
CANDIDATE_FEATURES = (
    *_SINGLE,
    *(f"single_{name}" for name in _SINGLE),
    "alike", "least_alike", *(f"unsided_{name}" for name in _COURSE), "mirrored", "amid", "mirrored_amid", "quick",
    "very_quick", "slow", "log_cycles", "small", "one_sided", "trimmed_start", "trimmed_end", "trimmed_cycles",
    "odd_start", "odd_end", "busy_outside", "halves",
    "beat_rest", "beat_turn", "least_turn", "beat_wrong", "beat_busy", "idle_busy", "beat_rate", "too_many", "too_few",
    "idle_rate",
    *(f"is_{family}" for family in FAMILIES),
)  # fmt: skip
NOTHING_FEATURES = ("one", "reach", "far", "clearest", "gait", "stepping", "travel", "duration", "vote", "closing",
                    "alike", "beats", "busiest", "busy")  # fmt: skip
_LENGTHS = (0, 4, 8, 16, 32, 1000)  # turning points
_AT_ONCE = 20_000  # turning points in a group: those of five minutes at once would take 300 MB


def candidate_features(body: Body, found: list[Candidate], beat: Beat) -> Array:
    """(N, F) in the order of `CANDIDATE_FEATURES`."""
    if not found:
        return np.zeros((0, len(CANDIDATE_FEATURES)))
    features = np.zeros((len(found), len(CANDIDATE_FEATURES)))
    votes = _vote_features(found)
    for alike in _of_similar_length(found):
        batch = batch_of(body, [found[index] for index in alike])
        common = {**swing_features(batch), **pose_features(batch), **{k: vote[alike] for k, vote in votes.items()}}
        single = {f"single_{name}": np.where(batch.cycles == 1, common[name], 0.0) for name in _SINGLE}
        families = np.array([candidate.signal.family for candidate in batch.candidates])
        family = {f"is_{name}": (families == name).astype(np.float64) for name in FAMILIES}
        columns = {**common, **single, **family, **edge_features(batch), **beat_features(batch, beat)}
        features[alike] = np.stack([columns[name] for name in CANDIDATE_FEATURES], axis=1)
    return features


def _of_similar_length(found: list[Candidate]) -> list[Indices]:
    """Indices of candidates, in groups that need little padding and memory."""
    lengths = np.array([len(candidate.extremes) for candidate in found])
    groups = [np.flatnonzero((lengths > low) & (lengths <= high)) for low, high in pairwise(_LENGTHS)]
    filled = [group for group in groups if len(group)]
    parts = [np.array_split(group, -(-len(group) * int(lengths[group].max()) // _AT_ONCE)) for group in filled]
    return [part for of_group in parts for part in of_group if len(part)]


def nothing_features(body: Body, features: Array, beat: Beat) -> Array:
    """(G,) in the order of `NOTHING_FEATURES`: features of the clip as a whole, and the best of any candidate."""
    stepping, travel, gait = _gait(body)
    reach = np.percentile(np.linalg.norm(body.pose - np.median(body.pose, axis=0), axis=1), 95)

    def best(name: str, default: float, sign: int = 1) -> float:
        column = sign * features[:, CANDIDATE_FEATURES.index(name)]
        return sign * float(column.max(initial=sign * default))

    values = {
        "one": 1.0,
        "reach": float(np.log(np.clip(reach, 0.05, 3))),
        "far": best("far", float(np.log(0.05))),
        "clearest": best("own_gap", 0.0),
        "gait": gait,
        "stepping": stepping,
        "travel": travel,
        "duration": min(body.duration_s, 20) / 10,
        "vote": best("vote", 0.0),
        "closing": best("closing", 1.5, sign=-1),
        "alike": best("alike", 0.0),
        "beats": float(np.log(beat.rate.sum() + 0.2)),
        "busiest": float(beat.busy.max()),
        "busy": float(beat.busy.mean()),
    }
    return np.array([values[name] for name in NOTHING_FEATURES])


def _vote_features(found: list[Candidate]) -> Columns:
    """Each signal votes for the count with the widest gap; `vote` gives large movements more weight."""
    best: dict[str, Candidate] = {}
    for candidate in found:
        leader = best.get(candidate.signal.name)
        if candidate.trimmed == (0, 0) and (leader is None or candidate.gap > leader.gap):
            best[candidate.signal.name] = candidate
    counts = np.array([candidate.cycles for candidate in best.values()])
    masses = np.array([min(float(np.median(candidate.swings)), 1.0) for candidate in best.values()])
    agree = np.array([candidate.cycles for candidate in found])[:, None] == counts[None]
    return {"vote": agree @ masses / (masses.sum() + 1e-6), "signals_for": agree.sum(axis=1) / max(1, len(best))}


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
