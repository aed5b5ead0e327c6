"""Resample a log to an even clock, filter it, and find its main direction of movement."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from scipy.signal import butter, sosfiltfilt

from pipeline.errors import TooLong
from pipeline.sensors.clock import resample
from pipeline.values import Array, MotionLog

RATE_HZ = 25.0  # the even clock: a punch lasts three frames, and many devices are no faster
LONGEST_S = 12 * 3600.0  # longest recording: the gaps of a longer one would fill the memory


@dataclass(frozen=True, slots=True, eq=False)
class Motion:
    """A log at RATE_HZ: times_s (T,), acceleration (T, 3) m/s², gaps filled by linear interpolation."""

    times_s: Array
    acceleration: Array
    has_gravity: bool = True

    @property
    def duration_s(self) -> float:
        return len(self.times_s) / RATE_HZ

    def between(self, start_s: float, end_s: float) -> Motion:
        """The part between two times, both included."""
        inside = (self.times_s >= start_s) & (self.times_s <= end_s)
        return replace(self, times_s=self.times_s[inside], acceleration=self.acceleration[inside])

    def at_speed(self, speed: float) -> Motion:
        """The same movement played at another speed, with the times of the playing."""
        frames = np.arange(0, len(self.times_s) - 1 + 1e-9, speed)
        whole = np.arange(len(self.times_s))
        acceleration = np.column_stack([np.interp(frames, whole, axis) for axis in self.acceleration.T])
        return replace(self, times_s=np.arange(len(frames)) / RATE_HZ, acceleration=acceleration)


def motion_of(log: MotionLog) -> Motion:
    """The log at RATE_HZ. Raises TooLong beyond LONGEST_S."""
    if log.duration_s > LONGEST_S:
        raise TooLong(duration_s=log.duration_s, limit_s=LONGEST_S)
    even = resample(log, RATE_HZ)
    axes = [bridged(column) for column in even.acceleration_m_s2.T]
    return Motion(even.times_s, np.column_stack(axes), log.has_gravity)


def bridged(values: Array) -> Array:
    """(T,) with NaN filled by linear interpolation; zeros where all is NaN."""
    known = np.flatnonzero(np.isfinite(values))
    return np.interp(np.arange(len(values)), known, values[known]) if len(known) else np.zeros(len(values))


def low_passed(values: Array, below_hz: float, rate_hz: float) -> Array:
    """(T, ...) low-passed without delay; unchanged where it is too short to filter."""
    if below_hz >= 0.49 * rate_hz or len(values) < 4:
        return values
    edge = min(len(values) - 1, int(2 * rate_hz / below_hz) + 1)
    return np.asarray(sosfiltfilt(_filter(below_hz, rate_hz), values, axis=0, padlen=edge))


def principal_direction(values: Array) -> Array:
    """(D,) the direction in which (T, D) varies most; its sign is arbitrary."""
    centred = values - values.mean(axis=0)
    return np.asarray(np.linalg.eigh(centred.T @ centred)[1][:, -1])


@cache
def _filter(below_hz: float, rate_hz: float) -> Array:
    return np.asarray(butter(2, below_hz, fs=rate_hz, output="sos"))
