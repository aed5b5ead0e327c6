"""Correct clocks that tell when a packet arrived instead of when its rows were measured: rows are spread evenly."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pipeline.sensors.channels import NS, Nanoseconds
from pipeline.sensors.samples import Samples
from pipeline.values import Array, Caveat, Doubt


@dataclass(frozen=True, slots=True)
class BurstLimits:
    """What a packet is.

    share, step: in uLift 65 % of the rows come within a quarter of the mean step of the row before, in logs with a true
    clock under 15 %. rows: fewer prove nothing. gap_s: uLift's packets are at most 0.16 s apart. gap_waits: so many
    times the usual wait for a packet is a gap. packets: a line through ten arrival times, each 20 ms off, has a slope
    right to 1 %. ticks: two bound a whole second. around: 0.7 s of uLift's packets, in which the link hardly changes.
    """

    share: float = 0.3
    step: float = 0.25
    rows: int = 10
    gap_s: float = 1.0
    gap_waits: float = 6.0
    packets: int = 10
    ticks: int = 2
    around: int = 9


LIMITS = BurstLimits()


def even_out_bursts(samples: Samples) -> Samples:
    """The samples with their times spread evenly between gaps, where rows bear the arrival time of their packet.

    The doubt says how far the arrivals are from the even clock (90th percentile), unless 0. A clock of whole seconds,
    each or every few, is corrected to a sample.
    """
    times = samples.times_ns
    if not in_bursts(times):
        return samples
    steps = np.diff(times)
    if not (steps % NS).any() and (steps > 0).sum() >= LIMITS.ticks:
        return Samples(_between_ticks(times), samples.values, samples.caveats)
    wait_ns = LIMITS.step * float(steps.mean())
    gap_ns = max(LIMITS.gap_s * NS, LIMITS.gap_waits * float(np.median(steps[steps > wait_ns])))
    starts = np.concatenate(([0], np.flatnonzero(steps > gap_ns) + 1, [len(times)]))
    even = np.concatenate([_spread(times[first:stop], wait_ns) for first, stop in pairwise(starts)])
    off_ns = np.abs(even - times)[np.flatnonzero(steps > wait_ns)]
    burst_ms = round(float(np.percentile(off_ns, 90)) / 1e6)
    said = (Caveat(Doubt.CLOCK_IN_BURSTS, {"burst_ms": burst_ms}),) if burst_ms else ()
    return Samples(np.maximum.accumulate(even), samples.values, (*samples.caveats, *said))


def in_bursts(times: Nanoseconds) -> bool:
    """Whether many rows follow the row before at once, and few wait for long."""
    if len(times) < LIMITS.rows:
        return False
    steps = np.diff(times)
    usual = steps[steps <= np.percentile(steps, 99)].mean()
    return bool((steps <= LIMITS.step * usual).mean() > LIMITS.share)


def _between_ticks(times: Nanoseconds) -> Nanoseconds:
    """Rows spread over the whole seconds from one number to the next; the log may begin and end within a second."""
    steps = np.diff(times)
    tick_ns = float(np.median(steps[steps > 0]))
    first = np.concatenate(([0], np.flatnonzero(steps) + 1))
    rows = np.diff(np.append(first, len(times)))
    usual = int(np.median(rows[1:-1]))
    room = rows.copy()
    room[[0, -1]] = np.maximum(rows[[0, -1]], usual)
    tick = np.repeat(np.arange(len(rows)), rows)
    place = np.arange(len(times)) - first[tick] + np.where(tick == 0, room[0] - rows[0], 0)
    return np.asarray(times + np.round(place * (tick_ns / room[tick])).astype(np.int64))


def _spread(times: Nanoseconds, wait_ns: float) -> Nanoseconds:
    """An even clock through the packets: each arrives when its last row is measured. With few packets, from end to end.

    Where packets were lost, or the link stood still, the clock follows the median arrival of those around.
    """
    last = np.flatnonzero(np.diff(times) > wait_ns)
    arrived, rows = (times[last] - times[0]).astype(np.float64), np.arange(len(times))
    if len(last) < LIMITS.packets:
        even = np.linspace(0.0, float(times[-1] - times[0]), len(times))
    else:
        slope, offset = np.polyfit(last, arrived, 1)
        late = _typical(arrived - (offset + slope * last))
        even = offset + slope * rows + np.interp(rows, last, late)
    return np.asarray(np.round(even).astype(np.int64) + times[0])


def _typical(late_ns: Array) -> Array:
    """The median of the packets around each, then the mean of those: steps stay, single late packets do not."""
    half = LIMITS.around // 2
    padded = np.pad(late_ns, half, mode="edge")
    medians = np.median(sliding_window_view(padded, 2 * half + 1), axis=1)
    return np.asarray(sliding_window_view(np.pad(medians, half, mode="edge"), 2 * half + 1).mean(axis=1))
