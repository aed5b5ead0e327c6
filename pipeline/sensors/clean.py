"""From what was written to what was measured: order, doubles, bursts, held values and impossible samples.

Nothing is made up: a hole stays a hole. What could not be mended is said (`Caveat`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import GRAVITY_M_S2, MISSING_NS, NS, Nanoseconds, readable
from pipeline.values import Array, Caveat, Doubt

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class CleanLimits:
    """What is mended, and from when it is said.

    displaced_s: a single row this far from both its neighbours, which agree, has a damaged time. restart_s: a step back
    of this much is a second recording or a clock set anew, not rows out of order (PowerSense: up to 0.53 s). restarts:
    where there are more, rows were sorted by something else. dense_rows: rows out of order fill holes; where sorting
    leaves more rows than this, for each step back, within half a step of another, the clock jumped. burst_share,
    burst_step: in uLift 65 % of the rows come within a quarter of the mean step of the row before, in logs with a true
    clock under 15 %. burst_gap_s: uLift's bursts are 0.16 s apart at most. packets: a line through ten arrival times,
    each off by 20 ms, has a slope right to 1 %.
    held_share: quantised sensors at rest repeat up to a tenth of the rows; Joy-Con and DIPPID logs 29 to 81 %.
    held_s: a value that stands longer is stillness. impossible_m_s2: 40 g; no phone or watch measures above 32 g.
    spike_m_s2, spike_s: a jump of 12 g and back within two samples 25 ms apart is no movement of a limb.
    ceiling_m_s2: no range is smaller than 2 g. ceiling_samples: as many at the very same extreme are a cut peak.
    dropped_share: from 2 % of the rows on it is said.
    """

    displaced_s: float = 2.0
    restart_s: float = 2.0
    restarts: int = 10
    dense_rows: float = 3.0
    burst_share: float = 0.3
    burst_step: float = 0.25
    burst_gap_s: float = 1.0
    packets: int = 10
    held_share: float = 0.2
    held_s: float = 0.25
    impossible_m_s2: float = 40 * GRAVITY_M_S2
    spike_m_s2: float = 12 * GRAVITY_M_S2
    spike_s: float = 0.025
    ceiling_m_s2: float = 1.9 * GRAVITY_M_S2
    ceiling_samples: int = 5
    dropped_share: float = 0.02


LIMITS = CleanLimits()


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """times_ns (T,) and values (T, C) of one sensor, and what was found wrong with them."""

    times_ns: Nanoseconds
    values: Array
    caveats: tuple[Caveat, ...] = ()

    def keep(self, which: Flags, *caveats: Caveat) -> Samples:
        return Samples(self.times_ns[which], self.values[which], (*self.caveats, *caveats))


def cleaned(samples: Samples) -> Samples:
    """Strictly increasing times, finite values; units do not matter here."""
    samples = drop_unreadable(samples)
    samples = drop_displaced(samples)
    samples = in_order(samples)
    samples = drop_doubles(samples)
    samples = even_out_bursts(samples)
    samples = drop_same_times(samples)
    return drop_held(samples)


def drop_unreadable(samples: Samples) -> Samples:
    """Without the rows that lack a time or a value; said where they are many."""
    good = (samples.times_ns != MISSING_NS) & readable(samples.values)
    share = 1.0 - float(good.mean()) if len(good) else 0.0
    return samples.keep(good, *_dropped(share))


def drop_displaced(samples: Samples) -> Samples:
    """Without single rows whose time is far from those before and after, which are close to each other."""
    times = samples.times_ns
    if len(times) < 3:
        return samples
    far = int(LIMITS.displaced_s * NS)
    before, after = np.abs(times[1:-1] - times[:-2]), np.abs(times[1:-1] - times[2:])
    lonely = (before > far) & (after > far) & (np.abs(times[2:] - times[:-2]) < far)
    return samples.keep(~np.concatenate(([False], lonely, [False])))


def in_order(samples: Samples) -> Samples:
    """Times that never fall: late rows are put where they belong, a clock that was set back is carried on."""
    restart_ns = int(LIMITS.restart_s * NS)
    if (np.diff(samples.times_ns) < -restart_ns).sum() <= LIMITS.restarts:
        samples = _carried_on(samples, restart_ns)
    order = np.argsort(samples.times_ns, kind="stable")
    sorted_ns = samples.times_ns[order]
    moved = order != np.arange(len(order))
    if moved.any() and _crowded(sorted_ns, samples.times_ns):
        return _carried_on(samples, 0)
    return Samples(sorted_ns, samples.values[order], samples.caveats)


def drop_doubles(samples: Samples) -> Samples:
    """Without rows that say the same as the row before at nearly the same time."""
    if len(samples.times_ns) < 3 or _in_bursts(samples.times_ns):
        return samples
    steps = np.diff(samples.times_ns)
    same = (np.diff(samples.values, axis=0) == 0).all(axis=1)
    near = steps <= LIMITS.burst_step * float(np.median(steps))
    return samples.keep(np.concatenate(([True], ~(same & near))))


def even_out_bursts(samples: Samples) -> Samples:
    """Where rows bear the time of their arrival in packets, the times are spread evenly between the gaps."""
    times = samples.times_ns
    if not _in_bursts(times):
        return samples
    steps = np.diff(times)
    wait_ns = LIMITS.burst_step * float(steps.mean())
    waits = steps[steps > wait_ns]
    gap = max(LIMITS.burst_gap_s * NS, 6 * float(np.median(waits)))
    starts = np.concatenate(([0], np.flatnonzero(steps > gap) + 1, [len(times)]))
    pieces = [_spread(times[first:stop], wait_ns) for first, stop in pairwise(starts)]
    caveat = Caveat(Doubt.CLOCK_IN_BURSTS, {"burst_ms": round(float(np.percentile(waits, 90)) / 1e6)})
    even = np.maximum.accumulate(np.concatenate(pieces))
    return Samples(even, samples.values, (*samples.caveats, caveat))


def drop_same_times(samples: Samples) -> Samples:
    """The first row of each time only."""
    return samples.keep(np.concatenate(([True], np.diff(samples.times_ns) > 0))[: len(samples.times_ns)])


def drop_held(samples: Samples) -> Samples:
    """Where a sensor's last value is written again until the next arrives, only true samples; stillness is kept."""
    if len(samples.times_ns) < 3:
        return samples
    repeated = np.concatenate(([False], (np.diff(samples.values, axis=0) == 0).all(axis=1)))
    starts = np.flatnonzero(~repeated)
    run = np.cumsum(~repeated) - 1
    rows = np.diff(np.append(starts, len(repeated)))
    lasts_s = (samples.times_ns[starts + rows - 1] - samples.times_ns[starts]) / NS
    brief = lasts_s <= LIMITS.held_s
    if len(starts) < 2 or (repeated & brief[run]).mean() <= LIMITS.held_share * brief[run].mean():
        return samples
    usual = max(1, round(float(np.median(rows[brief]))))
    held = repeated & (brief[run] | ((np.arange(len(run)) - starts[run]) % usual > 0))
    rate_hz = NS / float(np.median(np.diff(samples.times_ns[starts])))
    return samples.keep(~held, Caveat(Doubt.VALUES_HELD, {"rate_hz": round(rate_hz)}))


