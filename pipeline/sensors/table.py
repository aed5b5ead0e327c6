"""A text of rows as columns of numbers: the separator, the decimal sign and the header are found, not assumed."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from pipeline.errors import GarbledRows
from pipeline.sensors.channels import NS, Nanoseconds
from pipeline.sensors.limits import LIMITS
from pipeline.values import Array

SEPARATORS = (";", "\t", ",", "|")
BLOCK_CHARS = 4_000_000  # rows are parsed so many characters at a time: lists of cells take ten times the text
HEAD_LINES = 60
MISSING_NS = np.iinfo(np.int64).min
CLOCK = re.compile(
    r"^\s*(?:(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T _]+)?(\d{1,2})[:](\d{2}):(\d{2})(?:[.,:](\d{1,9}))?\s*([AaPp][Mm])?"
)

Parser = Callable[[Sequence[str]], npt.NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one file. header has one name a column, "" each where the file has none; sample are its first rows."""

    name: str
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    body: str
    start: int
    separator: str
    decimal_comma: bool
    quoted: bool

    @property
    def width(self) -> int:
        return len(self.header)

    @property
    def headed(self) -> bool:
        return any(self.header)

    def column(self, *names: str) -> int | None:
        """Where the first of these names stands, letter case and brackets aside."""
        plain = [re.sub(r"\s*[\(\[].*", "", name).strip().lower() for name in self.header]
        return next((plain.index(name) for name in names if name in plain), None)

    def parse(self, parsers: Mapping[int, Parser]) -> dict[int, npt.NDArray[Any]]:
        """The columns asked for, of the rows that have as many cells as the header: all of the same length.

        Raises GarbledRows where most rows have not.
        """
        parts: dict[int, list[npt.NDArray[Any]]] = {column: [] for column in parsers}
        kept = lost = 0
        for rows in self._blocks():
            cells, count, dropped = self._cells(rows, tuple(parsers))
            kept, lost = kept + count, lost + dropped
            for column, parser in parsers.items():
                parts[column].append(parser(cells[column]))
            if kept > LIMITS.rows:
                break
        if lost > max(kept, 1):
            raise GarbledRows(percent=round(100 * lost / (kept + lost)))
        return {column: np.concatenate(found) if found else np.empty(0) for column, found in parts.items()}

    def _blocks(self) -> Iterator[list[str]]:
        at = self.start
        while at < len(self.body):
            stop = self.body.find("\n", min(at + BLOCK_CHARS, len(self.body)))
            stop = len(self.body) if stop < 0 else stop
            yield self.body[at:stop].split("\n")
            at = stop + 1

    def _cells(self, rows: list[str], columns: Sequence[int]) -> tuple[dict[int, list[str]], int, int]:
        width = self.width
        if self.quoted:
            split = [row for row in csv.reader(rows, delimiter=self.separator) if row]
            good = [row for row in split if len(row) == width]
            picked = {column: [row[column] for row in good] for column in columns}
            dropped = len(split) - len(good)
        else:
            good_rows = [row for row in rows if row.count(self.separator) == width - 1]
            flat = self.separator.join(good_rows).split(self.separator) if good_rows else []
            picked = {column: flat[column::width] for column in columns}
            good, dropped = good_rows, sum(1 for row in rows if row.strip()) - len(good_rows)  # type: ignore[assignment]
        if self.decimal_comma:
            picked = {column: [cell.replace(",", ".") for cell in cells] for column, cells in picked.items()}
        return picked, len(good), dropped


def table(name: str, text: str) -> Table | None:
    """The text as a table, or None where it is none: less than two columns, or no rows of numbers."""
    lines = _head_lines(text)
    for separator in SEPARATORS:
        found = _with_separator(name, text, lines, separator)
        if found:
            return found
    return None


def numbers(cells: Sequence[str]) -> Array:
    """One number a cell, NaN where it holds none."""
    try:
        return np.array(list(map(float, cells)), dtype=np.float64)
    except ValueError:
        return np.array([_number(cell) for cell in cells], dtype=np.float64)


def whole_numbers(cells: Sequence[str]) -> Nanoseconds:
    """Integers kept exactly; MISSING_NS where a cell holds none."""
    try:
        return np.array(list(map(int, cells)), dtype=np.int64)
    except (ValueError, OverflowError):
        return np.array([_whole(cell) for cell in cells], dtype=np.int64)


def clock_texts(cells: Sequence[str]) -> Nanoseconds:
    """Times of day, with their date where there is one, in nanoseconds; MISSING_NS where a cell holds none."""
    return np.array([_clock_ns(cell) for cell in cells], dtype=np.int64)


def is_number(cell: str) -> bool:
    return bool(np.isfinite(_number(cell)))


def is_clock(cell: str) -> bool:
    return CLOCK.match(cell) is not None


def _head_lines(text: str) -> list[tuple[int, str]]:
    """The first lines that are not blank, each with where it starts."""
    found: list[tuple[int, str]] = []
    at = 0
    while at < len(text) and len(found) < HEAD_LINES:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if text[at:stop].strip():
            found.append((at, text[at:stop]))
        at = stop + 1
    return found


def _with_separator(name: str, text: str, lines: list[tuple[int, str]], separator: str) -> Table | None:
    rows = [next(csv.reader([line], delimiter=separator), []) for _, line in lines]
    rows = [[cell.strip() for cell in row] for row in rows]
    widths = Counter(len(row) for row in rows if _numeric(row, separator))
    if not widths:
        return None
    width = widths.most_common(1)[0][0]
    first = next(i for i, row in enumerate(rows) if len(row) == width and _numeric(row, separator))
    header = rows[first - 1] if first else []
    named = len(header) == width
    sample = [row for row in rows[first:] if len(row) == width]
    comma = separator != "," and any("," in cell for row in sample for cell in row if not is_clock(cell))
    comma = comma or (separator == "," and any("," in cell for row in sample for cell in row if not is_clock(cell)))
    return Table(
        name=name,
        header=tuple(header) if named else ("",) * width,
        sample=tuple(tuple(cell.replace(",", ".") if comma else cell for cell in row) for row in sample),
        body=text,
        start=lines[first][0],
        separator=separator,
        decimal_comma=comma,
        quoted='"' in "".join(line for _, line in lines[first:]),
    )


def _numeric(row: Sequence[str], separator: str) -> bool:
    """Three numbers or more: a row of a log, and no header of anything."""
    return 3 <= len(row) <= LIMITS.fields and sum(is_number(cell.replace(",", ".")) for cell in row) >= 3


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return float("nan")


def _whole(cell: str) -> int:
    try:
        found = int(cell)
    except ValueError:
        value = _number(cell)
        found = int(value) if abs(value) < 2**62 else MISSING_NS
    return found if abs(found) < 2**62 else MISSING_NS


@lru_cache(maxsize=64)
def _day(year: str, month: str, day: str) -> int:
    try:
        return date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return 0


def _clock_ns(cell: str) -> int:
    found = CLOCK.match(cell)
    if not found:
        return MISSING_NS
    year, month, day, hour, minute, second, part, half = found.groups()
    hours = int(hour) % 12 + (12 if half.lower() == "pm" else 0) if half else int(hour)
    days = _day(year, month, day) - date(1970, 1, 1).toordinal() if year else 0
    whole_s = ((days * 24 + hours) * 60 + int(minute)) * 60 + int(second)
    return whole_s * NS + (int(part) * 10 ** (9 - len(part)) if part else 0)
