"""Clock times written as digits alone, as GPS receivers and scripts do: 101533.25 is a quarter past ten.

Read as seconds they jump by 40 at the end of each minute, from 101559.98 to 101600.00.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import MISSING_NS, NS, Nanoseconds
from pipeline.values import Array

PARTS = (1, 1000, 1_000_000)  # of the second that the last digit counts: HHMMSS, HHMMSSmmm, HHMMSSuuuuuu
FITTING = 0.99  # of the rows: one may be damaged
LONGEST_STEP_S = 2.0  # over a minute's end: the clock goes on there, only the number leaps


def day_ns(values: npt.NDArray[Any], known: npt.NDArray[np.bool_]) -> Nanoseconds | None:
    """(T,) nanoseconds since midnight, of numbers (T,) that are digits of a clock; MISSING_NS where unknown or invalid.

    None where the numbers are a plain count, or where it makes no difference, since no minute ends. Digits before those
    of the hour are a date, and ignored.
    """
    found = (_in_parts(values[known], part) for part in PARTS)
    times = next((one for one in found if one is not None), None)
    if times is None:
        return None
    whole = np.full(len(values), MISSING_NS, dtype=np.int64)
    whole[known] = times
    return whole


def _in_parts(values: npt.NDArray[Any], part: int) -> Nanoseconds | None:
    whole = np.floor_divide(values, part)
    rest_s = np.asarray((values - whole * part) / part, dtype=np.float64)
    digits = np.asarray(np.clip(whole, -1, 2**53)).astype(np.int64)
    second, minute, hour = digits % 100, digits // 100 % 100, digits // 10_000 % 100
    fits = (digits >= 0) & (second < 60) & (minute < 60) & (hour < 24)
    if fits.sum() < max(2, FITTING * len(fits)) or not _goes_on((second + rest_s)[fits], minute[fits]):
        return None
    times = ((hour * 60 + minute) * 60 + second) * NS + np.round(rest_s * NS).astype(np.int64)
    return np.asarray(np.where(fits, times, MISSING_NS))


def _goes_on(seconds: Array, minutes: npt.NDArray[np.int64]) -> bool:
    """Whether a minute ends at least once, and the clock goes on there."""
    ends = np.flatnonzero(np.diff(minutes) % 60 == 1)
    return bool(len(ends)) and bool(0 < np.median(60 + np.diff(seconds)[ends]) <= LONGEST_STEP_S)
