"""Tables with the unit in every cell ("0.12 g", "20 ms"): move the units to the head of their column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

SEPARATORS = (";", "\t", ",")
HEAD_CHARS = 40_000
HEAD_LINES = 40
FEWEST = 3  # cells of a row that bear a unit: the axes of one sensor
LEAST_LINES = 3
LONGEST_CELL = 40
NUMBER = r"([-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[-+]?\d+)?)"
CELL = re.compile(
    NUMBER + r"\s{0,2}((?:[cm]?m|ft)/s(?:\^?2|²|/s)|rad/s|deg/s|°/s|dps|mg|g|ms|us|µs|ns|sec|s)",
    re.IGNORECASE,
)
Units = tuple[str, ...]


def without_units(text: str) -> str:
    """The text with bare numbers, and units after the names of columns; unchanged where cells bear no units."""
    head = list(islice((line for line in text[:HEAD_CHARS].split("\n") if line.strip()), HEAD_LINES))
    for separator in SEPARATORS:
        found = Counter(units for line in head if sum(map(bool, units := _units(line.split(separator)))) >= FEWEST)
        if found and found.most_common(1)[0][1] >= LEAST_LINES:
            return _undressed(text, separator, found.most_common(1)[0][0])
    return text


def _units(cells: Sequence[str]) -> Units:
    matches = (CELL.fullmatch(cell.strip(' "')) if len(cell) < LONGEST_CELL else None for cell in cells)
    return tuple(found[2] if found else "" for found in matches)


def _undressed(text: str, separator: str, units: Units) -> str:
    """Rows with these units as numbers, others unchanged; the row of names above the first of them with units."""
    cells = (
        rf'[ "]{{0,3}}{NUMBER} {{0,2}}{re.escape(unit)}[ "]{{0,3}}' if unit else rf"([^\n{separator}]*)"
        for unit in units
    )
    row = re.compile("^" + separator.join(cells) + "$", re.MULTILINE)
    first = row.search(text)
    if first is None:
        return text
    above, rows = text[: first.start()].rstrip("\n"), text[first.start() :]
    head, _, last = above.rpartition("\n")
    names = last.split(separator)
    if len(names) == len(units):
        last = separator.join(map(_named, names, units))
    bare = row.sub(separator.join(f"\\{number}" for number in range(1, len(units) + 1)), rows)
    return "\n".join(part for part in (head, last, bare) if part)


def _named(name: str, unit: str) -> str:
    plain = name.strip().strip('"')
    return f"{plain} ({unit})" if unit and not re.search(r"[(\[]", plain) else name
