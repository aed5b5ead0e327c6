"""Draw the seconds of each repetition: a bar each, its phases stacked in order of time, with their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.chart.canvas import Box
from pipeline.chart.fonts import width_px
from pipeline.chart.layout import Bar, Layout
from pipeline.chart.pen import HEADING, SMALL, Pen
from pipeline.chart.scale import thinned, ticks
from pipeline.chart.words import ChartWords
from pipeline.spans import Part, Span

WIDEST_SLOT = 326.0  # pixels: three bars fill the panel; two alone would else be walls
WIDEST_GAP = 16.0  # pixels between two bars
GUTTER = 92.0  # as the curve's, so that the two panels stand in line
PALE = 0.45  # opacity of what was no complete repetition

Writing = Literal["level", "upright", "none"]


def spread(bars: tuple[Bar, ...], second: str) -> str:
    """The shortest and the longest complete repetition, "" where there is none."""
    totals = [bar.total_s for bar in bars if bar.complete]
    if not totals:
        return ""
    low, high = f"{min(totals):.1f}", f"{max(totals):.1f}"
    return f"{low} {second}" if low == high else f"{low} – {high} {second}"


def writing(bars: tuple[Bar, ...], bar_px: float, px_per_s: float) -> Writing:
    """How the seconds are written on the bars: horizontally where the bars are wide enough, vertically where every
    phase is tall enough, else not at all, since numbers on only some bars would look like a choice.
    """
    phases = [span for bar in bars for span in bar.spans if span.part is not Part.PAUSE]
    widest = max((width_px(f"{span.seconds:.1f}", SMALL, True) for span in phases), default=0.0) + 8
    if widest <= bar_px:
        return "level"
    tall = all(span.seconds * px_per_s >= widest for span in phases)
    return "upright" if tall and bar_px >= SMALL else "none"


def _write(pen: Pen, span: Span, box: Box, how: Writing) -> None:
    text, color = f"{span.seconds:.1f}", pen.palette.on(span.part) if span.complete else pen.palette.ink
    middle = (box.top + box.bottom) / 2
    if how == "level" and box.height >= SMALL:
        pen.canvas.text(box.middle, middle + 11, text, SMALL, color, bold=True, align="center")
    elif how == "upright" and box.height >= width_px(text, SMALL, True):
        pen.canvas.upright_text(box.middle, middle, text, SMALL, color, bold=True)


def _draw_span(pen: Pen, span: Span, box: Box, how: Writing) -> None:
    pen.canvas.rectangle(box, pen.palette.of(span.part), radius=7, alpha=1.0 if span.complete else PALE)
    if not span.complete:
        pen.canvas.hatch(box, pen.palette.paper, width=3, step=16)
    _write(pen, span, box, how)


def _draw_bar(pen: Pen, bar: Bar, foot: Box, px_per_s: float, how: Writing) -> None:
    bottom = foot.bottom
    for span in bar.spans:
        top = bottom - span.seconds * px_per_s
        if bottom - top > 4:
            _draw_span(pen, span, Box(foot.left, top + 1.5, foot.right, bottom - 1.5), how)
        bottom = top


def _draw_number(pen: Pen, bar: Bar, foot: Box) -> None:
    color = pen.palette.ink if bar.complete else pen.palette.muted
    pen.canvas.text(foot.middle, foot.bottom + 40, str(bar.number), HEADING, color, bold=True, align="center")


@dataclass(frozen=True, slots=True)
class Row:
    """The layout of the bars: their box, the width of a bar and of the gap beside it, and pixels per second."""

    box: Box
    bar_px: float
    gap_px: float
    px_per_s: float

    def foot(self, place: int) -> Box:
        """A flat box on the panel's floor below the bar of that place."""
        left = self.box.left + place * (self.bar_px + self.gap_px)
        return Box(left, self.box.bottom, left + self.bar_px, self.box.bottom)


def _row(box: Box, shown: Layout) -> Row:
    gap = min(WIDEST_GAP, 0.2 * box.width / len(shown.bars))
    slot = min((box.width + gap) / len(shown.bars), WIDEST_SLOT)
    return Row(box, slot - gap, gap, box.height / shown.longest_s)


def _draw_seconds(pen: Pen, row: Row, longest_s: float, second: str, left: float) -> None:
    """Round seconds beside bars that carry no numbers."""
    for value in ticks(0.0, longest_s, 3)[1:]:
        y = row.box.bottom - value * row.px_per_s
        pen.canvas.line((row.box.left, row.box.right), (y, y), pen.palette.hairline, 2)
        pen.canvas.text(left, y + 11, f"{value:g} {second}", SMALL, pen.palette.muted)


def draw_bars(pen: Pen, shown: Layout, words: ChartWords, place: Box) -> None:
    """Draw a bar for each repetition below the heading, side by side at a common scale."""
    pen.heading(place, words.bars, "" if shown.rough else spread(shown.bars, words.second))
    row = _row(Box(place.left, place.top + 62, place.right, place.bottom - 46), shown)
    how = "none" if shown.rough else writing(shown.bars, row.bar_px, row.px_per_s)
    if how == "none":
        row = _row(replace(row.box, left=place.left + GUTTER), shown)
        _draw_seconds(pen, row, shown.longest_s, words.second, place.left)
    widest = max(width_px(str(bar.number), HEADING, True) for bar in shown.bars)
    numbers = thinned((bar.number for bar in shown.bars), row.bar_px + row.gap_px, widest + 12)
    for position, bar in enumerate(shown.bars):
        _draw_bar(pen, bar, row.foot(position), row.px_per_s, how)
        if bar.number in numbers:
            _draw_number(pen, bar, row.foot(position))
    ground = row.box.bottom + 2
    pen.canvas.line((row.box.left, row.box.right), (ground, ground), pen.palette.hairline, 2)
