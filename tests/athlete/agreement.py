"""How well measured seconds agree with true ones: bias and limits of agreement (Bland & Altman 1986)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.values import Rep
from tests.athlete.truth import TrueRep

QUANTITIES = ("duration_s", "eccentric_s", "concentric_s", "pause_s")


@dataclass(frozen=True, slots=True)
class Agreement:
    """Seconds: the mean error, and 1.96 standard deviations of the errors about it."""

    bias_s: float
    spread_s: float

    @property
    def worst_limit_s(self) -> float:
        """The limit of agreement farther from nothing: 95 % of errors are smaller."""
        return abs(self.bias_s) + self.spread_s


def agreement(pairs: Iterable[tuple[Rep, TrueRep]], quantity: str) -> Agreement:
    """Of one of `QUANTITIES`, over all pairs; at least two are needed."""
    errors = np.array([getattr(rep, quantity) - getattr(true, quantity) for rep, true in pairs])
    return Agreement(float(errors.mean()), float(1.96 * errors.std(ddof=1)))
