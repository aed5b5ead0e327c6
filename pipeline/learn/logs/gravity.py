"""Remove gravity from an acceleration as phones, watches and apps do.

With a gyroscope they know where down is, however the arm turns, and subtract 1 g; without one they subtract what
changes slowly, by a mean over the time around or by a one-pole filter of the past.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d, uniform_filter1d
from scipy.signal import lfilter

from pipeline.motion.signals import RATE_HZ
from pipeline.values import Array

MEAN_OVER_S: Final = (1.0, 3.0)  # shortest and longest
SMOOTHED_S: Final = (0.1, 1.0)  # standard deviation
ONE_POLE_S: Final = (0.1, 1.5)  # time constant
FOLLOWED_S: Final = (0.08, 0.6)  # standard deviation of what gravity's direction is read from


def without_gravity(acceleration_m_s2: Array, rng: np.random.Generator) -> Array:
    """(T, 3) at RATE_HZ without what one of the four methods, drawn at random, takes for gravity."""
    way = rng.integers(4)
    if way == 0:
        return acceleration_m_s2 - _mean(acceleration_m_s2, rng.uniform(*MEAN_OVER_S))
    if way == 1:
        return acceleration_m_s2 - _smooth(acceleration_m_s2, _drawn(SMOOTHED_S, rng))
    if way == 2:
        return acceleration_m_s2 - _one_pole(acceleration_m_s2, _drawn(ONE_POLE_S, rng))
    return acceleration_m_s2 - followed(acceleration_m_s2, _drawn(FOLLOWED_S, rng))


def followed(acceleration_m_s2: Array, smoothed_s: float, rate_hz: float = RATE_HZ) -> Array:
    """(T, 3) gravity as a phone with a gyroscope tracks it: its direction turns quickly, its size stays."""
    slow = _smooth(acceleration_m_s2, smoothed_s, rate_hz)
    size = np.linalg.norm(slow, axis=1, keepdims=True)
    return np.asarray(slow / (size + 1e-9) * np.median(size))


def _mean(values: Array, over_s: float) -> Array:
    return np.asarray(uniform_filter1d(values, round(over_s * RATE_HZ), axis=0, mode="nearest"))


def _smooth(values: Array, smoothed_s: float, rate_hz: float = RATE_HZ) -> Array:
    return np.asarray(gaussian_filter1d(values, smoothed_s * rate_hz, axis=0, mode="nearest"))


def _one_pole(values: Array, constant_s: float) -> Array:
    """As if the sensor had lain as in the first frame for long."""
    kept = np.exp(-1 / (RATE_HZ * constant_s))
    return np.asarray(lfilter([1 - kept], [1, -kept], values, axis=0, zi=kept * values[:1])[0])


def _drawn(between: tuple[float, float], rng: np.random.Generator) -> float:
    """Every ratio as likely."""
    return float(np.exp(rng.uniform(*np.log(between))))
