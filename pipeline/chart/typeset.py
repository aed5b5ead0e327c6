"""Fit texts to their place: wrap, shrink, and only then cut short with an ellipsis."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from pipeline.chart.fonts import drawable, width_px

ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Fitted:
    """Lines that fit, and the size at which they do."""

    lines: tuple[str, ...]
    size_px: float


def _fits(text: str, size_px: float, bold: bool, room_px: float) -> bool:
    return width_px(text, size_px, bold) <= room_px


def _longest_start(text: str, size_px: float, bold: bool, room_px: float, tail: str = "") -> str:
    """The most of the text's beginning that fits with the tail after it, found by halving."""
    lengths = range(len(text) + 1)
    beyond = bisect_right(lengths, room_px, key=lambda count: width_px(text[:count].rstrip() + tail, size_px, bold))
    return text[: max(0, beyond - 1)]


def shorten(text: str, size_px: float, room_px: float, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits before an ellipsis."""
    if _fits(text, size_px, bold, room_px):
        return text
    return cut_short(text, size_px, room_px, bold)


def cut_short(text: str, size_px: float, room_px: float, bold: bool = False) -> str:
    """As much of the text's beginning as fits before an ellipsis, which tells that more would follow."""
    return _longest_start(text, size_px, bold, room_px, ELLIPSIS).rstrip(" .") + ELLIPSIS


def _pieces(word: str, size_px: float, bold: bool, room_px: float) -> list[str]:
    """The word, broken wherever it must be to fit; at least a character a piece."""
    pieces = []
    while word:
        piece = _longest_start(word, size_px, bold, room_px) or word[:1]
        pieces.append(piece)
        word = word[len(piece) :]
    return pieces


def wrap(text: str, size_px: float, room_px: float, bold: bool = False) -> tuple[str, ...]:
    """The text in lines that fit, broken between words, and inside a word only where it is longer than a line."""
    lines: list[str] = []
    for word in drawable(text).split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and _fits(joined, size_px, bold, room_px):
            lines[-1] = joined
        else:
            lines.extend(_pieces(word, size_px, bold, room_px))
    return tuple(lines)


def cut(lines: tuple[str, ...], most: int, size_px: float, room_px: float, bold: bool = False) -> tuple[str, ...]:
    """At most `most` lines, the last one ending in an ellipsis where some were left out."""
    if len(lines) <= most:
        return lines
    return (*lines[: most - 1], shorten(" ".join(lines[most - 1 :]), size_px, room_px, bold)) if most else ()


def fit(text: str, sizes_px: tuple[float, ...], room_px: float, most: int = 1, bold: bool = False) -> Fitted:
    """The text at the largest of the sizes (largest first) at which it is one line; else at the smallest, in at most
    `most` lines."""
    for size_px in sizes_px:
        lines = wrap(text, size_px, room_px, bold)
        if len(lines) <= (1 if size_px != sizes_px[-1] else most):
            return Fitted(lines, size_px)
    return Fitted(cut(lines, most, size_px, room_px, bold), size_px)
