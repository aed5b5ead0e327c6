"""Columns of numbers from a file of rows, whether it is a text or already columns."""

from __future__ import annotations

import csv
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from pipeline.errors import GarbledRows
from pipeline.sensors.cells import Cell, measured, read_cells
from pipeline.sensors.limits import LIMITS

BLOCK_CHARS = 4_000_000  # rows are parsed so many characters at a time: lists of cells take ten times the text
GARBLED_SHARE = 0.5
LONGEST_NAME = 80  # of a column; patterns are looked for in it, so it must not be endless
Columns = dict[int, npt.NDArray[Any]]
FAST = {Cell.NUMBER: "f8", Cell.WHOLE: "i8"}


@dataclass(frozen=True, slots=True)
class Block:
    """The requested columns of some rows, and how many of those rows had another number of cells."""

    columns: Columns
    rows: int
    dropped: int


class Rows(Protocol):
    """Storage of a table's cells."""

    def blocks(self, kinds: Mapping[int, Cell], width: int) -> Iterator[Block]: ...


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one file. header: one name a column, "" each where the file has none; sample: its first rows.

    rate_hz: the rate that the lines above the header state, if any.
    """

    name: str
    header: tuple[str, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: Rows
    rate_hz: float | None = None

    @property
    def width(self) -> int:
        return len(self.header)

    @property
    def headed(self) -> bool:
        return any(self.header)

    def column(self, *names: str) -> int | None:
        """Index of the column with the first of these names that exists, ignoring case and brackets; None where none
        does.
        """
        plain = [re.sub(r"\s*[\(\[].*", "", name).strip().lower() for name in self.header]
        return next((plain.index(name) for name in names if name in plain), None)

    def parse(self, kinds: Mapping[int, Cell]) -> Columns:
        """The requested columns, of rows with as many cells as the header: all of the same length.

        Reads no more rows than the limit and one block. Raises GarbledRows where most rows do not fit.
        """
        blocks: list[Block] = []
        count = 0
        for block in self.rows.blocks(kinds, self.width):
            blocks.append(block)
            count += block.rows
            if count > LIMITS.rows:
                break
        dropped = sum(block.dropped for block in blocks)
        if dropped > GARBLED_SHARE * (count + dropped):
            raise GarbledRows(percent=round(100 * dropped / (count + dropped)))
        return {
            column: measured(np.concatenate([block.columns[column] for block in blocks] or [read_cells([], kind)]))
            for column, kind in kinds.items()
        }


@dataclass(frozen=True, slots=True)
class TextRows:
    """Rows as lines of a text from `start` on.

    comma: what a comma within a cell means, "." or "" (between thousands); None where there is none.
    """

    body: str
    start: int
    separator: str
    comma: str | None
    quoted: bool

    def blocks(self, kinds: Mapping[int, Cell], width: int) -> Iterator[Block]:
        at = self.start
        while at < len(self.body):
            stop = self.body.find("\n", min(at + BLOCK_CHARS, len(self.body)))
            stop = len(self.body) if stop < 0 else stop
            text = self.body[at:stop]
            lines = self._uncommaed(text).split("\n") if self.separator != "," else text.split("\n")
            yield self._quoted(lines, kinds, width) if self.quoted else self._plain(lines, kinds, width)
            at = stop + 1

    def _uncommaed(self, text: str) -> str:
        return text if self.comma is None else text.replace(",", self.comma)

    def _plain(self, lines: list[str], kinds: Mapping[int, Cell], width: int) -> Block:
        good = [line for line in lines if line.count(self.separator) == width - 1]
        dropped = sum(1 for line in lines if line.strip()) - len(good) if len(good) < len(lines) else 0
        return Block(_fast(good, self.separator, kinds) or self._slow(good, kinds, width), len(good), dropped)

    def _slow(self, lines: list[str], kinds: Mapping[int, Cell], width: int) -> Columns:
        cells = self.separator.join(lines).split(self.separator) if lines else []
        return {column: read_cells(cells[column::width], kind) for column, kind in kinds.items()}

    def _quoted(self, lines: list[str], kinds: Mapping[int, Cell], width: int) -> Block:
        rows = [row for row in _csv_rows(lines, self.separator) if row]
        good = [row for row in rows if len(row) == width]
        cells = {column: [row[column] for row in good] for column in kinds}
        cells = {column: [self._uncommaed(cell) for cell in found] for column, found in cells.items()}
        columns = {column: read_cells(cells[column], kind) for column, kind in kinds.items()}
        return Block(columns, len(good), len(rows) - len(good))


@dataclass(frozen=True, slots=True)
class ColumnRows:
    """Cells that a file stores by column (json): equally many in each."""

    cells: tuple[Sequence[Any], ...]

    def blocks(self, kinds: Mapping[int, Cell], width: int) -> Iterator[Block]:
        texts = {column: [as_text(cell) for cell in self.cells[column]] for column in kinds}
        columns = {column: read_cells(texts[column], kind) for column, kind in kinds.items()}
        yield Block(columns, len(self.cells[0]) if width else 0, 0)


def as_text(value: Any) -> str:
    """A json value as a table's cell would write it."""
    return value if isinstance(value, str) else "" if value is None else repr(value)


def split_row(line: str, separator: str) -> list[str]:
    """The cells of one line, without quotes and blanks."""
    return [cell.strip() for cell in next(_csv_rows([line], separator), [])]


def _csv_rows(lines: Sequence[str], separator: str) -> Iterator[list[str]]:
    """Rows as the csv module parses them; empty for one that it cannot parse."""
    reader = csv.reader(lines, delimiter=separator, skipinitialspace=True)
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except csv.Error:  # a cell beyond the module's limit of 131 072 characters
            yield []


def _fast(lines: list[str], separator: str, kinds: Mapping[int, Cell]) -> Columns | None:
    """NumPy's own parser, three times as fast; None where a cell is not of the column's kind."""
    if not lines or any(kind not in FAST for kind in kinds.values()):
        return None
    layout = np.dtype([(str(column), FAST[kind]) for column, kind in kinds.items()])
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # a fraction among whole numbers is only warned of
            found = np.loadtxt(lines, layout, comments=None, delimiter=separator, usecols=list(kinds), ndmin=1)
    except (ValueError, Warning):
        return None
    return {column: np.ascontiguousarray(found[str(column)]) for column in kinds}
