"""Parse one cell of a table as a number or a time; anything else is missing, never zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import MISSING_NS, NS, Nanoseconds
from pipeline.values import Array

EPOCH_DAY = date(1970, 1, 1).toordinal()
LAST_YEAR = 2200
HALF = r"(?:[AaPp]\.?\s?[Mm]\b\.?|오전|오후|上午|下午|午前|午後)"
AFTERNOON = ("p", "오후", "下午", "午後")
# "2019-11-05T11:59:58.188", "2017-04-22 15:46:31:351", "10:15:33,123 PM", "1/4/2026 6:31:12.010", "04.01.26 06:31:12",
# "04-Jan-2026 18:03:07.123", "2026-01-04 오후 6:03:07", "0 days 00:00:01.020", "03:07.250" past the hour,
# "18:3:7:5", "2026. 1. 4. 오후 6:03:07", "2026년 1월 4일 18시 3분 7.123초", "Sun Jan 4 18:03:07.123 UTC 2026"
CLOCK = re.compile(
    r"^\s*(?:(\d{4})(?:[-/]|[.년年] ?)(\d{1,2})(?:[-/]|[.월月] ?)(\d{1,2})[.일日]?[T _]+|"  # a date
    r"\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,9}\.?)[-/. ]\d{2,4},?[T _]+|"  # either way, or in words: passed over
    r"(?:[^\W\d_]{3}\.?,? )?[^\W\d_]{3,9}\.? \d{1,2},?(?: \d{4},?)? |"
    r"\d+ days? )?"
    rf"({HALF}\s*)?(?:(\d{{1,2}})(?::|[시時时] ?)(\d{{1,2}})(?::|[분分] ?)(\d{{1,2}})(?:[.,:](\d{{1,9}}))?"
    rf"|()(\d{{1,2}}):([0-5]\d)[.,](\d{{1,9}}))"
    rf"\d*\s*({HALF})?(?:\s?([+-]\d\d):?(\d\d)(?!\d))?"
)
BEHIND_SECONDS = re.compile(r":\d{1,2}:\d{1,2}[.,:](\d{1,9})")
COUNTED_NS = {3: 1_000_000, 6: 1_000}  # by the digits of the longest
BEYOND_MEASURE = 1e30  # nanoseconds since 1970 are 1e18
# "20260104T180307.250Z", "20260104_180307_250", "20260104180307250"
BASIC = re.compile(
    r"\s*((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])[T _-]?([01]\d|2[0-3])([0-5]\d)([0-5]\d)"
    r"(?:[._,]?(\d{1,9}))?(?:Z|([+-]\d\d):?(\d\d))?\s*"
)


class Cell(StrEnum):
    """What the cells of a column are parsed as."""

    NUMBER = "number"  # float64, NaN where there is none
    WHOLE = "whole"  # int64, exact; MISSING_NS where there is none
    CLOCK = "clock"  # a time of day, with or without date, as nanoseconds; MISSING_NS where there is none
    TEXT = "text"


def read_cells(cells: Sequence[str], kind: Cell) -> npt.NDArray[np.generic]:
    """The cells as an array of the kind's type."""
    if kind == Cell.NUMBER:
        return numbers(cells)
    if kind == Cell.WHOLE:
        return whole_numbers(cells)
    if kind == Cell.CLOCK:
        return clocks(cells)
    return np.array([cell.strip() for cell in cells], dtype=str)


def measured(column: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
    """The column with NaN for numbers that no sensor gives: infinities, and values as 1e300 of a damaged file."""
    if column.dtype != np.float64:
        return column
    return np.where(np.abs(column) < BEYOND_MEASURE, column, np.nan)


def numbers(cells: Sequence[str]) -> Array:
    """One number a cell, NaN where it holds none."""
    try:
        return np.array(list(map(float, cells)), dtype=np.float64)
    except ValueError:
        return np.array([number(cell) for cell in cells], dtype=np.float64)


def whole_numbers(cells: Sequence[str]) -> Nanoseconds:
    """One whole number a cell, exact; MISSING_NS where it holds none, or one too large for a clock."""
    try:
        found = np.array(list(map(int, cells)), dtype=np.int64)
    except (ValueError, OverflowError):
        return np.array([_whole(cell) for cell in cells], dtype=np.int64)
    return np.where(np.abs(found) < 2**62, found, MISSING_NS)


def clocks(cells: Sequence[str]) -> Nanoseconds:
    """One time a cell, MISSING_NS where it holds none.

    The digits after the seconds are their fraction, or a count without leading zeros, as some programs write
    ("18:3:7:5" is 5 ms): whichever goes back in time less often.
    """
    usual = np.array([_clock_ns(cell) for cell in cells], dtype=np.int64)
    tick_ns = _tick_ns(cells)
    if tick_ns is None:
        return usual
    counted = np.array([_clock_ns(cell, tick_ns) for cell in cells], dtype=np.int64)
    return counted if _falls(counted) < _falls(usual) else usual


def number(cell: str) -> float:
    """NaN where the cell holds no number."""
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def is_number(cell: str) -> bool:
    return bool(np.isfinite(number(cell)))


def is_clock(cell: str) -> bool:
    return CLOCK.match(cell) is not None or BASIC.fullmatch(cell) is not None


def is_whole(cell: str) -> bool:
    return re.fullmatch(r"\s*-?\d{1,19}\s*", cell) is not None


def _whole(cell: str) -> int:
    try:
        found = int(cell)
    except ValueError:
        value = number(cell)
        found = int(value) if abs(value) < 2**62 else MISSING_NS
    return found if abs(found) < 2**62 else MISSING_NS


def _tick_ns(cells: Sequence[str]) -> int | None:
    """The unit of the digits after the seconds, if they may be a count: some are shorter, and none begin with a
    zero.
    """
    longest, shortest = 0, 10
    for cell in cells:
        found = BEHIND_SECONDS.search(cell)
        if found is None:
            continue
        digits = found.group(1)
        if digits[0] == "0" and len(digits) > 1:
            return None
        longest, shortest = max(longest, len(digits)), min(shortest, len(digits))
    return COUNTED_NS.get(longest) if shortest < longest else None


def _falls(times_ns: Nanoseconds) -> int:
    return int((np.diff(times_ns[times_ns != MISSING_NS]) < 0).sum())


def _clock_ns(cell: str, tick_ns: int | None = None) -> int:
    basic = BASIC.fullmatch(cell)
    if basic:
        year, month, day, hour, minute, second, part, east, past = basic.groups()
        half = None
    elif found := CLOCK.match(cell):
        year, month, day, before, *times, after, east, past = found.groups()
        hour, minute, second, part = times[:4] if times[0] else times[4:]
        half = before or after
    else:
        return MISSING_NS
    hours = int(hour or 0) % 12 + 12 * half.strip().lower().startswith(AFTERNOON) if half else int(hour or 0)
    days = _day(year, month, day) if year else 0
    ahead_min = int(east) * 60 + int(east[0] + past) if year and east else 0  # of Greenwich: it changes in a night
    whole_s = ((days * 24 + hours) * 60 + int(minute) - ahead_min) * 60 + int(second)
    if not part:
        return whole_s * NS
    return whole_s * NS + int(part) * (tick_ns or 10 ** (9 - len(part)))


@lru_cache(maxsize=64)
def _day(year: str, month: str, day: str) -> int:
    """Days since 1970; 0 for an invalid date, or one whose nanoseconds do not fit 64 bits."""
    if int(year) > LAST_YEAR:
        return 0
    try:
        return date(int(year), int(month), int(day)).toordinal() - EPOCH_DAY
    except ValueError:
        return 0
