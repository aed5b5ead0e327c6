"""Choose the working point: the probability from which an answer is given without asking."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.evaluate.names import right
from pipeline.recognize.decide import Answers, decide
from pipeline.values import Array


def fit_working_point(
    answers: Sequence[Answers], truth: Sequence[str], weight: Array, points: Sequence[float], wanted: float
) -> float:
    """The lowest of the rising points from which a share `wanted` of the answers given is right (weighted); else the
    highest.
    """

    def share_right(point: float) -> float:
        given = [decide(answer, point) for answer in answers]
        known = np.array([one.known for one in given])
        good = np.array([right(one, name) for one, name in zip(given, truth, strict=True)])
        return float(np.average(good[known], weights=weight[known])) if known.any() else 1.0

    low = [point for point in points if share_right(point) < wanted]
    above = [point for point in points if not low or point > low[-1]]
    return float(above[0] if above else points[-1])
