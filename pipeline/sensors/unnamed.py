"""Find which neighbouring columns of a table may be the three axes of a sensor, where no head says it."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.sensors.cells import Cell, is_number, numbers
from pipeline.sensors.channels import Quantity
from pipeline.sensors.headers import heading, quantity_called
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import Clock, names_time
from pipeline.sensors.units import gravity_in, whole
from pipeline.values import Array

Place = tuple[int, int, int]
# Heads that say nothing: "ch1", "Sensor 2", "c". Others speak of something, and that is no axis: "TP9", "sepal_width"
SAYS_NOTHING = re.compile(
    r"(?:ch|chan|channel|kanal|col|column|spalte|sensor|value|val|wert|data|field|var|in|input|axis|signal|raw|[a-z])?"
    r"[\s_\-]*\d*"
)
COLOURS = ({"r", "g", "b"}, {"red", "green", "blue"})


@dataclass(frozen=True, slots=True)
class UnnamedLimits:
    """What columns without a name are.

    counting: packets are numbered from 0 to 15 at least. still: spread, as a share of gravity, of what lies on a bench:
    such columns may as well be an air pressure, 1013 hPa being about 1 g in thousandths. off_zero: how many spreads the
    usual value of a swinging signal is at most from 0. alike, rows: a quaternion has length 1, a total is the length of
    three others, both up to rounding; an acceleration in g has length 1 only while nothing moves, and a log of that
    shows nothing to count.
    """

    counting: float = 0.9
    still: float = 0.015
    off_zero: float = 5.0
    alike: float = 0.02
    rows: float = 0.98


LIMITS = UnnamedLimits()


def places_of_axes(table: Table, clock: Clock | None) -> list[Place]:
    """Every third of three neighbouring columns with changing numbers, without the clock, quaternions and totals.

    Every three where they do not divide into threes: of a temperature and x, y, z the first three are none.
    """
    cells = {column: {row[column] for row in table.sample} for column in range(table.width)}
    free = [column for column in cells if not (clock and column == clock.column) and not names_time(table, column)]
    free = [column for column in free if len(cells[column]) > min(2, len(table.sample) - 1)]
    free = [column for column in free if any(map(is_number, cells[column]))]  # a date is a date
    free = [column for column in free if not _numbers_rows(table, column)]
    free = _without_lengths(table, free)
    starts = free if len(free) % 3 else free[::3]
    places = [(a, a + 1, a + 2) for a in starts if {a + 1, a + 2} <= set(free) and _may_be_axes(table, a)]
    values = table.parse({column: Cell.NUMBER for place in places for column in place})
    return [
        place
        for place in places
        if {heading(table.header[column]).axis for column in place} == {"x", "y", "z"}
        or _may_move(
            [table.header[column].strip().lower() for column in place],
            np.column_stack([values[column] for column in place]),
            timed=clock is not None,
        )
    ]


def _numbers_rows(table: Table, column: int) -> bool:
    """Whether it grows by one from row to row, perhaps starting again now and then."""
    steps = np.diff(numbers([row[column] for row in table.sample]))
    return len(steps) > 0 and float((steps == 1).mean()) > LIMITS.counting


def _without_lengths(table: Table, free: Sequence[int]) -> list[int]:
    """The columns that belong to no quaternion, and are no total of three others."""
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
    """Whether their heads name x, y and z, or no two axes (of y, z and a total the third is none), and nothing but
    motion.
    """
    heads = [heading(head) for head in table.header[first : first + 3]]
    axes = [head.axis for head in heads]
    of_motion = all(quantity_called(head.stem) is not Quantity.OTHER for head in heads)
    return of_motion and (sum(map(bool, axes)) < 2 or set(axes) == {"x", "y", "z"})


def _may_move(heads: Sequence[str], values: Array, *, timed: bool) -> bool:
    """Whether gravity and movement show in the columns (T, 3).

    Where their heads say nothing, counts and swinging values may be motion, too. `timed`: beside a clock; without one a
    table of named columns is no recording.
    """
    known = values[np.isfinite(values).all(axis=1)]
    if {*heads} in COLOURS or not len(known):
        return False
    spread = known.std(axis=0)
    moving = float(np.linalg.norm(spread)) > LIMITS.still * float(np.median(np.linalg.norm(known, axis=1)))
    leaning = moving and gravity_in(known)
    if not all(map(SAYS_NOTHING.fullmatch, heads)) or len({*map(_word, heads)}) > 1:
        return leaning and timed and not whole(known)
    about_zero = np.abs(np.median(known, axis=0)) <= LIMITS.off_zero * spread
    return leaning or whole(known) or bool(about_zero.all())


def _word(head: str) -> str:
    """What stands before the axis or the number: of "a", "b" and "c" nothing."""
    return re.sub(r"[\s_\-]*\d+$", "", head) if re.search(r"\d$", head) or len(head) > 1 else ""
