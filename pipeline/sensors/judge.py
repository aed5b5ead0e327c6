"""Decide whether a cleaned log can be analysed, and which doubts it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pipeline.errors import LogTooLong, TooFewSamples, TooSparse
from pipeline.sensors.breaks import loses_samples
from pipeline.sensors.channels import NS, Nanoseconds, seconds
from pipeline.sensors.clock import gaps, step_s
from pipeline.sensors.limits import LIMITS as READ
from pipeline.sensors.ranges import saturation
from pipeline.values import Array, Caveat, Doubt


@dataclass(frozen=True, slots=True)
class LogLimits:
    """What a log must have, and when a doubt is raised.

    samples, duration_s: a quick punch takes half a second. rate_hz: at 4 Hz a squat of 2 s has eight samples; the
    slowest log that is counted well has 10 (Exermote). wanted_hz: the rate that the user is asked for. low_rate_hz: a
    punch of 0.3 s has six samples at 20 Hz. still_m_s2: the spread of a phone on a bench is 0.05, that of the slowest
    set at hand 0.4. gap_s: a repetition may lie in a gap of 1 s. lost_share: least share lost in shorter gaps that is
    reported; with a twelfth of 54 sets lost in gaps of 0.1 to 0.4 s ten were miscounted instead of four.
    """

    samples: int = 10
    duration_s: float = 1.0
    rate_hz: float = 4.0
    wanted_hz: float = 20.0
    low_rate_hz: float = 19.0
    still_m_s2: float = 0.15
    gap_s: float = 1.0
    lost_share: float = 0.02


LIMITS = LogLimits()


def require_enough(times_ns: Nanoseconds) -> None:
    """Raises TooFewSamples, TooSparse, LogTooLong for a log that cannot be analysed."""
    duration_s = float(times_ns[-1] - times_ns[0]) / NS if len(times_ns) else 0.0
    if len(times_ns) < LIMITS.samples or duration_s < LIMITS.duration_s:
        raise TooFewSamples(samples=len(times_ns), seconds=round(duration_s, 1))
    rate_hz = 1.0 / step_s(seconds(times_ns, int(times_ns[0])))
    if rate_hz < LIMITS.rate_hz:
        raise TooSparse(rate_hz=round(rate_hz, 2), wanted_hz=LIMITS.wanted_hz)
    if duration_s > READ.duration_s or len(times_ns) > READ.rows:
        raise LogTooLong(hours=round(duration_s / 3600, 1), limit_hours=READ.duration_s / 3600)


def doubts(times_s: Array, acceleration_m_s2: Array, has_gravity: bool) -> Iterator[Caveat]:
    """The doubts about the cleaned log."""
    holes_s = np.diff(times_s)[gaps(times_s)]
    long_s = holes_s[holes_s > LIMITS.gap_s]
    if len(long_s):
        yield Caveat(Doubt.LOG_GAPS, {"count": len(long_s), "seconds": round(float(long_s.max()))})
    elif holes_s.sum() > LIMITS.lost_share * (times_s[-1] - times_s[0]):
        yield Caveat(Doubt.LOG_GAPS, {"count": len(holes_s), "seconds": round(float(holes_s.max()), 1)})
    rate_hz = 1.0 / step_s(times_s)
    if rate_hz < LIMITS.low_rate_hz:
        yield Caveat(Doubt.LOW_LOG_RATE, {"rate_hz": round(rate_hz)})
    yield from saturation(acceleration_m_s2)
    if loses_samples(times_s, acceleration_m_s2):
        yield Caveat(Doubt.SAMPLES_LOST)
    if not has_gravity:
        yield Caveat(Doubt.GRAVITY_LEFT_OUT)
    if float(np.linalg.norm(np.std(acceleration_m_s2, axis=0))) < LIMITS.still_m_s2:
        yield Caveat(Doubt.DEVICE_STILL)
