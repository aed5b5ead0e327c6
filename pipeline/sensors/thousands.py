"""Remove thousands separators from numbers, as spreadsheets write them ("1.234,56", "1,234.56", "1'234.56")."""

from __future__ import annotations

import re
from functools import partial

EDGES = ';\t|"'  # between cells that may hold a comma
# The signs between thousands; that before decimals, where a cell with both, or one with decimals that are no three, has
# to show that the first are no decimal signs; what stands before a cell.
STYLES = (
    (".", ",", f"^|[{EDGES}]"),
    (",", ".", f"[{EDGES}]"),
    ("'\u2019", "", f"^|[,{EDGES}]"),
    ("\u00a0\u202f", "", f"^|[{EDGES}]"),
)


def without_thousands(text: str) -> str:
    """The text with plain numbers; unchanged where no cell surely has separators."""
    below = text.find("\n")  # names may hold any sign

    def stands(signs: str) -> bool:
        return any(text.find(sign, below) >= 0 for sign in signs)

    for signs, decimal, before in STYLES:
        if not stands(signs) or (decimal and not (stands(decimal) and stands(EDGES))):
            continue
        begin, end = f"({before})", f"(?={before.replace('^', '$')}|\n)"
        number = rf"(\s?-?\d{{1,3}}(?:[{signs}]\d{{3}})+)"
        cell = re.compile(rf"{begin}{number}(?=[.,]\d|{end})", re.MULTILINE)
        told = (rf"{number}[{decimal}]\d+", rf"\s?-?\d+[{decimal}](?:\d\d?|\d{{4,}})") if decimal else ()
        sure = not told or any(re.search(begin + one + end, text, re.MULTILINE) for one in told)
        if sure and cell.search(text):
            return cell.sub(partial(_bare, signs), text)
    return text


def _bare(signs: str, found: re.Match[str]) -> str:
    return found[1] + re.sub(f"[{signs}]", "", found[2])
