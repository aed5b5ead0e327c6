"""Put two sensors with clocks of their own on one clock: interpolated between samples, never across a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.sensors.channels import MISSING_NS, NS, Channel, Nanoseconds, Quantity, seconds
from pipeline.sensors.clock import gap_limit_s, step_s
from pipeline.sensors.samples import Flags, Samples, told_again
from pipeline.values import Array

SAME_TIME_S = 1e-6  # two clocks that differ only by rounding
SAME_DEVICE_M_S2 = 2.0  # raw and fused acceleration of one watch differ by 0.3 as a rule; a fifth of gravity is another
LONGEST_PAUSE_S = 3600.0  # between two files of one recording: more is another day's, or another workout's
OVERLAP_SHARE = 0.5  # gravity must cover half of the recording


def joined(channels: Sequence[Channel]) -> list[Channel]:
    """Channels of one sensor joined where one goes on where another ends; the others unchanged.

    Some apps begin a new file each hour, or each set. Rows that several files contain are kept once.
    """
    alike: dict[tuple[object, ...], list[Channel]] = {}
    for channel in channels:
        alike.setdefault(_sensor(channel), []).append(channel)
    return [one for group in alike.values() for one in _one_after_the_other(group)]


def tell_alike(one: Sequence[Channel], other: Sequence[Channel]) -> bool:
    """Whether each sensor of the other recording has rows that the same sensor of the first has, too."""
    return all(
        any(_sensor(mine) == _sensor(theirs) and _rows_alike(mine, theirs) > 0 for mine in one) for theirs in other
    )


def _sensor(channel: Channel) -> tuple[object, ...]:
    return channel.quantity, channel.unit, channel.app, channel.device


def _rows_alike(one: Channel, other: Channel) -> int:
    if not (len(one.times_ns) and len(other.times_ns)):
        return 0
    first, later = sorted((one, other), key=lambda channel: int(channel.times_ns[0]))
    return told_again(Samples(first.times_ns, first.values), Samples(later.times_ns, later.values))


def _one_after_the_other(alike: list[Channel]) -> list[Channel]:
    spans = sorted([(span, place) for place, channel in enumerate(alike) if (span := _span(channel))])
    if len(spans) < 2:
        return alike
    (ended, first), *later = spans
    latest = Samples(alike[first].times_ns, alike[first].values)
    parts = [latest]
    for span, place in later:
        rows = Samples(alike[place].times_ns, alike[place].values)
        follows = 0 < span[0] - ended[1] <= LONGEST_PAUSE_S * NS
        told = 0 if follows else told_again(latest, rows)
        if not follows and not told:
            return alike
        parts.append(rows.part(told, len(rows.times_ns)))
        if span[1] > ended[1]:
            ended, latest = span, rows
    times_ns = np.concatenate([part.times_ns for part in parts])
    return [replace(alike[first], times_ns=times_ns, values=np.concatenate([part.values for part in parts]))]


def _span(channel: Channel) -> tuple[int, int] | None:
    known = channel.times_ns[channel.times_ns != MISSING_NS]
    return (int(known.min()), int(known.max())) if len(known) else None


def on_times(channel: Channel, times_ns: Nanoseconds) -> tuple[Array, Flags]:
    """Values (T, 3) at these times, and (T,) True where the channel measured around them.

    Beyond its ends a sample of the channel is valid for the usual step.
    """
    origin = int(times_ns[0])
    at_s, own_s = seconds(times_ns, origin), seconds(channel.times_ns, origin)
    values = np.column_stack([np.interp(at_s, own_s, column) for column in channel.values.T])
    after = np.clip(np.searchsorted(own_s, at_s), 1, len(own_s) - 1)
    to_next, from_last = own_s[after] - at_s, at_s - own_s[after - 1]
    known = (to_next + from_last <= gap_limit_s(own_s)) | (np.minimum(np.abs(to_next), np.abs(from_last)) < SAME_TIME_S)
    slack_s = step_s(own_s)
    return values, known & (at_s >= own_s[0] - slack_s) & (at_s <= own_s[-1] + slack_s)


def with_gravity(linear: Channel, gravity: Channel) -> Channel:
    """Their sum, in the same unit, where both were measured; the first alone where they hardly overlap."""
    added, known = on_times(gravity, linear.times_ns)
    if float(known.mean()) < OVERLAP_SHARE:
        return linear
    times_ns, values = linear.times_ns[known], (linear.values + added)[known]
    return replace(linear, quantity=Quantity.TOTAL, times_ns=times_ns, values=values)


def agree(one: Channel, other: Channel) -> bool:
    """False where two accelerations with gravity are not of the same recording: they differ, or do not overlap."""
    if one is other or Quantity.LINEAR in (one.quantity, other.quantity):
        return True
    values, known = on_times(other, one.times_ns)
    apart = np.linalg.norm(values - one.values, axis=1)[known]
    return len(apart) > 0 and float(np.median(apart)) < SAME_DEVICE_M_S2


def rotation_on(rotation: Channel, times_ns: Nanoseconds) -> Array:
    """(T, 3) rotation at these times, NaN where it was not measured."""
    values, known = on_times(rotation, times_ns)
    values[~known] = np.nan
    return values
