"""The seconds of each repetition: its phases stacked in order of time, the numbers written on them."""

from __future__ import annotations

from pipeline.chart.canvas import Box
from pipeline.chart.fonts import width_px
from pipeline.chart.layout import Bar, Layout
from pipeline.chart.pen import HEADING, SMALL, Pen
from pipeline.chart.scale import thinned
from pipeline.chart.words import ChartWords
from pipeline.spans import Span

WIDEST_SLOT = 196.0
WIDEST_GAP = 14.0
PALE = 0.45


def spread(bars: tuple[Bar, ...], second: str) -> str:
    """The shortest and the longest complete repetition, "" where there is none."""
    totals = [bar.total_s for bar in bars if bar.complete]
    if not totals:
        return ""
    low, high = f"{min(totals):.1f}", f"{max(totals):.1f}"
    return f"{low} {second}" if low == high else f"{low} – {high} {second}"


def _write(pen: Pen, span: Span, box: Box) -> None:
    """The seconds on their bar: level, else upright, else not at all."""
    text, room = f"{span.seconds:.1f}", box.width - 8
    color = pen.palette.on(span.part) if span.complete else pen.palette.ink
    wide = width_px(text, SMALL, True)
    middle = (box.top + box.bottom) / 2
    if wide <= room and box.height >= SMALL:
        pen.canvas.text(box.middle, middle + 11, text, SMALL, color, bold=True, align="center")
    elif room >= SMALL - 4 and box.height >= wide + 8:
        pen.canvas.upright_text(box.middle, middle, text, SMALL, color, bold=True)


def _draw_span(pen: Pen, span: Span, box: Box) -> None:
    pen.canvas.rectangle(box, pen.palette.of(span.part), radius=7, alpha=1.0 if span.complete else PALE)
    if not span.complete:
        pen.canvas.hatch(box, pen.palette.paper, width=3, step=16)
    _write(pen, span, box)


def _draw_bar(pen: Pen, bar: Bar, foot: Box, px_per_s: float) -> None:
    bottom = foot.bottom
    for span in bar.spans:
        top = bottom - span.seconds * px_per_s
        if bottom - top > 4:
            _draw_span(pen, span, Box(foot.left, top + 1.5, foot.right, bottom - 1.5))
        bottom = top


def _draw_number(pen: Pen, bar: Bar, foot: Box) -> None:
    color = pen.palette.ink if bar.complete else pen.palette.muted
    pen.canvas.text(foot.middle, foot.bottom + 40, str(bar.number), HEADING, color, bold=True, align="center")


def draw_bars(pen: Pen, shown: Layout, words: ChartWords, place: Box) -> None:
    """A bar a repetition fills the place under its heading, side by side at their common scale."""
    pen.heading(place, words.bars, spread(shown.bars, words.second))
    box = Box(place.left, place.top + 62, place.right, place.bottom - 46)
    gap = min(WIDEST_GAP, 0.2 * box.width / len(shown.bars))
    slot = min((box.width + gap) / len(shown.bars), WIDEST_SLOT)
    widest = max(width_px(str(bar.number), HEADING, True) for bar in shown.bars)
    numbers = thinned((bar.number for bar in shown.bars), slot, widest + 12)
    for place_in_row, bar in enumerate(shown.bars):
        left = box.left + place_in_row * slot
        foot = Box(left, box.bottom, left + slot - gap, box.bottom)
        _draw_bar(pen, bar, foot, box.height / shown.longest_s)
        if bar.number in numbers:
            _draw_number(pen, bar, foot)
    pen.canvas.line((box.left, box.right), (box.bottom + 2, box.bottom + 2), pen.palette.hairline, 2)
