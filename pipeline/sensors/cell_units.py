"""Tables that write the unit into every cell ("0.12 g", "20 ms"): the units are moved to the head of their column."""

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
CELL = re.compile(
    r"([-+]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[-+]?\d+)?)\s{0,2}"
    r"(m/s\^?2|m/s²|m/s/s|rad/s|deg/s|°/s|dps|mg|g|ms|us|µs|ns|sec|s)",
    re.IGNORECASE,
)
Units = tuple[str, ...]


def without_units(text: str) -> str:
    """The text with bare numbers, and the units after the names of the columns; as it is where cells bear none."""
    head = list(islice((line for line in text[:HEAD_CHARS].split("\n") if line.strip()), HEAD_LINES))
    for separator in SEPARATORS:
        found = Counter(units for line in head if sum(map(bool, units := _units(line.split(separator)))) >= FEWEST)
        if found and found.most_common(1)[0][1] >= LEAST_LINES:
            return _undressed(text, separator, found.most_common(1)[0][0])
    return text


def _units(cells: Sequence[str]) -> Units:
    return tuple(found[2] if (found := _with_unit(cell)) else "" for cell in cells)


def _with_unit(cell: str) -> re.Match[str] | None:
    return CELL.fullmatch(cell.strip(' "')) if len(cell) < LONGEST_CELL else None


def _undressed(text: str, separator: str, units: Units) -> str:
    """Rows of these units as numbers; the row of names above the first of them with its units."""
    lines = text.split("\n")
    bare = [_bare(line.split(separator), units) for line in lines]
    first = next(place for place, cells in enumerate(bare) if cells)
    above = [place for place in range(first) if lines[place].strip()]
    if above and len(names := lines[above[-1]].split(separator)) == len(units):
        lines[above[-1]] = separator.join(map(_named, names, units))
    return "\n".join(separator.join(cells) if cells else line for line, cells in zip(lines, bare, strict=True))


def _bare(cells: Sequence[str], units: Units) -> list[str] | None:
    """The cells without their units; None for a row of other ones."""
    if _units(cells) != units:
        return None
    return [match[1] if (match := _with_unit(cell)) else cell for cell in cells]


def _named(name: str, unit: str) -> str:
    plain = name.strip().strip('"')
    return f"{plain} ({unit})" if unit and not re.search(r"[(\[]", plain) else name
