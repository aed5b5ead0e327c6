"""Find single punches, whichever way the sensor sits in the glove: a punch is a peak of acceleration that stands out.

The size of acceleration without gravity peaks at every blow. Small ones (guard, the other hand, steps) are told from
punches by the usual size of the hard ones of the same round, a blow's rebound by the least time between two punches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.signal import find_peaks

from pipeline.motion.signals import low_passed
from pipeline.sensors.clock import resample
from pipeline.values import Array, Curve, Cycle, Indices, MotionLog


@dataclass(frozen=True, slots=True)
class PunchRules:
    """Chosen on the rounds of five people (Punch Buddy, BoxingHands), counted by file name and by cut pieces."""

    rate_hz: float = 50.0  # a blow lasts some 0.1 s
    posture_hz: float = 0.5  # slower than this is gravity turning with the hand
    least_m_s2: float = 15.0  # 1.5 g, which guard and footwork reach
    share: float = 0.5  # of a hard punch of the same round: less is not a punch
    hard_percentile: float = 90.0
    refractory_s: float = 0.4  # a jab and the next of the same hand are half a second apart
    begins_share: float = 0.15  # of its own peak
    longest_half_s: float = 0.35


RULES: Final = PunchRules()


@dataclass(frozen=True, slots=True, eq=False)
class Punches:
    """The punches in order of time: a cycle each from its rise to its fall, the peak of each, and the curve of all."""

    cycles: tuple[Cycle, ...]
    peaks_m_s2: tuple[float, ...]
    curve: Curve


def punches_of(log: MotionLog) -> Punches:
    """Every punch of a round."""
    even = resample(log, RULES.rate_hz)
    acceleration = np.nan_to_num(even.acceleration_m_s2 - np.nanmedian(even.acceleration_m_s2, axis=0))
    blow = _beyond_posture(acceleration, acceleration)
    blow = _beyond_posture(acceleration, _quiet(acceleration, blow))
    peaks = _standing_out(blow)
    cycles = tuple(_cycle(even.times_s, blow, peaks, number) for number in range(len(peaks)))
    curve = Curve(even.times_s, blow, "blow", "m/s²")
    return Punches(cycles, tuple(float(blow[peak]) for peak in peaks), curve)


def _beyond_posture(acceleration: Array, quiet: Array) -> Array:
    """(T,) the size of acceleration without gravity, which is the slow part of the quiet movement."""
    return np.asarray(np.linalg.norm(acceleration - low_passed(quiet, RULES.posture_hz, RULES.rate_hz), axis=1))


def _quiet(acceleration: Array, blow: Array) -> Array:
    """The movement with every punch cut out and interpolated, so that punches are not taken for posture."""
    kept = np.flatnonzero(blow < RULES.least_m_s2)
    if not len(kept):
        return acceleration
    return np.column_stack([np.interp(np.arange(len(blow)), kept, axis[kept]) for axis in acceleration.T])


def _standing_out(blow: Array) -> Indices:
    apart = max(1, round(RULES.refractory_s * RULES.rate_hz))
    found, _ = find_peaks(np.pad(blow, 1), height=RULES.least_m_s2, distance=apart)
    peaks = np.asarray(found - 1, dtype=np.int64)
    if not len(peaks):
        return peaks
    hard = float(np.percentile(blow[peaks], RULES.hard_percentile))
    return peaks[blow[peaks] >= RULES.share * hard]


def _cycle(times_s: Array, blow: Array, peaks: Indices, number: int) -> Cycle:
    """From where the punch rises to where it has fallen, not beyond halfway to its neighbours."""
    peak, reach = int(peaks[number]), round(RULES.longest_half_s * RULES.rate_hz)
    before = peaks[number - 1] if number else peak - 2 * reach
    after = peaks[number + 1] if number + 1 < len(peaks) else peak + 2 * reach
    first = max(0, peak - reach, int(before + peak + 1) // 2)
    last = min(len(blow) - 1, peak + reach, int(after + peak) // 2)
    low = RULES.begins_share * blow[peak]
    rising, fallen = np.flatnonzero(blow[first:peak] < low), np.flatnonzero(blow[peak : last + 1] < low)
    start = first + int(rising[-1]) if len(rising) else first
    end = peak + int(fallen[0]) if len(fallen) else last
    step_s = 1 / RULES.rate_hz
    turn_s = float(times_s[peak])
    return Cycle(min(float(times_s[start]), turn_s - step_s / 2), turn_s, max(float(times_s[end]), turn_s + step_s / 2))
