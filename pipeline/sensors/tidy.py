"""Turn tables with one value a row ("time, sensor, axis, value") into a table a sensor.

The axis of a row stands in one column of words ("acc_x"), or in two ("accelerometer", "x").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from pipeline.errors import LogTooLarge
from pipeline.sensors.cells import is_clock, is_number
from pipeline.sensors.headers import heading, unit_of
from pipeline.sensors.layout import HEAD_LINES, SEPARATORS
from pipeline.sensors.limits import LIMITS
from pipeline.sensors.table import ColumnRows, Table, split_row
from pipeline.sensors.timebase import TIME_WORD

WIDTHS = range(3, 8)  # columns of such a table
VALUE = re.compile(r"^(?:value|val|reading|measurement|data|acc\w*|wert|valor|값|측정값)\b", re.IGNORECASE)
AXIS = re.compile(r"^(?:axis|achse|component|channel|dim\w*|index|축)$", re.IGNORECASE)
MOST_KEYS = 40  # words that tell whose row it is; more are labels of something else
SAMPLE_ROWS = 400
FEWEST_ROWS = 12
LONGEST_HEAD = 500


@dataclass(frozen=True, slots=True)
class _Layout:
    """Indices of the columns: time, value, the words that tell the axis, and the unit's, if any."""

    time: int
    value: int
    words: tuple[int, ...]
    unit: int | None


def tidy(name: str, text: str) -> list[Table]:
    """A table for each sensor with three axes; none where the text does not have one value a row. Raises
    LogTooLarge.
    """
    head = text[:LONGEST_HEAD].partition("\n")[0]
    separator = next((one for one in SEPARATORS if head.count(one) + 1 in WIDTHS), None)
    names = split_row(head, separator) if separator else []
    if separator is None or sum(VALUE.match(word) is not None for word in names) != 1 or any(map(is_number, names)):
        return []
    lines = text.split("\n")[1:]
    drawn = sorted(Random(0).sample(range(len(lines)), min(SAMPLE_ROWS, len(lines))))  # an even step may meet one axis
    found = _layout(names, list(_rows((lines[place] for place in drawn), separator, len(names))))
    if found and len(text) > LIMITS.json_bytes:  # cell by cell it takes as much as json does
        raise LogTooLarge(limit_mb=LIMITS.json_bytes // 1_000_000)
    return list(_tables(name, names, _rows(lines, separator, len(names)), found)) if found else []


def _rows(lines: Iterable[str], separator: str, width: int) -> Iterator[Sequence[str]]:
    """Their cells, of those that have as many as there are names."""
    parted = (split_row(line, separator) if '"' in line else line.split(separator) for line in lines)
    return ([cell.strip() for cell in cells] for cells in parted if len(cells) == width)


def _layout(names: Sequence[str], sample: Sequence[Sequence[str]]) -> _Layout | None:
    if len(sample) < FEWEST_ROWS:
        return None
    columns = dict(enumerate(zip(*sample, strict=True)))
    times = [place for place, cells in columns.items() if TIME_WORD.search(names[place].lower()) and _tell_time(cells)]
    values = [place for place, cells in columns.items() if place not in times and _are_values(names[place], cells)]
    if not times or len(values) != 1:
        return None
    kinds = {place: set(cells) for place, cells in columns.items() if place not in (*times, *values)}
    unit = next((place for place, cells in kinds.items() if all(map(unit_of, cells))), None)
    words = tuple(place for place, cells in kinds.items() if place != unit and len(cells) > 1)
    if any(len(kinds[place]) > MOST_KEYS for place in words):
        return None
    layout = _Layout(times[0], values[0], words, unit)
    axes = {_key(names, row, layout)[1] for row in sample}
    return layout if {"x", "y", "z"} <= axes else None


def _tell_time(cells: Sequence[str]) -> bool:
    return all(is_number(cell) or is_clock(cell) for cell in cells)


def _are_values(name: str, cells: Sequence[str]) -> bool:
    return VALUE.match(name) is not None and sum(map(is_number, cells)) > 0.8 * len(cells)


def _key(names: Sequence[str], row: Sequence[str], layout: _Layout) -> tuple[str, str]:
    """The sensor and the axis ("" for none) that the words of a row tell."""
    words = [row[place] for place in layout.words]
    numbered = [place for place in layout.words if AXIS.match(names[place]) and row[place] in ("0", "1", "2")]
    if numbered:
        rest = [row[place] for place in layout.words if place not in numbered]
        return " ".join(rest), "xyz"[int(row[numbered[0]])]
    order = sorted(words, key=lambda word: word.lower() in ("x", "y", "z"))
    head = heading(" ".join(order))
    return head.stem, head.axis


def _tables(name: str, names: Sequence[str], rows: Iterable[Sequence[str]], layout: _Layout) -> Iterator[Table]:
    """A table for each sensor that has samples of three axes."""
    samples, units = _samples(names, rows, layout)
    for sensor, found in samples.items():
        whole = [(at, *(axes[axis] for axis in "xyz")) for (at, _), axes in found.items() if len(axes) == 3]
        if len(whole) > 1:
            stem = sensor or names[layout.value]
            unit = f" ({units[sensor]})" if sensor in units else ""
            header = (names[layout.time], *(f"{stem} {axis}{unit}".strip() for axis in "xyz"))
            yield Table(name, header, tuple(whole[:HEAD_LINES]), ColumnRows(tuple(zip(*whole, strict=True))))


def _samples(
    names: Sequence[str], rows: Iterable[Sequence[str]], layout: _Layout
) -> tuple[dict[str, dict[tuple[str, int], dict[str, str]]], dict[str, str]]:
    """Each sensor's values by axis, time and, where several rows share a time, number; and each sensor's unit."""
    samples: dict[str, dict[tuple[str, int], dict[str, str]]] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    units: dict[str, str] = {}
    keys: dict[tuple[str, ...], tuple[str, str]] = {}
    for row in rows:
        words = tuple(row[place] for place in layout.words)
        if words not in keys:
            keys[words] = _key(names, row, layout)
        (sensor, axis), at = keys[words], row[layout.time]
        if axis:
            samples.setdefault(sensor, {}).setdefault((at, seen[sensor, axis, at]), {})[axis] = row[layout.value]
            seen[sensor, axis, at] += 1
            if layout.unit is not None:
                units.setdefault(sensor, row[layout.unit])
    return samples, units
