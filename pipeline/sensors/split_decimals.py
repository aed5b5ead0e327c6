"""Repair numbers with decimal commas between separating commas ("0,020,-1,250,9,810"), where a header tells their
number.

Programs that write commas themselves do so in countries with decimal commas.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

FEWEST_PARTS = 3  # digits after a comma that may begin with a zero, as no whole number does
MOST_NAMES = 12
HEAD_CHARS = 8192  # in which the columns are told apart
WHOLE, DECIMAL = r"[ \t]*(-?\d+)[ \t]*", r"[ \t]*(-?\d+),(\d+)[ \t]*"


def with_points(text: str) -> str:
    """The text with decimal points; unchanged where there are no decimal commas, or it is not sure which they are."""
    head, *below = text[: text.rfind("\n", 0, HEAD_CHARS) + 1].lstrip().split("\n")
    names, rows = head.count(",") + 1, [row.strip().split(",") for row in below if row.strip()]
    if not re.search(r"[^\W\d_]", head) or not 2 < names <= MOST_NAMES or not rows or ";" in head or '"' in head:
        return text
    width = len(rows[len(rows) // 2])
    alike = [row for row in rows if len(row) == width]
    if not names < width <= 2 * names or 2 * len(alike) < len(rows):
        return text
    tried = (_kinds(names, whole) for whole in combinations(range(names), 2 * names - width))
    fitting = [kinds for kinds in tried if _fits(kinds, alike)]
    if len(fitting) != 1:
        return text
    cells = [DECIMAL if decimal else WHOLE for decimal in fitting[0]]
    line = re.compile("^" + ",".join(cells) + r"\r?$", re.MULTILINE)
    return line.sub(lambda row: _joined(fitting[0], row.groups()), text)


def _kinds(names: int, whole: Sequence[int]) -> tuple[bool, ...]:
    return tuple(place not in whole for place in range(names))


def _fits(kinds: Sequence[bool], rows: Sequence[Sequence[str]]) -> bool:
    """Whether what would be decimals is digits alone, as many in every row, sometimes with a leading zero."""
    at, parts = -1, 0
    for decimal in kinds:
        at += 1 + decimal
        behind = [row[at] for row in rows]
        if decimal and not (all(map(str.isdigit, behind)) and len({*map(len, behind)}) == 1):
            return False
        parts += decimal and any(len(cell) > 1 and cell[0] == "0" for cell in behind)
    return parts >= FEWEST_PARTS


def _joined(kinds: Sequence[bool], groups: Sequence[str]) -> str:
    left = iter(groups)
    return ",".join(f"{next(left)}.{next(left)}" if decimal else next(left) for decimal in kinds)
