"""A log in even time, and the directions in which it moves: nothing here depends on how the sensor is worn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.signal import butter, sosfiltfilt

from pipeline.errors import TooLong
from pipeline.values import Array, MotionLog

RATE_HZ = 25.0
LONGEST_S = 12 * 3600.0  # of one recording: a day's log holds gaps that would fill the memory
_PASSED = 0.4  # of the lower of the two rates: what even time can hold without folding over


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A log on an even grid of `RATE_HZ`: times_s (T,), acceleration (T, 3) m/s^2, low-passed."""

    times_s: Array
    acceleration: Array


def motion_of(log: MotionLog) -> Motion:
    """The log in even time; gaps are bridged by straight lines. Raises TooLong beyond `LONGEST_S`."""
    if log.duration_s > LONGEST_S:
        raise TooLong(duration_s=log.duration_s, limit_s=LONGEST_S)
    rate_hz = native_rate_hz(log)
    dense = _resampled(log.times_s, log.acceleration_m_s2, rate_hz)
    smooth = low_passed(dense, _PASSED * RATE_HZ, rate_hz) if rate_hz > RATE_HZ else dense
    dense_s = log.times_s[0] + np.arange(len(dense)) / rate_hz
    times_s = np.arange(log.times_s[0], log.times_s[-1] + 1e-9, 1 / RATE_HZ)
    return Motion(times_s, _columns(times_s, dense_s, smooth))


def native_rate_hz(log: MotionLog) -> float:
    """Samples a second, of the log's usual interval."""
    return 1.0 / float(np.median(np.diff(log.times_s))) if len(log.times_s) > 1 else RATE_HZ


def low_passed(values: Array, below_hz: float, rate_hz: float) -> Array:
    """(T, ...) without what is faster, no delay; unchanged where it is too short to filter."""
    if below_hz >= 0.49 * rate_hz or len(values) < 4:
        return values
    edge = min(len(values) - 1, int(2 * rate_hz / below_hz) + 1)
    return np.asarray(sosfiltfilt(_filter(below_hz, rate_hz), values, axis=0, padlen=edge))


def main_component(values: Array) -> Array:
    """(T,) along the direction in which (T, D) varies most, centred; its sign means nothing."""
    centred = values - values.mean(axis=0)
    axes = np.linalg.eigh(centred.T @ centred)[1]
    return np.asarray(centred @ axes[:, -1])


@cache
def _filter(below_hz: float, rate_hz: float) -> Array:
    return np.asarray(butter(2, below_hz, fs=rate_hz, output="sos"))


def _resampled(times_s: Array, values: Array, rate_hz: float) -> Array:
    grid_s = np.arange(times_s[0], times_s[-1] + 1e-9, 1 / rate_hz)
    return _columns(grid_s, times_s, values)


def _columns(grid_s: Array, times_s: Array, values: Array) -> Array:
    return np.column_stack([np.interp(grid_s, times_s, column) for column in values.T])
