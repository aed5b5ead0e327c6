"""Lines printed by microcontrollers and scripts, with labels, brackets or the monitor's clock around the numbers.

They are turned into tables, one for each set of labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from pipeline.sensors.cells import is_number
from pipeline.sensors.layout import FEWEST_NUMBERS, HEAD_LINES
from pipeline.sensors.limits import LIMITS
from pipeline.sensors.table import ColumnRows, Table

LONGEST_LINE = 500
LEAST_DRESSED = 0.6  # of the first lines: before them boards tell how they start
NUMBER = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
CLOCKS = (  # put before a line by the Arduino's monitor, "18:03:07.250 -> ", by others in brackets, "I (1234) imu: "
    ("time", re.compile(r"\s*(\d{1,2}:\d\d:\d\d(?:\.\d+)?)\s*->\s*(.*)")),
    ("time", re.compile(r"\s*\[((?:\d{4}-\d\d-\d\d[ T])?\d{1,2}:\d\d:\d\d(?:\.\d+)?)\]:?\s*(.*)")),
    ("time (ms)", re.compile(r"\s*[IWDEV] \((\d+)\) [\w-]+:\s*(.*)")),
)
BRACKETS = re.compile(r"\s*[\[(](.*)[\])],?;?\s*")
SENTENCE = re.compile(r"\s*\$\w+,(.*)\*[0-9A-Fa-f]{2}\s*")  # of NMEA's kind, with its sum
LABEL = re.compile(
    rf"([^\W\d_][\w ./-]{{0,30}}?)\s*[:=]\s*({NUMBER})(?![\d:])\s*"
    r"(m/s\^?2|m/s²|m/s/s|rad/s|deg/s|°/s|dps|mg|g|ms|us|µs|s)?(?![\w/])"
)
AXIS = re.compile(r"(.*?)[ ._-]*([xyzXYZ])")


@dataclass(frozen=True, slots=True)
class Line:
    """The names and cells of one line; dressed is False for one with nothing around its numbers."""

    names: tuple[str, ...]
    cells: tuple[str, ...]
    dressed: bool


def printed(name: str, text: str) -> list[Table]:
    """A table for each set of labels, in the order of their first lines; none where most lines are bare numbers."""
    lines = text.split("\n") if _looks_printed(text) else []
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for line in islice(_undressed(lines), LIMITS.rows):
        found.setdefault(line.names, []).append(line.cells)
    return [_table(name, names, cells) for names, cells in found.items() if len(cells) > 1]


def _looks_printed(text: str) -> bool:
    head = [line for line in islice(text[: HEAD_LINES * LONGEST_LINE].split("\n"), 2 * HEAD_LINES) if line.strip()]
    return sum(line.dressed for line in _undressed(head)) > LEAST_DRESSED * len(head) > 0


def _undressed(lines: Sequence[str]) -> Iterator[Line]:
    return (found for line in lines if len(line) < LONGEST_LINE and (found := _line(line)))


def _line(line: str) -> Line | None:
    """None for a line without three numbers."""
    names, cells, rest = next(
        (([name], [found[1]], found[2]) for name, pattern in CLOCKS if (found := pattern.fullmatch(line))),
        ([], [], line),
    )
    labels = LABEL.findall(rest)
    if len(labels) >= FEWEST_NUMBERS:
        return Line((*names, *_named(labels)), (*cells, *(number for _, number, _ in labels)), dressed=True)
    inner = BRACKETS.fullmatch(rest) or SENTENCE.fullmatch(rest)
    plain = re.sub(r"[\[\]()]", " ", inner[1]) if inner else rest
    numbers = re.split(r"[,;\s]+", plain.strip())
    if len(numbers) < FEWEST_NUMBERS or not all(map(is_number, numbers)):
        return None
    return Line((*names, *[""] * len(numbers)), (*cells, *numbers), dressed=bool(names or inner))


def _named(labels: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    """The labels as heads of columns: "Acc X: 1, Y: 2, Z: 3 g" are three axes of one sensor in one unit."""
    stems: list[tuple[str, str, str]] = []
    for name, _, unit in labels:
        axis = AXIS.fullmatch(name.strip())
        stem = (axis[1] or (stems[-1][0] if stems and stems[-1][1] else "")) if axis else name.strip()
        stems.append((stem, axis[2] if axis else "", unit))
    units = {stem: unit for stem, letter, unit in stems if unit and letter}
    for stem, letter, own in stems:
        unit = own or (units.get(stem, "") if letter else "")
        yield f"{stem} {letter}".strip() + (f" ({unit})" if unit else "")


def _table(name: str, names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Table:
    return Table(name, names, tuple(rows[:HEAD_LINES]), ColumnRows(tuple(zip(*rows, strict=True))))
