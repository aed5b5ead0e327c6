"""A clock whose unit is nowhere said may count tenths of what it is taken for: all movement is then ten times as slow.

Xsens counts tenths of a millisecond, Windows those of a microsecond: 50 samples a second look like 5. The acceleration
stays what it was, and over ten times the time it would carry the sensor a hundred times as far.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.sensors.channels import GRAVITY_M_S2, MISSING_NS, NS, TO_SI, Channel, readable
from pipeline.sensors.timescale import usual_step
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class SlowMotion:
    """Rates of which ten times is a usual one, and movement that no limb makes.

    smooth: the mean square step from one sample to the next, over twice the variance; more is quicker than a sample,
    and tells nothing of slow movement. band_hz: slower, how a sensor is held changes the length of what it measures by
    more than movement does. farthest_m: root mean square of the way in that band; a hand swings by a metre either way.
    Together they ask about 45 and 79 in a hundred sets at 50 and 100 Hz that are taken for 5 and 10, about 89 and 100
    workouts; of logs truly at 5 to 12.5 Hz about none of 150 sets, 4 in a hundred workouts and recordings of slow
    physiotherapy, but also about one in ten of running.
    """

    rates_hz: tuple[float, float] = (4.0, 12.6)
    times: float = 10.0
    smooth: float = 0.1
    band_hz: tuple[float, float] = (0.1, 0.5)
    farthest_m: float = 0.7


RULES = SlowMotion()


def rate_if_slow(channel: Channel, rules: SlowMotion = RULES) -> float | None:
    """The rate of the samples, where they are smooth and carry the sensor so far that it may be ten times that; None
    where it is not."""
    known = (channel.times_ns != MISSING_NS) & readable(channel.values)
    steps_s = np.diff(channel.times_ns[known]) / NS
    if not (steps_s > 0).any():
        return None
    rate_hz = 1 / usual_step(steps_s)
    if not rules.rates_hz[0] <= rate_hz <= rules.rates_hz[1]:
        return None
    values = channel.values[known]
    moving = values - values.mean(axis=0)
    step = float((np.diff(moving, axis=0) ** 2).sum())
    if step >= 2 * rules.smooth * float((moving**2).sum()):
        return None
    return rate_hz if _way_m(_length_m_s2(channel, values), rate_hz, rules) > rules.farthest_m else None


def _length_m_s2(channel: Channel, values: Array) -> Array:
    """(T,) Of what was measured, which turning does not change; of unknown unit as if gravity were most of it."""
    length = np.asarray(np.linalg.norm(values, axis=1))
    usual = float(np.median(length))
    return length * (TO_SI[channel.unit] if channel.unit else GRAVITY_M_S2 / usual if usual else 0.0)


def _way_m(length_m_s2: Array, rate_hz: float, rules: SlowMotion) -> float:
    """Root mean square of the way that the changes of the length in the band make: over the square of 2 pi times the
    frequency, frequency by frequency."""
    count = len(length_m_s2)
    hz = np.fft.rfftfreq(count, 1 / rate_hz)
    within = (hz >= rules.band_hz[0]) & (hz <= rules.band_hz[1])
    spectrum = np.abs(np.fft.rfft(length_m_s2 - length_m_s2.mean())[within]) / count
    return float(np.sqrt(2 * (spectrum**2 / (2 * np.pi * hz[within]) ** 4).sum()))
