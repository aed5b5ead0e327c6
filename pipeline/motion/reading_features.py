"""Features of readings for the scorer.

All are dimensionless, natural logarithms or shares, most clipped so that no single one can outvote the rest. Readings
of similar length are computed together, which is fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from pipeline.motion.reading_batch import Columns, ReadingBatch
from pipeline.motion.reading_ends import business, ends
from pipeline.motion.reading_repeats import likeness, regularity, repeating
from pipeline.motion.readings import TRIMS, Reading
from pipeline.motion.stretch import Stretch
from pipeline.motion.views import FAMILIES
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


def reading_features(stretch: Stretch, found: Sequence[Reading]) -> Array:
    """(N, F) in the order of READING_FEATURES."""
    features = np.zeros((len(found), len(READING_FEATURES)))
    if not found:
        return features
    reps = np.array([reading.reps for reading in found])
    for low, high in pairwise(_LENGTHS):
        alike = np.flatnonzero((reps > low) & (reps <= high))
        if len(alike):
            columns = _measured(ReadingBatch(stretch, [found[index] for index in alike.tolist()]))
            features[alike, : len(_OWN)] = np.stack([columns[name] for name in _OWN], axis=1)
    named = {name: features[:, index] for index, name in enumerate(_OWN)}
    for name, column in {**_votes(found, named), **_pairs(named), **_kinds(found)}.items():
        features[:, READING_FEATURES.index(name)] = column
    features[:, READING_FEATURES.index("again_vote")] = named["again"] * features[:, READING_FEATURES.index("vote")]
    return features


def _measured(batch: ReadingBatch) -> Columns:
    parts = (regularity, likeness, repeating, ends, business, _plain)
    return {name: column for part in parts for name, column in part(batch).items()}


def _plain(batch: ReadingBatch) -> Columns:
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
