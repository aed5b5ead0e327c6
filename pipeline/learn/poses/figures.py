"""How often still poses are named right, at every level, how sure that is said, and where to draw the lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from pipeline.learn.class_measures import class_rows, expected_calibration_error, macro_f1
from pipeline.photo.answer import LEVELS, Level, answer, summed
from pipeline.values import Array, Indices

WANTED_RIGHT: Final[Mapping[Level, float]] = {"name": 0.9, "group": 0.9, "large_group": 0.95}
POINTS: Final = np.round(np.arange(0.2, 0.98, 0.02), 2)


def figures(truth: Indices, probability: Array, names: Sequence[str], sure_from: Mapping[str, float]) -> dict[str, Any]:
    """Shares (0..1) of stills: right at once, among the first five, by group; calibration; what is said at which level.

    truth (M,), probability (M, K).
    """
    order = np.argsort(-probability, axis=1)
    return {
        "stills": len(truth),
        "top_1": float((order[:, 0] == truth).mean()),
        "top_3": float((order[:, :3] == truth[:, None]).any(axis=1).mean()),
        "top_5": float((order[:, :5] == truth[:, None]).any(axis=1).mean()),
        "groups_20": _grouped(truth, probability, names, "group"),
        "groups_6": _grouped(truth, probability, names, "large_group"),
        "macro_f1": macro_f1(truth, order[:, 0]),
        "calibration_error": expected_calibration_error(truth, probability),
        "said": said_at(truth, probability, names, sure_from),
    }


def said_at(truth: Indices, probability: Array, names: Sequence[str], sure_from: Mapping[str, float]) -> dict[str, Any]:
    """For each level the share of stills answered at it, and the share of those answers that are right."""
    given = [answer(names, row, sure_from) for row in probability]
    true = {level: [_of(names, int(one), level) for one in truth] for level in LEVELS}
    rows: dict[str, Any] = {}
    for level in LEVELS:
        right = [one.said == true[level][place] for place, one in enumerate(given) if one.level == level]
        rows[level] = {"share": len(right) / len(given), "right": float(np.mean(right)) if right else None}
    return rows


def fit_points(
    truth: Indices, probability: Array, names: Sequence[str], wanted: Mapping[Level, float] = WANTED_RIGHT
) -> dict[str, float]:
    """For each level the lowest point from which on as much as is wanted of what is said at that level is right."""
    points: dict[str, float] = dict.fromkeys(LEVELS, 2.0)
    open_ = np.ones(len(truth), dtype=bool)
    for level in LEVELS:
        sure, right = _best(truth, probability, names, level)
        points[level] = _lowest(sure[open_], right[open_], wanted[level])
        open_ &= sure < points[level]
    return points


def per_name(truth: Indices, probability: Array, names: Sequence[str]) -> dict[str, dict[str, float]]:
    """Precision, recall, F1 and area under precision and recall of every name that occurs."""
    return {
        names[number]: {
            "stills": row.sets,
            "precision": round(row.precision, 3),
            "recall": round(row.recall, 3),
            "f1": round(row.f1, 3),
            "pr_auc": round(row.pr_auc, 3),
        }
        for number, row in class_rows(truth, probability).items()
    }


def _lowest(sure: Array, right: Array, wanted: float) -> float:
    good = [float(point) for point in POINTS if (sure >= point).any() and right[sure >= point].mean() >= wanted]
    return min(good, default=float(POINTS[-1]))


def _best(truth: Indices, probability: Array, names: Sequence[str], level: Level) -> tuple[Array, Array]:
    """How sure the likeliest answer of a level is (M,), and whether it is right (M,)."""
    if level == "name":
        return probability.max(axis=1), (probability.argmax(axis=1) == truth).astype(float)
    groups, chances = summed(names, probability, level)
    true = np.array([groups.index(_of(names, int(one), level)) for one in truth])
    return chances.max(axis=1), (chances.argmax(axis=1) == true).astype(float)


def _grouped(truth: Indices, probability: Array, names: Sequence[str], level: Level) -> float:
    return float(_best(truth, probability, names, level)[1].mean())


def _of(names: Sequence[str], number: int, level: Level) -> str:
    if level == "name":
        return names[number]
    alone = np.zeros(len(names))
    alone[number] = 1
    groups, chances = summed(names, alone, level)
    return groups[int(chances.argmax())]