def drop_impossible(samples: Samples) -> Samples:
    """Acceleration in m/s², without samples beyond any sensor's range, dropouts to zero and single-sample spikes."""
    values = samples.values
    if len(values) < 5:
        return samples
    size = np.linalg.norm(values, axis=1)
    bad = (np.abs(values) > LIMITS.impossible_m_s2).any(axis=1)
    if float(np.median(size)) > 0.5 * GRAVITY_M_S2:
        bad |= (values == 0).all(axis=1)
    bad |= _spikes(samples)
    share = float(bad.mean())
    return samples.keep(~bad, *_dropped(share))


def saturation(values: Array) -> tuple[Caveat, ...]:
    """Said where peaks were cut off at the sensor's range. values (T, 3) in m/s²."""
    if not len(values):
        return ()
    top = np.abs(values).max(axis=0)
    for axis in np.flatnonzero(top > LIMITS.ceiling_m_s2):
        at_top = np.abs(values[:, axis]) >= top[axis] * 0.999
        cut = at_top[1:] & at_top[:-1]
        if cut.sum() >= LIMITS.ceiling_samples:
            facts = {"limit_g": round(float(top[axis]) / GRAVITY_M_S2), "percent": round(100 * float(at_top.mean()), 1)}
            return (Caveat(Doubt.SENSOR_SATURATED, facts),)
    return ()


