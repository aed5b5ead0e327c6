"""Which column of a table is its clock, and what its numbers mean in nanoseconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import NS, Nanoseconds
from pipeline.sensors.headers import time_scale
from pipeline.sensors.table import (
    MISSING_NS,
    Parser,
    Table,
    clock_texts,
    is_clock,
    is_number,
    numbers,
    whole_numbers,
)

TIME_WORD = re.compile(r"time|epoch|elapsed|stamp|zeit|date|clock|^t$|^ts$|^sec|^ms$|^t[\s\[(_]")
EPOCH_S = (8e8, 5e9)  # 1995 to 2128: a number of this size counts seconds since 1970
STEP_S = (0.0008, 0.6)  # 1250 Hz is quicker than any phone logs, 1.7 Hz slower than any movement can be seen at
SCALES = (NS, 1_000_000, 1_000, 1)


@dataclass(frozen=True, slots=True)
class Clock:
    """The column that tells the time, how its cells are parsed, and nanoseconds a unit (None: to be found)."""

    column: int
    parser: Parser
    scale_ns: int | None

    def nanoseconds(self, parsed: npt.NDArray[np.float64] | Nanoseconds) -> Nanoseconds | None:
        """MISSING_NS where no time was written; None where no unit of time makes sense of the numbers."""
        known = parsed != MISSING_NS if parsed.dtype == np.int64 else np.isfinite(parsed)
        if self.parser is clock_texts:
            return _past_midnight(np.asarray(parsed, dtype=np.int64))
        scale = likely_scale(np.asarray(parsed[known], dtype=np.float64), self.scale_ns)
        return None if scale is None else _scaled(parsed, known, scale)


def find_clock(table: Table, preferred: Sequence[str] = ()) -> Clock | None:
    """The table's clock: a preferred column, else the finest of those whose name or numbers tell the time."""
    named = [column for name in preferred if (column := table.column(name)) is not None]
    if not named:
        named = [i for i, name in enumerate(table.header) if TIME_WORD.search(name.lower()) and not _is_axis(name)]
    clocks = [clock for column in named if (clock := _clock(table, column))]
    if not clocks and not table.headed:
        clocks = [clock for column in range(table.width) if (clock := _clock(table, column, rising=True))]
    return max(clocks, key=lambda clock: _worth(table, clock), default=None)


def likely_scale(values: npt.NDArray[np.float64], said: int | None) -> int | None:
    """Nanoseconds a unit, by the size of the numbers and of their steps; None where nothing fits.

    Steps of 1 exactly count rows, and are no clock.
    """
    if len(values) < 2:
        return said
    for scale in SCALES:
        if EPOCH_S[0] * NS <= abs(float(np.median(values))) * scale <= EPOCH_S[1] * NS:
            return scale
    steps = np.abs(np.diff(values))
    if bool((steps == 1).all()):
        return None
    step = _usual_step(steps)
    fitting = [scale for scale in SCALES if STEP_S[0] * NS <= step * scale <= STEP_S[1] * NS]
    if said in fitting or (said is not None and not fitting):
        return said
    return fitting[0] if fitting else None


def _usual_step(steps: npt.NDArray[np.float64]) -> float:
    """The median of what moves; the mean where many rows bear the same time."""
    moving = steps[steps > 0]
    if len(moving) == 0:
        return 0.0
    return float(np.median(moving)) * min(1.0, 2 * len(moving) / len(steps))


def _clock(table: Table, column: int, rising: bool = False) -> Clock | None:
    cells = [row[column] for row in table.sample if row[column]]
    if not cells:
        return None
    if all(is_clock(cell) for cell in cells):
        return Clock(column, clock_texts, 1)
    if sum(is_number(cell) for cell in cells) < 0.8 * len(cells):
        return None
    if rising and not _rises(numbers(cells)):
        return None
    whole = all(re.fullmatch(r"-?\d+", cell) for cell in cells)
    return Clock(column, whole_numbers if whole else numbers, time_scale(table.header[column]))


def _rises(values: npt.NDArray[np.float64]) -> bool:
    steps = np.diff(values)
    return len(steps) > 0 and values[-1] > values[0] and bool((steps >= 0).mean() > 0.9)


def _worth(table: Table, clock: Clock) -> float:
    """A count since 1970 joins files; a count since the start is next; text is last, as some of it has no parts."""
    if clock.parser is clock_texts:
        return 0.0
    cells = numbers([row[clock.column] for row in table.sample])
    size = float(np.nanmedian(np.abs(cells))) if np.isfinite(cells).any() else 0.0
    if not _rises(cells[np.isfinite(cells)]):
        return -1.0
    return 1.0 + (size > EPOCH_S[0]) + 0.1 * (clock.scale_ns is not None)


def _is_axis(name: str) -> bool:
    return name.lower() in ("date", "timezone")


def _scaled(parsed: npt.NDArray[np.float64] | Nanoseconds, known: npt.NDArray[np.bool_], scale: int) -> Nanoseconds:
    times = np.full(len(parsed), MISSING_NS, dtype=np.int64)
    limit = 2**62 / scale
    known = known & (np.abs(np.where(known, parsed, 0)) < limit)
    times[known] = (
        np.round(parsed[known] * scale).astype(np.int64) if parsed.dtype != np.int64 else parsed[known] * scale
    )
    return times


def _past_midnight(times: Nanoseconds) -> Nanoseconds:
    """A time of day without a date that falls back by half a day is of the next day."""
    known = np.flatnonzero(times != MISSING_NS)
    if len(known) and abs(int(times[known[0]])) < 2 * 86_400 * NS:
        falls = np.concatenate(([0], np.cumsum(np.diff(times[known]) < -43_200 * NS)))
        times[known] += falls * 86_400 * NS
    return times
