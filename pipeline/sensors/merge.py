"""Two sensors with clocks of their own on one clock: read off the line between samples, never across a gap."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import Channel, Nanoseconds, Quantity, seconds
from pipeline.sensors.clock import gap_limit_s, step_s
from pipeline.values import Array

Flags = npt.NDArray[np.bool_]
SAME_TIME_S = 1e-6  # two clocks that were one, but for rounding
SAME_DEVICE_M_S2 = 2.0  # raw and fused acceleration of one watch differ by 0.3 as a rule; a fifth of gravity is another
OVERLAP_SHARE = 0.5  # less than half a recording with gravity is no recording with gravity


def on_times(channel: Channel, times_ns: Nanoseconds) -> tuple[Array, Flags]:
    """Values (T, 3) at the times, and (T,) True where the channel measured around them.

    A sample of the channel's beyond its ends holds for the usual step between two.
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
    """False where two accelerations with gravity cannot be of the same device: measured at once, and far apart."""
    if one is other or Quantity.LINEAR in (one.quantity, other.quantity):
        return True
    values, known = on_times(other, one.times_ns)
    apart = np.linalg.norm(values - one.values, axis=1)[known]
    return not len(apart) or float(np.median(apart)) < SAME_DEVICE_M_S2


def rotation_on(rotation: Channel, times_ns: Nanoseconds) -> Array:
    """(T, 3), NaN where the rotation was not measured."""
    values, known = on_times(rotation, times_ns)
    values[~known] = np.nan
    return values
