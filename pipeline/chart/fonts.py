"""The fonts of a chart, which characters they hold, and how wide a text is.

DejaVu Sans, which comes with matplotlib, and a Hangul font where the machine has one. With canvas.py the only importer
of matplotlib.
"""

from __future__ import annotations

import contextlib
import logging
from functools import cache, lru_cache

from matplotlib.font_manager import FontProperties, findSystemFonts, fontManager, get_font
from matplotlib.textpath import text_to_path

# a Hangul font whose bold is called semibold is no news to anyone
logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)

LATIN_FAMILY = "DejaVu Sans"
HANGUL_FAMILIES = (
    "Pretendard",
    "Noto Sans KR",
    "Noto Sans CJK KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "NanumGothic",
    "NanumBarunGothic",
    "UnDotum",
)
UNKNOWN_SIGN = "□"


@cache
def _families() -> tuple[str, ...]:
    hangul = _hangul_known()
    if not hangul:
        _look_for_new_fonts()
    return (LATIN_FAMILY, *(hangul or _hangul_known()))


def _hangul_known() -> list[str]:
    known = {font.name for font in fontManager.ttflist}
    return [family for family in HANGUL_FAMILIES if family in known][:1]


def _look_for_new_fonts() -> None:
    """Matplotlib keeps its list of fonts on disk and never looks again: one installed since is not in it."""
    known = {font.fname for font in fontManager.ttflist}
    for path in sorted(set(findSystemFonts()) - known):
        with contextlib.suppress(OSError, RuntimeError):  # no font, or one of a kind that it cannot read
            fontManager.addfont(path)


@lru_cache(maxsize=256)
def font(size_px: float, bold: bool) -> FontProperties:
    """The families in the order in which a character is looked for, at this size."""
    return FontProperties(family=list(_families()), size=size_px, weight="bold" if bold else "normal")


@cache
def _characters() -> frozenset[int]:
    paths = [fontManager.findfont(FontProperties(family=family)) for family in _families()]
    return frozenset(code for path in paths for code in get_font(path).get_charmap())


def can_draw(text: str) -> bool:
    """True where the fonts of this machine hold every character of the text."""
    return all(ord(character) in _characters() or character.isspace() for character in text)


def drawable(text: str) -> str:
    """The text on one line, each character that no font here holds replaced by an empty box."""
    return "".join(character if can_draw(character) else UNKNOWN_SIGN for character in " ".join(text.split()))


@lru_cache(maxsize=4096)
def width_px(text: str, size_px: float, bold: bool = False) -> float:
    """How wide the text is when drawn in one line."""
    size = text_to_path.get_text_width_height_descent(drawable(text), font(size_px, bold), False)
    return float(size[0])
