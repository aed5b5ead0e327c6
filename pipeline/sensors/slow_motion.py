"""A clock whose unit is nowhere said may count tenths of what it is taken for: all movement is then ten times as slow.

Xsens counts tenths of a millisecond, Windows those of a microsecond: 50 samples a second look like 5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.sensors.channels import MISSING_NS, NS, Channel, readable
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class SlowMotion:
    """Rates of which ten times is a usual one, and movement as no body's is.

    longest_s: after so long the movement is like itself. smooth: the mean square step from one sample to the next, over
    twice the variance. Together they ask about none of 848 sets at 5 and 10 Hz, nor of 20 workouts; about a quarter of
    136 recordings of slow physiotherapy; and about 45 to 80 in a hundred sets at 50 and 100 Hz that are taken for such.
    Blows, and workouts with rests, have no period, and are not asked about.
    """

    rates_hz: tuple[float, float] = (4.0, 12.6)
    times: float = 10.0
    longest_s: float = 8.0
    smooth: float = 0.1
    alike: float = 0.25  # correlation of a movement with itself a period later
    as_clear: float = 0.85  # of the clearest: the shortest that is as clear is the period


RULES = SlowMotion()


def rate_if_slow(channel: Channel, rules: SlowMotion = RULES) -> float | None:
    """The rate of the samples, where the movement is so slow that it may be ten times that; None where it is not."""
    known = (channel.times_ns != MISSING_NS) & readable(channel.values)
    steps_s = np.diff(channel.times_ns[known]) / NS
    if not (steps_s > 0).any():
        return None
    rate_hz = 1 / float(np.median(steps_s[steps_s > 0]))
    if not rules.rates_hz[0] <= rate_hz <= rules.rates_hz[1]:
        return None
    moving = channel.values[known] - channel.values[known].mean(axis=0)
    step = float((np.diff(moving, axis=0) ** 2).sum())
    if step >= 2 * rules.smooth * float((moving**2).sum()):
        return None
    period = _period(moving, rules)
    return rate_hz if period is not None and period > rules.longest_s * rate_hz else None


def _period(moving: Array, rules: SlowMotion) -> int | None:
    """Samples after which the movement (T, 3) is like itself again, having been unlike; None where it never is."""
    count = len(moving)
    spectrum = np.fft.rfft(moving, 2 * count, axis=0)
    alike = np.fft.irfft((spectrum * spectrum.conj()).real.sum(axis=1))[:count]
    alike = (alike / np.maximum(np.arange(count, 0, -1), count / 4) / (alike[0] / count))[: count * 3 // 4]
    unlike = np.flatnonzero(alike < 0)
    first = int(unlike[0]) if len(unlike) else count
    tried = alike[first:]
    peaks = 1 + np.flatnonzero((tried[1:-1] >= tried[:-2]) & (tried[1:-1] >= tried[2:]))
    clear = peaks[tried[peaks] > max(rules.alike, rules.as_clear * tried[peaks].max(initial=0.0))]
    return first + int(clear[0]) if len(clear) else None
