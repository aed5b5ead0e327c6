"""Which column of a table is its clock, and what its numbers mean in nanoseconds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.sensors.cells import Cell, is_clock, is_number, is_whole, numbers
from pipeline.sensors.channels import MISSING_NS, NS, Nanoseconds
from pipeline.sensors.headers import time_scale
from pipeline.sensors.table import Table
from pipeline.values import Array

TIME_WORD = re.compile(
    r"time(?!zone)|epoch|elapsed|stamp|zeit|clock|^dat(e|um)|^t$|^ts$|^sec|^ms$|^millis|^micros|^t[\s\[(_]"
    r"|^tiempo|^temps|^tempo|시간|시각|[时時][间間刻]|[\[(](s|sec|ms|us|µs|ns)[\])]\s*$"
)
EPOCH_S = (8e8, 5e9)  # 1995 to 2128: a number of this size counts seconds since 1970
STEP_S = (0.0008, 0.6)  # 1250 Hz is quicker than any phone logs, 1.7 Hz slower than any movement can be seen at
EPOCH_STEP_S = 60.0  # a heart rate a minute is a log still, to be refused as too sparse
SCALES = (NS, 1_000_000, 1_000, 1)
TENTHS_OF_MS = 100_000  # Xsens counts so
RATE_OFF = 0.2  # of a stated rate: one that is so far off is another unit's
DAY_NS = 86_400 * NS


@dataclass(frozen=True, slots=True)
class Clock:
    """The column that tells the time, what its cells are, and nanoseconds a unit (None: to be found)."""

    column: int
    kind: Cell
    scale_ns: int | None = None

    def nanoseconds(self, parsed: npt.NDArray[Any]) -> Nanoseconds | None:
        """MISSING_NS where no time was written; None where no unit of time makes sense of the numbers."""
        known = parsed != MISSING_NS if parsed.dtype == np.int64 else np.isfinite(parsed)
        if known.sum() > 1 and not np.ptp(parsed[known]):
            return None  # saved again by a spreadsheet that rounded the times away
        if self.kind == Cell.CLOCK:
            return _past_midnight(parsed)
        scale = likely_scale(np.asarray(parsed[known], dtype=np.float64), self.scale_ns)
        return None if scale is None else _scaled(parsed, known, scale)


def find_clock(table: Table, preferred: Sequence[str] = ()) -> Clock | None:
    """The table's clock: a preferred column, else the best of those whose name, or numbers, tell the time."""
    named = [column for name in preferred if (column := table.column(name)) is not None]
    named = named or [place for place, name in enumerate(table.header) if TIME_WORD.search(name.lower())]
    clocks = [clock for column in named if (clock := _clock(table, column))]
    if not clocks and not table.headed:
        clocks = [clock for column in range(table.width) if (clock := _clock(table, column)) and _rising(table, clock)]
    return max(clocks, key=lambda clock: _worth(table, clock) + _told_apart(table, clock), default=None)


def _told_apart(table: Table, clock: Clock) -> float:
    """Without a header any numbers may happen to rise; the text of a clock is one."""
    return 1.5 * (not table.headed and clock.kind == Cell.CLOCK)


def scaled_by_rate(table: Table, clock: Clock | None) -> Clock | None:
    """The clock with the unit in which its steps make the rate that the file states; as it is where it states none."""
    if clock is None or table.rate_hz is None or clock.kind == Cell.CLOCK or clock.scale_ns is not None:
        return clock
    step = _usual_step(np.abs(np.diff(_finite(table, clock))))
    fitting = [one for one in (*SCALES, TENTHS_OF_MS) if abs(step * one * table.rate_hz / NS - 1) < RATE_OFF]
    return replace(clock, scale_ns=fitting[0]) if fitting else clock


def likely_scale(values: Array, said: int | None) -> int | None:
    """Nanoseconds a unit: since 1970 by the numbers' size, else as said, else by their steps; None where none fits.

    Steps of 1 exactly count rows, and are no clock, unless their unit is said.
    """
    if len(values) < 2:
        return said
    steps = np.abs(np.diff(values))
    step, size = _usual_step(steps), abs(float(np.median(values)))
    for scale in SCALES:
        if EPOCH_S[0] <= size * scale / NS <= EPOCH_S[1] and step * scale / NS < EPOCH_STEP_S:
            return scale
    if said is not None or bool((steps == 1).all()):
        return said
    fitting = [scale for scale in SCALES if STEP_S[0] * NS <= step * scale <= STEP_S[1] * NS]
    return fitting[0] if fitting else None


def _usual_step(steps: Array) -> float:
    """The median of the steps that are any; less where many rows bear the same time."""
    moving = steps[steps > 0]
    return float(np.median(moving)) * min(1.0, 2 * len(moving) / len(steps)) if len(moving) else 0.0


def _clock(table: Table, column: int) -> Clock | None:
    cells = [row[column] for row in table.sample if row[column]]
    if cells and all(is_clock(cell) for cell in cells):
        return Clock(column, Cell.CLOCK)
    if not cells or sum(is_number(cell) for cell in cells) < 0.8 * len(cells):
        return None
    kind = Cell.WHOLE if all(is_whole(cell) for cell in cells) else Cell.NUMBER
    return Clock(column, kind, time_scale(table.header[column]))


def _rising(table: Table, clock: Clock) -> bool:
    """The numbers grow, and not as a count of rows does."""
    if clock.kind == Cell.CLOCK:
        return True
    values = _finite(table, clock)
    steps = np.diff(values)
    return len(steps) > 0 and values[-1] > values[0] and bool((steps >= 0).mean() > 0.9) and not (steps == 1).all()


def _worth(table: Table, clock: Clock) -> float:
    """The finest first; then a count since 1970, which joins files; a count since the start; the text of a clock."""
    cells = [row[clock.column] for row in table.sample]
    fine = 2.0 * len(set(cells)) / len(cells)
    if clock.kind == Cell.CLOCK:
        return fine
    values = _finite(table, clock)
    if not len(values) or values[-1] <= values[0]:
        return -1.0
    return fine + 1.0 + float(np.median(values) > EPOCH_S[0]) + 0.1 * (clock.scale_ns is not None)


def _finite(table: Table, clock: Clock) -> Array:
    values = numbers([row[clock.column] for row in table.sample])
    return values[np.isfinite(values)]


def _scaled(parsed: npt.NDArray[Any], known: npt.NDArray[np.bool_], scale: int) -> Nanoseconds:
    """Whole numbers stay whole: nanoseconds since 1970 do not fit a float."""
    times = np.full(len(parsed), MISSING_NS, dtype=np.int64)
    within = known & (np.abs(np.where(known, parsed, 0).astype(np.float64)) < 2**62 / scale)
    ticks = parsed[within]
    times[within] = ticks * scale if ticks.dtype == np.int64 else np.round(ticks * scale).astype(np.int64)
    return times


def _past_midnight(times: Nanoseconds) -> Nanoseconds:
    """A time of day without a date that falls back by half a day is of the next day."""
    known = np.flatnonzero(times != MISSING_NS)
    if len(known) and abs(int(times[known[0]])) < 2 * DAY_NS:
        times = times.copy()
        times[known] += np.concatenate(([0], np.cumsum(np.diff(times[known]) < -DAY_NS // 2))) * DAY_NS
    return times
