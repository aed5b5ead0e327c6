"""Clocks that tell when a packet arrived rather than when its rows were measured: spread evenly between the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.sensors.channels import NS, Nanoseconds
from pipeline.sensors.samples import Samples
from pipeline.values import Caveat, Doubt


@dataclass(frozen=True, slots=True)
class BurstLimits:
    """What is a packet.

    share, step: in uLift 65 % of the rows come within a quarter of the mean step of the row before, in logs with a true
    clock under 15 %. rows: fewer tell nothing. gap_s: uLift's packets are 0.16 s apart at most. gap_waits: so many
    times the usual wait for a packet is a gap. packets: a line through ten arrival times, each 20 ms off, has a slope
    right to 1 %.
    """

    share: float = 0.3
    step: float = 0.25
    rows: int = 10
    gap_s: float = 1.0
    gap_waits: float = 6.0
    packets: int = 10


LIMITS = BurstLimits()


def even_out_bursts(samples: Samples) -> Samples:
    """Where rows bear the time of their arrival in packets, the times are spread evenly between the gaps."""
    times = samples.times_ns
    if not in_bursts(times):
        return samples
    steps = np.diff(times)
    wait_ns = LIMITS.step * float(steps.mean())
    waits = steps[steps > wait_ns]
    gap = max(LIMITS.gap_s * NS, LIMITS.gap_waits * float(np.median(waits)))
    starts = np.concatenate(([0], np.flatnonzero(steps > gap) + 1, [len(times)]))
    pieces = [_spread(times[first:stop], wait_ns) for first, stop in pairwise(starts)]
    caveat = Caveat(Doubt.CLOCK_IN_BURSTS, {"burst_ms": round(float(np.percentile(waits, 90)) / 1e6)})
    even = np.maximum.accumulate(np.concatenate(pieces))
    return Samples(even, samples.values, (*samples.caveats, caveat))


def in_bursts(times: Nanoseconds) -> bool:
    """True where many rows follow their neighbour at once, and few wait for long."""
    if len(times) < LIMITS.rows:
        return False
    steps = np.diff(times)
    usual = steps[steps <= np.percentile(steps, 99)].mean()
    return bool((steps < LIMITS.step * usual).mean() > LIMITS.share)


def _spread(times: Nanoseconds, wait_ns: float) -> Nanoseconds:
    """An even clock through the packets: each arrives as its last row was measured. Few packets: end to end."""
    last = np.flatnonzero(np.diff(times) > wait_ns)
    even = np.linspace(0.0, float(times[-1] - times[0]), len(times))
    if len(last) >= LIMITS.packets:
        slope, offset = np.polyfit(last, (times[last] - times[0]).astype(np.float64), 1)
        even = offset + slope * np.arange(len(times)) if slope > 0 else even
    return np.asarray(np.round(even).astype(np.int64) + times[0])
