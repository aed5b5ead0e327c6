"""Which neighbouring columns of a table may be the three axes of a sensor, where no head says it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.sensors.cells import Cell, is_number, numbers
from pipeline.sensors.channels import Quantity
from pipeline.sensors.headers import heading, quantity_called
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import Clock, names_time
from pipeline.values import Array

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class UnnamedLimits:
    """What columns without a name are. counting: packets are numbered from 0 to 15 at least.

    alike, rows: a quaternion is of length 1, a total is the length of three others, both but for rounding; an
    acceleration in g is of length 1 only while nothing moves, and a log of that shows nothing to count.
    """

    counting: float = 0.9
    alike: float = 0.02
    rows: float = 0.98


LIMITS = UnnamedLimits()


def places_of_axes(table: Table, clock: Clock | None) -> list[Place]:
    """Every third of three neighbouring columns whose numbers change, the clock, quaternions and totals aside; every
    three where they do not part into threes: of a temperature and x, y, z the first three are none."""
    cells = {column: {row[column] for row in table.sample} for column in range(table.width)}
    free = [column for column in cells if not (clock and column == clock.column) and not names_time(table, column)]
    free = [column for column in free if len(cells[column]) > min(2, len(table.sample) - 1)]
    free = [column for column in free if any(map(is_number, cells[column]))]  # a date is a date
    free = [column for column in free if not _numbers_rows(table, column)]
    free = _without_lengths(table, free)
    starts = free if len(free) % 3 else free[::3]
    return [(a, a + 1, a + 2) for a in starts if {a + 1, a + 2} <= set(free) and _may_be_axes(table, a)]


def _numbers_rows(table: Table, column: int) -> bool:
    """It grows by one from row to row, beginning again now and then perhaps."""
    steps = np.diff(numbers([row[column] for row in table.sample]))
    return len(steps) > 0 and float((steps == 1).mean()) > LIMITS.counting


def _without_lengths(table: Table, free: Sequence[int]) -> list[int]:
    """Those that belong to no quaternion, and are no total of three others."""
    if len(free) < 4:
        return list(free)
    values = table.parse(dict.fromkeys(free, Cell.NUMBER))
    fours = [four for four in _neighbours(free, 4) if _are(1.0, _length(values, four))]
    turned = {column for four in fours for column in four}
    kept = [column for column in free if column not in turned]
    lengths = [(three, _length(values, three)) for three in _neighbours(kept, 3)]
    return [
        column
        for column in kept
        if not any(column not in three and _are(values[column], length) for three, length in lengths)
    ]


def _neighbours(columns: Sequence[int], count: int) -> list[Sequence[int]]:
    runs = (columns[at : at + count] for at in range(len(columns) - count + 1))
    return [run for run in runs if all(after - before == 1 for before, after in pairwise(run))]


def _length(values: Mapping[int, Array], columns: Collection[int]) -> Array:
    return np.asarray(np.linalg.norm([values[column] for column in columns], axis=0))


def _are(values: Array | float, lengths: Array) -> bool:
    off = np.abs(values - lengths) - LIMITS.alike * lengths
    known = np.isfinite(off)
    return bool(known.any()) and float((off[known] <= 0).mean()) > LIMITS.rows


def _may_be_axes(table: Table, first: int) -> bool:
    """Their heads name x, y and z, or no two axes: of y, z and a total the third is none; and nothing but motion."""
    heads = [heading(head) for head in table.header[first : first + 3]]
    axes = [head.axis for head in heads]
    of_motion = all(quantity_called(head.stem) is not Quantity.OTHER for head in heads)
    return of_motion and (sum(map(bool, axes)) < 2 or set(axes) == {"x", "y", "z"})
