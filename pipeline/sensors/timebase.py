"""Find the clock column of a table, and its times."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.sensors.cells import Cell, is_clock, is_number, is_whole, numbers, read_cells
from pipeline.sensors.channels import MISSING_NS, NS, Nanoseconds
from pipeline.sensors.digits import day_ns
from pipeline.sensors.headers import time_scale
from pipeline.sensors.table import Table
from pipeline.sensors.timeparts import Whole, fraction_of_seconds, put_together, unwrapped, wholes_beside
from pipeline.sensors.timescale import DAY_NS, EPOCH_S, SCALES, known_in, likely_scale, scaled, since_then, usual_step
from pipeline.values import Array

TIME_WORD = re.compile(
    r"time(?!zone)|epoch|^unix|elapsed|stamp|zeit|clock|^dat(e|um)|^t$|^ts(?:$|_)|^se[ck]|^ms$|^millis|^micros|^t[\s\[(_]"
    r"|(?<!up)date$|[_ ]at$|remaining|count[ _-]?down"
    r"|^tiempo|^temps|^tempo|시간|시각|[时時][间間刻]|^время|^czas|^tijd|^(?:data[/_ ])?hora|^heure|^marca|타임|タイム"
    r"|^tid$|^zaman|^ora$|^godz|[\[(](s|sec|ms|us|µs|ns|с|мс)[\])]\s*$"
)
COUNTS_DOWN = re.compile(r"remain|count[ _-]?down|[ _]left\b|^left\b|restzeit|verbleib|restant|남은|残り|剩余")
TENTHS_OF_MS = 100_000  # Xsens counts so
MOST_FALLS = 2  # among the first rows, of a clock without a name: a counter that begins again and again is none
RATE_OFF = 0.2  # of a stated rate: one that is so far off is another unit's
HOUR_NS = 3600 * NS
LEAST_TIMES = 3  # of many rows: fewer do not tell their rate
NOON_NS = 12 * HOUR_NS
CHANGE_NS = NS  # a clock that is set an hour on leaps so near the full hour, and by so nearly an hour
HOUR_EDGE_NS = 10 * NS  # minutes and seconds begin again so near the hour


@dataclass(frozen=True, slots=True)
class Clock:
    """The clock of a table.

    The column, the kind of its cells, nanoseconds a unit (None: to be found); columns with whole seconds, minutes and
    hours beside it. counts_down: its name says that it shows the time left.
    """

    column: int
    kind: Cell
    scale_ns: int | None = None
    wholes: tuple[Whole, ...] = ()
    counts_down: bool = False

    @property
    def kinds(self) -> dict[int, Cell]:
        """The columns to parse, with the kind of each."""
        return {self.column: self.kind} | {one.column: one.kind for one in self.wholes}

    def nanoseconds(self, columns: Mapping[int, npt.NDArray[Any]]) -> Nanoseconds | None:
        """(T,) times, MISSING_NS where none was written; None where no unit makes sense of the numbers."""
        times = self._written_ns(columns)
        return _passed(times) if self.counts_down and times is not None else times

    def _written_ns(self, columns: Mapping[int, npt.NDArray[Any]]) -> Nanoseconds | None:
        parsed = columns[self.column]
        if self.wholes and self.scale_ns:
            parts = scaled(parsed, known_in(parsed), self.scale_ns)
            together = put_together(parts, self.wholes, columns)
            if together is not None:
                return _past_midnight(together)
        known = known_in(parsed)
        if self.kind == Cell.WHOLE:
            parsed = unwrapped(parsed)
        if known.sum() > 1 and len(np.unique(parsed[known])) < min(LEAST_TIMES, known.sum()):
            return None  # rounded away: of seconds since 1970 numbers of seven digits tell every 128th
        of_day = parsed if self.kind == Cell.CLOCK else day_ns(parsed, known)
        if of_day is not None:
            return _past_midnight(_over_clock_changes(of_day))
        scale = likely_scale(np.asarray(parsed[known], dtype=np.float64), self.scale_ns)
        return None if scale is None else scaled(since_then(parsed, known, scale), known, scale)


def find_clock(table: Table, preferred: Sequence[str] = ()) -> Clock | None:
    """The table's clock: a preferred column, else the best of those whose name, text or numbers show a time; None
    without one.
    """
    named = [column for name in preferred if (column := table.column(name)) is not None]
    clocks = [clock for column in named if (clock := _clock(table, column))] if named else named_clocks(table)
    if not clocks and table.headed:  # the index of a table, whose column has no name
        clocks = [clock for place in range(table.width) if (clock := _clock(table, place)) and clock.kind == Cell.CLOCK]
    elif not clocks:
        clocks = [clock for column in range(table.width) if (clock := _clock(table, column)) and _rising(table, clock)]
    best = max(clocks, key=lambda clock: worth(table, clock) + _told_apart(table, clock), default=None)
    return _with_wholes(table, best)


def named_clocks(table: Table) -> list[Clock]:
    """Every column whose name says that it is a time, and whose cells may be."""
    return [clock for place in range(table.width) if names_time(table, place) and (clock := _clock(table, place))]


def names_time(table: Table, column: int) -> bool:
    return TIME_WORD.search(table.header[column].lower()) is not None


def _with_wholes(table: Table, clock: Clock | None) -> Clock | None:
    """The clock, or the column with parts of its seconds, combined with the columns of whole units."""
    fraction = fraction_of_seconds(table)
    finest = _clock(table, fraction) if fraction is not None and (not clock or _is_whole(table, clock)) else clock
    wholes = wholes_beside(table, finest.column) if finest else ()
    return replace(finest, scale_ns=finest.scale_ns or NS, wholes=wholes) if finest and wholes else clock


def _is_whole(table: Table, clock: Clock) -> bool:
    """Whether the clock shows whole seconds, or is itself a part of one."""
    cells = [row[clock.column] for row in table.sample if row[clock.column]]
    if clock.kind == Cell.CLOCK:
        return not (read_cells(cells, Cell.CLOCK) % NS).any()
    return clock.kind == Cell.WHOLE and (
        clock.scale_ns is None or clock.scale_ns == NS or bool(wholes_beside(table, clock.column))
    )


def _told_apart(table: Table, clock: Clock) -> float:
    """Without a header any numbers may happen to rise; only a clock's text counts."""
    return 1.5 * (not table.headed and clock.kind == Cell.CLOCK)


