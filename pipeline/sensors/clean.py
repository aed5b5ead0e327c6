"""Clean the samples of one sensor: order, duplicates, packets and repeated values.

Nothing is invented: a gap stays a gap. What could not be repaired is reported (`Caveat`).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.sensors.bursts import even_out_bursts, in_bursts
from pipeline.sensors.channels import MISSING_NS, NS, Nanoseconds, readable
from pipeline.sensors.samples import Samples, dropped, told_again
from pipeline.values import Caveat, Doubt


@dataclass(frozen=True, slots=True)
class CleanLimits:
    """What is repaired.

    displaced_s: a single row whose time is this far from both its neighbours, which agree, has a damaged time.
    restart_s: a step back of this much is a second recording or a clock set anew, not rows out of order (PowerSense: up
    to 0.53 s). restarts: with more of them, the rows were sorted by something else. dense_rows: rows out of order fill
    gaps; where sorting leaves more rows than this, for each step back, within half a step of another, the clock jumped.
    falling_share: with this share of falling steps the last row is the first. timer_s: a clock that falls from less may
    be a timer that counts down. double_step: a row with the same values within a quarter of a step is a duplicate.
    held_share: quantised sensors at rest repeat up to a tenth of the rows; Joy-Con and DIPPID logs 29 to 81 %. held_s:
    a value that is repeated for longer is stillness.
    """

    displaced_s: float = 2.0
    restart_s: float = 2.0
    restarts: int = 10
    dense_rows: float = 3.0
    falling_share: float = 0.98
    timer_s: float = 3600.0
    double_step: float = 0.25
    held_share: float = 0.2
    held_s: float = 0.25


LIMITS = CleanLimits()


def cleaned(samples: Samples) -> Samples:
    """The samples with strictly increasing times and finite values; units do not matter here."""
    samples = drop_unreadable(samples)
    samples = drop_displaced(samples)
    samples = drop_told_again(samples)
    samples = in_order(samples)
    samples = drop_doubles(samples)
    samples = even_out_bursts(samples)
    samples = drop_same_times(samples)
    return drop_held(samples)


def drop_unreadable(samples: Samples) -> Samples:
    """Without rows that lack a time or a value; reported where they are many."""
    good = (samples.times_ns != MISSING_NS) & readable(samples.values)
    share = 1.0 - float(good.mean()) if len(good) else 0.0
    return samples.keep(good, *dropped(share))


def drop_displaced(samples: Samples) -> Samples:
    """Without single rows whose time is far from those before and after, which are close to each other."""
    times = samples.times_ns
    if len(times) < 3:
        return samples
    far = int(LIMITS.displaced_s * NS)
    before, after = np.abs(times[1:-1] - times[:-2]), np.abs(times[1:-1] - times[2:])
    lonely = (before > far) & (after > far) & (np.abs(times[2:] - times[:-2]) < far)
    return samples.keep(~np.concatenate(([False], lonely, [False])))


def drop_told_again(samples: Samples) -> Samples:
    """Without rows after a step back of the clock that repeat those from that time on."""
    times = samples.times_ns
    backs = (np.flatnonzero(np.diff(times) < -int(LIMITS.restart_s * NS)) + 1).tolist()
    if len(backs) > LIMITS.restarts:
        return samples
    new = np.ones(len(times), dtype=bool)
    for first, stop in pairwise([*backs, len(times)]):
        new[first : first + told_again(samples.part(0, first), samples.part(first, stop))] = False
    return samples.keep(new)


def in_order(samples: Samples) -> Samples:
    """Times that never fall: late rows are sorted in, a clock that was set back is continued."""
    restart_ns = int(LIMITS.restart_s * NS)
    if _falls(samples.times_ns):
        samples = _newest_first(samples)
    if (np.diff(samples.times_ns) < -restart_ns).sum() <= LIMITS.restarts:
        samples = _carried_on(samples, restart_ns)
    order = np.argsort(samples.times_ns, kind="stable")
    sorted_ns = samples.times_ns[order]
    moved = order != np.arange(len(order))
    if moved.any() and _crowded(sorted_ns, samples.times_ns):
        return _carried_on(samples, 0)
    return Samples(sorted_ns, samples.values[order], samples.caveats)


def drop_doubles(samples: Samples) -> Samples:
    """Without rows with the same values as the row before at nearly the same time."""
    if len(samples.times_ns) < 3 or in_bursts(samples.times_ns):
        return samples
    steps = np.diff(samples.times_ns)
    same = (np.diff(samples.values, axis=0) == 0).all(axis=1)
    near = steps <= LIMITS.double_step * float(np.median(steps))
    return samples.keep(np.concatenate(([True], ~(same & near))))


def drop_same_times(samples: Samples) -> Samples:
    """The first row of each time only."""
    return samples.keep(np.concatenate(([True], np.diff(samples.times_ns) > 0))[: len(samples.times_ns)])


def drop_held(samples: Samples) -> Samples:
    """Only true samples, where a sensor's last value is repeated until the next arrives; stillness is kept."""
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


def _falls(times_ns: Nanoseconds) -> bool:
    steps = np.diff(times_ns)
    return bool((steps < 0).any()) and float((steps <= 0).mean()) >= LIMITS.falling_share


def _newest_first(samples: Samples) -> Samples:
    """The last row first.

    Where the clock may be a timer that counts down, and reversing changes the movement, the doubt says that it is
    unknown which way is the lifting.
    """
    timer = int(samples.times_ns.max()) < LIMITS.timer_s * NS
    unsure = (Caveat(Doubt.PHASES_UNNAMED),) if timer else ()
    return Samples(samples.times_ns[::-1], samples.values[::-1], (*samples.caveats, *unsure))


def _carried_on(samples: Samples, step_back_ns: int) -> Samples:
    """Rows after a step back of more than step_back_ns are shifted to follow a second later."""
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
    """Whether sorting put two stretches on top of each other, rather than late rows into gaps."""
    steps = np.diff(written_ns)
    close = 0.5 * float(np.median(np.abs(steps)))
    dense = int((np.diff(sorted_ns) < close).sum()) - int((np.abs(steps) < close).sum())
    return dense > LIMITS.dense_rows * int((steps < 0).sum())
