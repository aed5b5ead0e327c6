"""How a phase gets under way and comes to rest: the share of its way that is done at each share of its time.

Every profile is still before 0 and after 1 and moves in between, so "start" is the first motion and "end" the last
whatever its shape. People lift between a half cosine and minimum jerk (Flash & Hogan 1985); the others are there so
that nothing is tuned to those two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
from scipy.special import betainc

from pipeline.values import Array

Ease = Literal["cosine", "minimum_jerk", "ramp", "early", "late", "sticking"]

_RAMP = 0.2  # share of the time in which an even speed is reached, as in a machine's trapezoid
_STICKING = 0.45  # share of the time at which a heavy lift nearly stalls: a little before its middle, our choice


def _cosine(share: Array) -> Array:
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * share))


def _minimum_jerk(share: Array) -> Array:
    return np.asarray(share**3 * (10 - 15 * share + 6 * share**2))


def _ramp(share: Array) -> Array:
    half = np.minimum(share, 1 - share)
    way = np.where(half < _RAMP, half**2 / (2 * _RAMP), half - _RAMP / 2) / (1 - _RAMP)
    return np.where(share < 0.5, way, 1 - way)


def _early(share: Array) -> Array:
    """Fastest after a third of the time: let go, then braked."""
    return np.asarray(betainc(2.2, 3.4, share))


def _late(share: Array) -> Array:
    return np.asarray(betainc(3.4, 2.2, share))


def _sticking(share: Array) -> Array:
    """Twice fast with a near stall between: the way integrates a speed with a dip, scaled to end at 1."""
    fine = np.linspace(0, 1, 401)
    speed = (fine * (1 - fine)) ** 1.5 * (1 - 0.8 * np.exp(-(((fine - _STICKING) / 0.12) ** 2)))
    way = np.concatenate([[0.0], np.cumsum((speed[1:] + speed[:-1]) / 2)])
    return np.asarray(np.interp(share, fine, way / way[-1]))


EASES: Mapping[Ease, Callable[[Array], Array]] = {
    "cosine": _cosine,
    "minimum_jerk": _minimum_jerk,
    "ramp": _ramp,
    "early": _early,
    "late": _late,
    "sticking": _sticking,
}
