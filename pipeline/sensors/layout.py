"""Find the layout of a text table (separator, decimal sign, header) in its first lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipeline.errors import GarbledRows
from pipeline.sensors.cells import is_clock, is_number
from pipeline.sensors.limits import LIMITS
from pipeline.sensors.table import LONGEST_NAME, Table, TextRows, split_row

SEPARATORS = (";", "\t", ",", "|")
HEAD_LINES = 80  # the longest preamble known (GENEActiv) has under sixty
LONGEST_LINE = 100_000  # 2000 columns of fifty characters
FEWEST_NUMBERS = 3
THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
COMMENTS = ("#", "%", "//")
# "// Update Rate: 100.0Hz", "Sampling frequency = 50", "date format M/d/yyyy at 100 Hz"
RATE = re.compile(r"(?:rate|frequency)[^\d\n]{0,12}(\d{1,4}(?:\.\d+)?)\b|\bat (\d{1,4}(?:\.\d+)?) ?hz", re.IGNORECASE)
RATES_HZ = (1.0, 2000.0)  # that are believed
QUANTITY = re.compile(r"\d+(?:\.\d+)? ?(?:k?hz|s|ms)|", re.IGNORECASE)  # of a rate or a period, which names nothing

Lines = list[tuple[int, str]]


def table(name: str, text: str) -> Table | None:
    """The text as a table; None where no separator gives rows of three numbers or more.

    Raises GarbledRows where the rows have more cells than the header above them.
    """
    lines = _head_lines(text)
    if lines and all("," in line and line.rstrip().find(";") == len(line.rstrip()) - 1 for _, line in lines):
        text = re.sub(r";[ \r]*(?=\n|$)", "", text)  # rows of cells between commas, each ended with a semicolon
        lines = _head_lines(text)
    for separator in SEPARATORS:
        found = _with_separator(name, text, lines, separator)
        if found:
            return found
    if any(len(line.split()) >= FEWEST_NUMBERS for _, line in lines):
        spaced = "\n".join("\t".join(line.split()) for line in text.split("\n"))
        return _with_separator(name, spaced, _head_lines(spaced), "\t")
    return None


def _head_lines(text: str, at: int = 0) -> Lines:
    """The first lines from `at` on that are not blank, each with its position."""
    found: Lines = []
    while at < len(text) and len(found) < HEAD_LINES:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        if stop - at > LONGEST_LINE:
            return found
        if text[at:stop].strip():
            found.append((at, text[at:stop]))
        at = stop + 1
    return found


def _with_separator(name: str, text: str, lines: Lines, separator: str) -> Table | None:
    rows = [split_row(line, separator) for _, line in lines]
    widths = Counter(len(row) for row in rows if _numeric(row))
    if not widths:
        return None
    width = widths.most_common(1)[0][0]
    first = next(place for place, row in enumerate(rows) if len(row) == width and _numeric(row))
    below = _head_lines(text, lines[first][0])
    sample = [row for _, line in below if len(row := split_row(line, separator)) == width]
    if separator == "," and _split_at_decimals(sample, width):
        raise GarbledRows(percent=100)
    comma = _comma(sample)
    return Table(
        name=name,
        header=tuple(cell[:LONGEST_NAME] for cell in _header(rows[:first], width, sample)),
        sample=tuple(tuple(cell if comma is None else cell.replace(",", comma) for cell in row) for row in sample),
        rows=TextRows(text, lines[first][0], separator, comma, any('"' in line for _, line in lines[first:])),
        rate_hz=_stated_rate_hz(line for (_, line), row in zip(lines[:first], rows, strict=False) if not _names(row)),
    )


def _comma(sample: Sequence[Sequence[str]]) -> str | None:
    """What a comma within a cell means: "." for a decimal sign, "" between thousands, None where there is none.

    Thousands, where every cell with a comma could be some, and others of its column have less than a thousand, or a
    cell has two commas.
    """
    with_comma = [cell for row in sample for cell in row if "," in cell and not is_clock(cell)]
    if not with_comma:
        return None
    if not all(THOUSANDS.fullmatch(cell) for cell in with_comma):
        return "."
    columns = [cells for cells in zip(*sample, strict=True) if any("," in cell for cell in cells)]
    below = all(any(re.fullmatch(r"\d{1,3}", cell) for cell in cells) for cells in columns)
    return "" if below or any(cell.count(",") > 1 for cell in with_comma) else "."


def _split_at_decimals(sample: Sequence[Sequence[str]], width: int) -> bool:
    """Whether decimal commas between separating commas split the numbers, so that the columns cannot be told.

    Three columns or more hold digits alone, as many in every row, some with a leading zero.
    """
    columns = [[row[place] for row in sample] for place in range(width)]
    alike = [cells for cells in columns if all(map(str.isdigit, cells)) and len({*map(len, cells)}) == 1]
    parts = sum(len(cells[0]) > 1 and any(cell.startswith("0") for cell in cells) for cells in alike)
    return parts >= FEWEST_NUMBERS


def _stated_rate_hz(preamble: Iterable[str]) -> float | None:
    """The first rate stated above the header; None where there is none."""
    told = (float(found.group(1) or found.group(2)) for line in preamble if (found := RATE.search(line)))
    return next((rate_hz for rate_hz in told if RATES_HZ[0] <= rate_hz <= RATES_HZ[1]), None)


def _header(above: Sequence[Sequence[str]], width: int, sample: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The names of the columns, with a row of units under them put in brackets; "" each where there are none."""
    fitted = [_fitted(row, width, sample) for row in _naming(above, width)]
    if not fitted:
        return ("",) * width
    last = fitted[-1]
    if last is None:
        raise GarbledRows(percent=100)
    over = fitted[-2] if len(fitted) > 1 else None
    if over and all(len(cell) <= 8 for cell in last) and not any(cell.lower() in ("x", "y", "z") for cell in last):
        units = [re.sub(r"[()\[\]]", "", unit) for unit in last]  # Shimmer writes m/(s^2)
        return tuple(f"{name} ({unit})" if unit else name for name, unit in zip(over, units, strict=True))
    return tuple(last)


def _naming(above: Iterable[Sequence[str]], width: int) -> Iterator[Sequence[str]]:
    """The rows that may name columns; a commented one only where it has a name for each."""
    for row in above:
        if not row or not row[0].startswith(COMMENTS):
            plain = row
        else:
            first = row[0].lstrip("#%/ ")
            plain = [first, *row[1:]] if first else row[1:]
            if len(plain) != width:
                continue
        if _names(plain):
            yield plain


def _names(row: Sequence[str]) -> bool:
    """Whether a row may name columns."""
    named = any(re.search(r"[^\W\d]", cell) for cell in row)
    return len(row) >= FEWEST_NUMBERS and named and not all(map(QUANTITY.fullmatch, row))


def _fitted(row: Sequence[str], width: int, sample: Sequence[Sequence[str]]) -> list[str] | None:
    """The names, one a column, where an empty cell ends the rows or row numbers begin them; None where they do
    not fit.
    """
    if len(row) == width:
        return list(row)
    if len(row) == width + 1 and not row[-1]:
        return list(row[:-1])
    if len(row) == width - 1 and not any(cells[-1] for cells in sample):
        return [*row, ""]
    if len(row) == width - 1 and [cells[0] for cells in sample[:2]] in (["0", "1"], ["1", "2"]):
        return ["", *row]
    return None


def _numeric(row: Sequence[str]) -> bool:
    """Whether this is a row of a log, not a header."""
    found = sum(is_number(cell.replace(",", ".")) for cell in row) if len(row) <= LIMITS.fields else 0
    return found >= FEWEST_NUMBERS
