"""One cell of a table as a number or a time; what is neither is missing, never zero."""

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
# "2019-11-05T11:59:58.188", "2017-04-22 15:46:31:351", "10:15:33,123 PM", "1/4/2026 6:31:12.010", "04.01.26 06:31:12",
# "04-Jan-2026 18:03:07.123"
CLOCK = re.compile(
    r"^\s*(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T _]+|"  # a date
    r"\d{1,2}[-/. ](?:\d{1,2}|[^\W\d_]{3,9}\.?)[-/. ]\d{2,4},?[T _]+)?"  # either way, or in words: passed over
    r"(\d{1,2}):(\d{2}):(\d{2})(?:[.,:](\d{1,9}))?\d*\s*([AaPp][Mm])?"
)


class Cell(StrEnum):
    """What the cells of a column are read as."""

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
        return np.array([_clock_ns(cell) for cell in cells], dtype=np.int64)
    return np.array([cell.strip() for cell in cells], dtype=str)


def numbers(cells: Sequence[str]) -> Array:
    """One number a cell, NaN where it holds none."""
    try:
        return np.array(list(map(float, cells)), dtype=np.float64)
    except ValueError:
        return np.array([number(cell) for cell in cells], dtype=np.float64)


def whole_numbers(cells: Sequence[str]) -> Nanoseconds:
    """One whole number a cell, exact; MISSING_NS where it holds none, or one that no clock shows."""
    try:
        found = np.array(list(map(int, cells)), dtype=np.int64)
    except (ValueError, OverflowError):
        return np.array([_whole(cell) for cell in cells], dtype=np.int64)
    return np.where(np.abs(found) < 2**62, found, MISSING_NS)


def number(cell: str) -> float:
    """NaN where the cell holds no number."""
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def is_number(cell: str) -> bool:
    return bool(np.isfinite(number(cell)))


def is_clock(cell: str) -> bool:
    return CLOCK.match(cell) is not None


def is_whole(cell: str) -> bool:
    return re.fullmatch(r"\s*-?\d{1,19}\s*", cell) is not None


def _whole(cell: str) -> int:
    try:
        found = int(cell)
    except ValueError:
        value = number(cell)
        found = int(value) if abs(value) < 2**62 else MISSING_NS
    return found if abs(found) < 2**62 else MISSING_NS


def _clock_ns(cell: str) -> int:
    found = CLOCK.match(cell)
    if not found:
        return MISSING_NS
    year, month, day, hour, minute, second, part, half = found.groups()
    hours = int(hour) % 12 + 12 * (half.lower() == "pm") if half else int(hour)
    days = _day(year, month, day) if year else 0
    whole_s = ((days * 24 + hours) * 60 + int(minute)) * 60 + int(second)
    return whole_s * NS + (int(part) * 10 ** (9 - len(part)) if part else 0)


@lru_cache(maxsize=64)
def _day(year: str, month: str, day: str) -> int:
    """Days since 1970; 0 for a date that is none, or so late that its nanoseconds do not fit 64 bits."""
    if int(year) > LAST_YEAR:
        return 0
    try:
        return date(int(year), int(month), int(day)).toordinal() - EPOCH_DAY
    except ValueError:
        return 0
