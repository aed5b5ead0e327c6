"""Times in several columns (whole seconds beside milliseconds), or in a counter that wraps around."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.sensors.cells import Cell, is_clock, is_number, is_whole, numbers, read_cells
from pipeline.sensors.channels import MISSING_NS, NS, Nanoseconds
from pipeline.sensors.digits import day_ns
from pipeline.sensors.headers import time_scale
from pipeline.sensors.table import Table

# "ms", "milliseconds", "tv_usec", "nsecs"; "Second", "tv_sec"; "min"; "hour"
FRACTION = re.compile(r"(?:^|[\s_])(?:ms|us|µs|ns|milli\w*|micro\w*|nano\w*|[mun]secs?)\b", re.IGNORECASE)
SECOND = re.compile(r"(?:^|[\s_])s(?:ec(?:ond)?s?|ekunden?)?$|stamp|epoch|time|zeit", re.IGNORECASE)
MINUTE = re.compile(r"^min(?:ute)?s?$", re.IGNORECASE)
HOUR = re.compile(r"^(?:h|hours?|hr|stunde)$", re.IGNORECASE)
MINUTE_S, HOUR_S = 60, 3600
# Ticks after which a counter begins again: milliseconds of a second, of a minute, microcontrollers' 16 and 32 bits
AROUND = (1000, 60_000, 2**16, 1_000_000, 2**32)
NEAR_STEPS = 20  # of a counter's usual step: it begins again so near its end and its beginning, packets lost or not
LARGEST_NS = 2**61  # sums of two fit 64 bits
OUT_OF_ORDER = 0.02  # of the rows: where times of several columns fall back more often, they do not belong together


@dataclass(frozen=True, slots=True)
class Whole:
    """A column that counts in steps of `unit_ns`, beside one with the parts of a step; 1 for the text of a clock."""

    column: int
    kind: Cell
    unit_ns: int


def wholes_beside(table: Table, column: int) -> tuple[Whole, ...]:
    """The columns of seconds, minutes and hours for which this column holds the smaller part.

    None where it may be a clock by itself.
    """
    values = numbers([row[column] for row in table.sample])
    name, known = table.header[column], values[np.isfinite(values)]
    if not len(known) or known.min() < 0:
        return ()
    if FRACTION.search(name) and (scale := time_scale(name)):
        seconds = _seconds(table, column) if known.max() * scale < NS else None
        return (seconds, *_of_a_day(table)) if seconds and seconds.unit_ns == NS else (seconds,) if seconds else ()
    return _of_a_day(table) if SECOND.search(name) and known.max() < MINUTE_S else ()


def fraction_of_seconds(table: Table) -> int | None:
    """The column of milliseconds, or less, beside whole seconds; None where there is none."""
    places = (place for place, name in enumerate(table.header) if FRACTION.search(name))
    return next((place for place in places if _counts(table, place) and wholes_beside(table, place)), None)


def put_together(
    parts: Nanoseconds, wholes: tuple[Whole, ...], columns: Mapping[int, npt.NDArray[Any]]
) -> Nanoseconds | None:
    """The times of all columns together; None where they do not belong together.

    That is, where the part exceeds the whole's unit, or does not start again when the whole advances.
    """
    known = (parts != MISSING_NS) & np.all([_within(columns[one.column], one.unit_ns) for one in wholes], axis=0)
    least_ns = min(NS if one.kind == Cell.CLOCK else one.unit_ns for one in wholes)
    if not known.any() or parts[known].max() >= least_ns:
        return None
    counted = [_whole_ns(one, columns[one.column], known) for one in wholes]
    known = known & np.all([found != MISSING_NS for found in counted], axis=0)
    times = np.where(known, parts + sum(counted), 0)
    if (np.diff(times[known]) < 0).mean() > OUT_OF_ORDER:
        return None
    return np.where(known, times, MISSING_NS)


def _whole_ns(one: Whole, counts: npt.NDArray[Any], known: npt.NDArray[np.bool_]) -> Nanoseconds:
    of_day = day_ns(counts, known) if one.unit_ns == NS else None
    return np.where(known, counts, 0) * one.unit_ns if of_day is None else of_day


def _within(counts: npt.NDArray[Any], unit_ns: int) -> npt.NDArray[np.bool_]:
    """Whether the counts' nanoseconds fit 64 bits."""
    return np.asarray((counts != MISSING_NS) & (np.abs(counts.astype(np.float64)) < LARGEST_NS / unit_ns))


def unwrapped(ticks: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """A counter that wraps at one of AROUND, continued; any other unchanged."""
    known = ticks != MISSING_NS
    steps = np.diff(ticks[known])
    falls = np.flatnonzero(steps < 0)
    if not len(falls):
        return ticks
    near = NEAR_STEPS * max(1.0, float(np.median(np.abs(steps))))
    before, after = ticks[known][falls], ticks[known][falls + 1]
    around = next((one for one in AROUND if ticks[known].max() < one and before.min() >= one - near), None)
    if around is None or after.max() > near or near > around / 2:
        return ticks
    whole = ticks.copy()
    whole[known] += np.concatenate(([0], np.cumsum(steps < 0))) * around
    return whole


def _seconds(table: Table, column: int) -> Whole | None:
    """The column of whole seconds beside this one: the text of a clock, or numbers."""
    named = [place for place, name in enumerate(table.header) if place != column and SECOND.search(name)]
    for place in named:
        cells = [row[place] for row in table.sample if row[place]]
        if cells and all(map(is_clock, cells)) and not (read_cells(cells, Cell.CLOCK) % NS).any():
            return Whole(place, Cell.CLOCK, 1)
    return next(
        (Whole(place, Cell.WHOLE, NS) for place in named if _counts(table, place) and _slow(table, place)), None
    )


def _of_a_day(table: Table) -> tuple[Whole, ...]:
    """Minutes, and hours where they stand there, too."""
    units = ((MINUTE, MINUTE_S), (HOUR, HOUR_S))
    places = [(place, unit) for word, unit in units for place, name in enumerate(table.header) if word.match(name)]
    return tuple(Whole(place, Cell.WHOLE, unit * NS) for place, unit in places if _counts(table, place))


def _counts(table: Table, column: int) -> bool:
    cells = [row[column] for row in table.sample if is_number(row[column])]
    return bool(cells) and all(map(is_whole, cells))


def _slow(table: Table, column: int) -> bool:
    """Whether these are whole numbers that stay for several rows and then grow by one, or start again."""
    steps = np.diff(numbers([row[column] for row in table.sample]))
    return bool((steps == 0).any()) and bool((steps <= 1).all())
