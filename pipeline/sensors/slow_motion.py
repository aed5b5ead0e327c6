"""Detect a clock of unknown unit that makes all movement ten times too slow.

Xsens counts tenths of a millisecond, Windows tenths of a microsecond: 50 samples a second look like 5. The acceleration
stays the same, and over ten times the time it would carry the sensor a hundred times as far.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.sensors.channels import GRAVITY_M_S2, MISSING_NS, NS, TO_SI, Channel, readable
from pipeline.sensors.timescale import usual_step
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class SlowMotion:
    """Rates of which ten times is a usual one, and movement that no limb makes.

    smooth: mean square step from one sample to the next, over twice the variance; more is faster than a sample, and
    says nothing of slow movement. band_hz: below it, how a sensor is held changes the length of what it measures by
    more than movement does. farthest_m: root mean square displacement in that band; a hand swings by a metre either
    way. Together they ask about 45 and 79 in a hundred sets at 50 and 100 Hz that are taken for 5 and 10, about 89 and
    100 workouts; of logs truly at 5 to 12.5 Hz about none of 150 sets, 4 in a hundred workouts and recordings of slow
    physiotherapy, but also about one in ten of running.
    """

    rates_hz: tuple[float, float] = (4.0, 12.6)
    times: float = 10.0
    smooth: float = 0.1
    band_hz: tuple[float, float] = (0.1, 0.5)
    farthest_m: float = 0.7


RULES: Final = SlowMotion()


def rate_if_slow(channel: Channel) -> float | None:
    """The rate of the samples where it may really be ten times that: they are smooth and carry the sensor too far. Else
    None.
    """
    known = (channel.times_ns != MISSING_NS) & readable(channel.values)
    steps_s = np.diff(channel.times_ns[known]) / NS
    if not (steps_s > 0).any():
        return None
    rate_hz = 1 / usual_step(steps_s)
    if not RULES.rates_hz[0] <= rate_hz <= RULES.rates_hz[1]:
        return None
    values = channel.values[known]
    moving = values - values.mean(axis=0)
    step = float((np.diff(moving, axis=0) ** 2).sum())
    if step >= 2 * RULES.smooth * float((moving**2).sum()):
        return None
    return rate_hz if _way_m(_length_m_s2(channel, values), rate_hz) > RULES.farthest_m else None


def _length_m_s2(channel: Channel, values: Array) -> Array:
    """(T,) the length of the vector, which turning does not change; of unknown unit as if gravity were most of it."""
    length = np.asarray(np.linalg.norm(values, axis=1))
    usual = float(np.median(length))
    return length * (TO_SI[channel.unit] if channel.unit else GRAVITY_M_S2 / usual if usual else 0.0)


def _way_m(length_m_s2: Array, rate_hz: float) -> float:
    """Root mean square displacement by the changes of the length in the band: each frequency over (2 pi f)²."""
    count = len(length_m_s2)
    hz = np.fft.rfftfreq(count, 1 / rate_hz)
    within = (hz >= RULES.band_hz[0]) & (hz <= RULES.band_hz[1])
    spectrum = np.abs(np.fft.rfft(length_m_s2 - length_m_s2.mean())[within]) / count
    return float(np.sqrt(2 * (spectrum**2 / (2 * np.pi * hz[within]) ** 4).sum()))
