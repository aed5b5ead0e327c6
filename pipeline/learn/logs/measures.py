"""Where to draw the line for naming a set of a sensor log without asking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.names import right as said_right
from pipeline.motion.recognize import answers
from pipeline.recognize.decide import decide
from pipeline.values import UNKNOWN, Array

WORKING_POINTS: Final = tuple(np.round(np.arange(0.50, 0.96, 0.01), 2))  # likelier right than wrong, or it is asked
WANTED_RIGHT: Final = 0.96  # of the answers given without asking, every class alike: of the logs themselves it is 0.97


def fit_working_point(classes: Sequence[str], probability: Array, names: Sequence[str], weight: Array) -> float:
    """The lowest point from which on WANTED_RIGHT of what is named is right (weighted); the highest where none is."""
    answered = [answers(dict(zip(classes, row, strict=True))) for row in probability.tolist()]

    def share_right(point: float) -> float:
        said = [decide(one, point) for one in answered]
        named = np.array([one.known for one in said])
        right = np.array([said_right(one, name) for one, name in zip(said, names, strict=True)])
        return float(np.average(right[named], weights=weight[named])) if named.any() else 1.0

    low = [point for point in WORKING_POINTS if share_right(point) < WANTED_RIGHT]
    above = [point for point in WORKING_POINTS if not low or point > low[-1]]
    return float(above[0] if above else WORKING_POINTS[-1])


def known(names: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Which of the names are not "unknown"."""
    return np.array([name != UNKNOWN for name in names])