def _dropped(share: float) -> Sequence[Caveat]:
    return [Caveat(Doubt.ROWS_DROPPED, {"percent": round(100 * share)})] if share > LIMITS.dropped_share else []


def _carried_on(samples: Samples, step_back_ns: int) -> Samples:
    """Whatever follows a step back of more than step_back_ns is moved to follow on, a second later."""
    times = samples.times_ns
    steps = np.diff(times)
    backs = np.flatnonzero(steps < -step_back_ns)
    if len(backs) == 0:
        return samples
    usual = int(np.median(np.abs(steps)))
    pause = NS if step_back_ns else usual
    moved = np.zeros(len(times), dtype=np.int64)
    shift, top = 0, int(times[0])
    starts = [0, *(backs + 1).tolist(), len(times)]
    for first, stop in pairwise(starts):
        if first:
            shift = max(top + pause - int(times[first]), 0) if times[first] <= top else 0
        moved[first:stop] = times[first:stop] + shift
        top = max(top, int(moved[first:stop].max()))
    return Samples(moved, samples.values, (*samples.caveats, Caveat(Doubt.CLOCK_SET_BACK, {"count": len(backs)})))


def _crowded(sorted_ns: Nanoseconds, written_ns: Nanoseconds) -> bool:
    """Sorting put two stretches on top of each other, rather than late rows into holes."""
    steps = np.diff(written_ns)
    close = 0.5 * float(np.median(np.abs(steps)))
    dense = int((np.diff(sorted_ns) < close).sum()) - int((np.abs(steps) < close).sum())
    return dense > LIMITS.dense_rows * int((steps < 0).sum())


def _in_bursts(times: Nanoseconds) -> bool:
    if len(times) < 10:
        return False
    steps = np.diff(times)
    usual = steps[steps <= np.percentile(steps, 99)].mean()
    return bool((steps < LIMITS.burst_step * usual).mean() > LIMITS.burst_share)


def _spread(times: Nanoseconds, wait_ns: float) -> Nanoseconds:
    """An even clock through the packets: each arrives as its last row was measured. Few packets: end to end."""
    last = np.flatnonzero(np.diff(times) > wait_ns)
    even = np.linspace(0.0, float(times[-1] - times[0]), len(times))
    if len(last) >= LIMITS.packets:
        slope, offset = np.polyfit(last, (times[last] - times[0]).astype(np.float64), 1)
        even = offset + slope * np.arange(len(times)) if slope > 0 else even
    return np.asarray(np.round(even).astype(np.int64) + times[0])


def _spikes(samples: Samples) -> Flags:
    values, steps = samples.values, np.diff(samples.times_ns)
    quick = (steps[1:] < LIMITS.spike_s * NS) & (steps[:-1] < LIMITS.spike_s * NS)
    before, after = values[1:-1] - values[:-2], values[1:-1] - values[2:]
    jump = np.minimum(np.abs(before), np.abs(after))
    back = (np.sign(before) == np.sign(after)) & (np.abs(values[2:] - values[:-2]) < 0.15 * jump)
    spike = quick & ((jump > LIMITS.spike_m_s2) & back).any(axis=1)
    return np.concatenate(([False], spike, [False]))