def scaled_by_rate(table: Table, clock: Clock | None) -> Clock | None:
    """The clock with the unit in which its steps give the rate that the file states; unchanged where it states none."""
    if clock is None or table.rate_hz is None or clock.kind == Cell.CLOCK or clock.scale_ns is not None:
        return clock
    step = usual_step(np.abs(np.diff(_finite(table, clock))))
    fitting = [one for one in (*SCALES, TENTHS_OF_MS) if abs(step * one * table.rate_hz / NS - 1) < RATE_OFF]
    return replace(clock, scale_ns=fitting[0]) if fitting else clock


def _clock(table: Table, column: int) -> Clock | None:
    cells = [row[column] for row in table.sample if row[column]]
    down = COUNTS_DOWN.search(table.header[column].lower()) is not None
    if cells and all(is_clock(cell) for cell in cells):
        return Clock(column, Cell.CLOCK, counts_down=down)
    if not cells or sum(is_number(cell) for cell in cells) < 0.8 * len(cells):
        return None
    kind = Cell.WHOLE if all(is_whole(cell) for cell in cells) else Cell.NUMBER
    return Clock(column, kind, time_scale(table.header[column]), counts_down=down)


def _rising(table: Table, clock: Clock) -> bool:
    """Whether the numbers grow, and not as a count of rows."""
    if clock.kind == Cell.CLOCK:
        return True
    values = _finite(table, clock)
    steps = np.diff(unwrapped(values.astype(np.int64)) if clock.kind == Cell.WHOLE else values)
    falls = int((steps < 0).sum())
    return len(steps) > 0 and float(steps.sum()) > 0 and falls <= MOST_FALLS and not (steps == 1).all()


def worth(table: Table, clock: Clock) -> float:
    """A clock's rank: the finest first; then a count since 1970, which joins files; a count since the start; a clock's
    text.
    """
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


def _passed(times: Nanoseconds) -> Nanoseconds:
    """Time passed, from time left; unchanged where it grows, as on the clock of a left hand's sensor."""
    known = times != MISSING_NS
    left = times[known]
    if len(left) < 2 or np.median(np.diff(left)) >= 0:
        return times
    return np.where(known, left.max() - times, MISSING_NS)


def _over_clock_changes(times: Nanoseconds) -> Nanoseconds:
    """A local clock that jumps by an hour at a full hour was changed to or from summer time; the jump is removed."""
    known = np.flatnonzero(times != MISSING_NS)
    steps, times = np.diff(times[known]), times.copy()
    full = (times[known[:-1]] + CHANGE_NS) % HOUR_NS < CHANGE_NS
    changed = np.sign(steps) * (full & (np.abs(np.abs(steps) - HOUR_NS) < CHANGE_NS))
    times[known[1:]] -= np.cumsum(changed) * HOUR_NS
    return times


def _past_midnight(times: Nanoseconds) -> Nanoseconds:
    """Times of day without dates that fall back are continued: by half a day to the next day, from twelve to one to the
    other half of the day, from an hour's end to its beginning to the next hour.
    """
    known = np.flatnonzero(times != MISSING_NS)
    if not len(known) or abs(int(times[known[0]])) >= 2 * DAY_NS:
        return times
    steps, times = np.diff(times[known]), times.copy()
    hours = times[known] // HOUR_NS
    times[known] += np.concatenate(([0], np.cumsum((hours[:-1] == 12) & (hours[1:] == 1)))) * NOON_NS
    times[known] += np.concatenate(([0], np.cumsum(steps < -DAY_NS // 2))) * DAY_NS
    if int(times[known].max()) < HOUR_NS:
        times[known] += np.concatenate(([0], np.cumsum(steps < -HOUR_NS + HOUR_EDGE_NS))) * HOUR_NS
    return times
