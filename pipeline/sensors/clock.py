"""Resample a log to an even clock: same signal, fixed rate, gaps marked and never filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.values import Array, MotionLog

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ClockLimits:
    """What counts as a gap, and when samples are averaged instead of interpolated.

    gap_steps: five samples lost at once are not jitter; logs without bursts stay under three. shortest_gap_s: 0.2 s is
    under half of the fastest repetition known (a jumping jack takes 0.5 s), so a straight line over less changes no
    count. averaged_from: a log faster than the wanted rate by a quarter would alias.
    """

    gap_steps: float = 5.0
    shortest_gap_s: float = 0.2
    averaged_from: float = 1.25


LIMITS = ClockLimits()
TOO_NARROW_S = 1e-6  # a mean over less is all rounding


@dataclass(frozen=True, slots=True, eq=False)
class UniformLog:
    """A log on an even clock.

    times_s (N,) = the log's first time + n / rate_hz, in the log's own seconds; acceleration_m_s2 and rotation_rad_s
    (N, 3), NaN where nothing was measured; measured (N,) is True where the accelerometer was, False in a gap.
    """

    rate_hz: float
    times_s: Array
    acceleration_m_s2: Array
    rotation_rad_s: Array
    measured: Flags
    has_gravity: bool = True


def step_s(times_s: Array) -> float:
    """The usual time between two samples (median); NaN for fewer than two."""
    return float(np.median(np.diff(times_s))) if len(times_s) > 1 else float("nan")


def gap_limit_s(times_s: Array) -> float:
    """A longer time than this between two samples is a gap."""
    return max(LIMITS.shortest_gap_s, LIMITS.gap_steps * step_s(times_s)) if len(times_s) > 1 else 0.0


def gaps(times_s: Array) -> npt.NDArray[np.intp]:
    """The indices after which a gap begins."""
    return np.flatnonzero(np.diff(times_s) > gap_limit_s(times_s)) if len(times_s) > 1 else np.empty(0, dtype=np.intp)


def resample(log: MotionLog, rate_hz: float) -> UniformLog:
    """The log at rate_hz, from its first to its last sample; samples inside a gap are NaN and not `measured`.

    A faster log is averaged over each step (the integral of the line through its samples, which prevents aliasing), a
    slower one is interpolated. Rotation that was not measured stays NaN.
    """
    times_s = log.times_s
    if len(times_s) == 0:
        return UniformLog(rate_hz, np.empty(0), np.empty((0, 3)), np.empty((0, 3)), np.empty(0, bool), log.has_gravity)
    clock_s = times_s[0] + np.arange(int(np.floor(log.duration_s * rate_hz + 1e-9)) + 1) / rate_hz
    measured = ~_inside(clock_s, times_s, gaps(times_s))
    acceleration = _on_clock(clock_s, times_s, log.acceleration_m_s2, rate_hz)
    acceleration[~measured] = np.nan
    rotation = _rotation(clock_s, log, rate_hz)
    rotation[~measured] = np.nan
    return UniformLog(rate_hz, clock_s, acceleration, rotation, measured, log.has_gravity)


def _rotation(clock_s: Array, log: MotionLog, rate_hz: float) -> Array:
    known = np.isfinite(log.rotation_rad_s).all(axis=1)
    if not known.any():
        return np.full((len(clock_s), 3), np.nan)
    times_s = log.times_s[known]
    rotation = _on_clock(clock_s, times_s, log.rotation_rad_s[known], rate_hz)
    unknown = (clock_s < times_s[0]) | (clock_s > times_s[-1]) | _inside(clock_s, times_s, gaps(times_s))
    rotation[unknown] = np.nan
    return rotation


def _inside(clock_s: Array, times_s: Array, holes: npt.NDArray[np.intp]) -> Flags:
    """(N,) which times lie strictly between the edges of a gap."""
    inside = np.zeros(len(clock_s), dtype=bool)
    for first, last in zip(
        np.searchsorted(clock_s, times_s[holes], side="right"),
        np.searchsorted(clock_s, times_s[holes + 1], side="left"),
        strict=True,
    ):
        inside[first:last] = True
    return inside


def _on_clock(clock_s: Array, times_s: Array, values: Array, rate_hz: float) -> Array:
    if len(times_s) < 2 or 1.0 / step_s(times_s) <= LIMITS.averaged_from * rate_hz:
        return np.column_stack([np.interp(clock_s, times_s, column) for column in values.T])
    return np.column_stack([_averaged(clock_s, times_s, column, 0.5 / rate_hz) for column in values.T])


def _averaged(clock_s: Array, times_s: Array, values: Array, half_s: float) -> Array:
    """The mean of the line through the samples over half_s to either side; less, but symmetric, beside an edge."""
    areas = np.concatenate(([0.0], np.cumsum(np.diff(times_s) * (values[1:] + values[:-1]) / 2)))
    first_s, last_s = _stretch_edges(clock_s, times_s)
    reach_s = np.clip(np.minimum(clock_s - first_s, last_s - clock_s), 0.0, half_s)
    area = _area(clock_s + reach_s, times_s, values, areas) - _area(clock_s - reach_s, times_s, values, areas)
    mean = area / np.where(reach_s > 0, 2 * reach_s, 1.0)
    return np.where(reach_s > TOO_NARROW_S, mean, np.interp(clock_s, times_s, values))


def _stretch_edges(clock_s: Array, times_s: Array) -> tuple[Array, Array]:
    """For each time, when the gapless stretch around it begins and ends."""
    holes = gaps(times_s)
    begins, ends = np.concatenate((times_s[:1], times_s[holes + 1])), np.concatenate((times_s[holes], times_s[-1:]))
    at = np.clip(np.searchsorted(begins, clock_s, side="right") - 1, 0, len(begins) - 1)
    return begins[at], np.maximum(ends[at], begins[at])


def _area(at_s: Array, times_s: Array, values: Array, areas: Array) -> Array:
    """The integral of the line through the samples from the first of them to at_s."""
    before = np.clip(np.searchsorted(times_s, at_s, side="right") - 1, 0, len(times_s) - 2)
    ahead_s = at_s - times_s[before]
    slope = (values[before + 1] - values[before]) / (times_s[before + 1] - times_s[before])
    return np.asarray(areas[before] + ahead_s * (values[before] + slope * ahead_s / 2))
