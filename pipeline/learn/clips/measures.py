"""Measures of the recogniser: how often it is right, its calibration, and the working point for naming without
asking.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from typing import Final

import numpy as np

from pipeline.evaluate.names import Shares, calibration_error, right
from pipeline.learn.class_measures import macro_f1
from pipeline.recognize.decide import Answers, calibrated, family_of
from pipeline.values import Array, Recognition

TEMPERATURES: Final = tuple(float(one) for one in np.exp(np.linspace(np.log(0.4), np.log(2.0), 18)))
WORKING_POINTS: Final = tuple(np.round(np.arange(0.30, 0.975, 0.01), 2))
KIN_TEMPERATURES: Final = (1.0, 1.3, 1.7, 2.2, 2.6, 3.0, 3.5, 4.0, 5.0)
WANTED_RIGHT: Final = 0.97  # of the answers given without asking
PIECES_RIGHT: Final = 0.98  # of those about short pieces: what only just reaches a share falls short of it elsewhere
SHORT_POWERS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1.0, 1.2, 1.5, 2.0)


@dataclass(frozen=True, slots=True)
class Measures(Shares):
    """And how many clips these are of; macro: every name counting alike."""

    clips: int
    macro_top_1: float
    macro_f1: float

    def rounded(self) -> dict[str, float | None]:
        """Three digits each; None where there is no share, as of the answers given when none was."""
        return {key: None if np.isnan(value) else round(value, 3) for key, value in asdict(self).items()}


def fit_temperatures(names: Sequence[str], logs: Array, truth: Sequence[str], weight: Array) -> tuple[float, float]:
    """The temperature and the one among kin at which the true names are likeliest (weighted)."""
    columns = np.array([names.index(name) for name in truth])

    def surprise(temperatures: tuple[float, float]) -> float:
        likely = calibrated(tuple(names), logs, *temperatures)
        return float(-np.average(np.log(likely[np.arange(len(columns)), columns] + 1e-9), weights=weight))

    return min(product(TEMPERATURES, KIN_TEMPERATURES), key=surprise)


def fit_short_power(asked: Callable[[float], Sequence[Recognition]], truth: Sequence[str], kind: Array) -> float:
    """The lowest power of what is said of pieces, `asked`, at which of each kind PIECES_RIGHT of the answers given are
    right; the highest if none is enough."""

    def enough(power: float) -> bool:
        given = asked(power)
        known = np.array([one.known for one in given], dtype=bool)
        good = np.array([right(one, name) for one, name in zip(given, truth, strict=True)], dtype=bool)
        told = [known & (kind == one) for one in np.unique(kind)]
        return all(good[rows].mean() >= PIECES_RIGHT for rows in told if rows.any())

    return next((power for power in SHORT_POWERS if enough(power)), SHORT_POWERS[-1])


def measure(answers: Sequence[Answers], given: Sequence[Recognition], truth: Sequence[str]) -> Measures:
    """All figures of clips whose true names are in the catalogue."""
    first = [answer.ranked[0] for answer in answers]
    hit = np.array([name == true for (name, _), true in zip(first, truth, strict=True)])
    near = [true in [name for name, _ in one.ranked[:3]] for one, true in zip(answers, truth, strict=True)]
    kin = [_likeliest_family(one) == family_of(true) for one, true in zip(answers, truth, strict=True)]
    known = np.array([one.known for one in given])
    good = np.array([right(one, true) for one, true in zip(given, truth, strict=True)])
    return Measures(
        clips=len(truth),
        top_1=float(hit.mean()),
        top_3=float(np.mean(near)),
        family_top_1=float(np.mean(kin)),
        calibration_error=calibration_error(np.array([sure for _, sure in first]), hit),
        named=float(known.mean()),
        named_right=float(good[known].mean()) if known.any() else float("nan"),
        macro_top_1=float(np.mean([hit[np.array(truth) == name].mean() for name in sorted(set(truth))])),
        macro_f1=macro_f1(truth, [name for name, _ in first]),
    )


def _likeliest_family(answer: Answers) -> str:
    return max(answer.families.items(), key=lambda item: item[1])[0]
