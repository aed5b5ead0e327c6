"""The page of every chart: its size, a title at the top, small print at the bottom."""

from __future__ import annotations

from pipeline.chart.canvas import Box
from pipeline.chart.pen import SMALL, Pen
from pipeline.chart.typeset import cut_short, fit, shorten, wrap

# Lengths and sizes in pixels of the picture, as everywhere in this folder; chosen by eye on a phone's screen.
WIDTH, HEIGHT = 1080, 1350
MARGIN = 60.0  # pixels, as all of these
ROOM = WIDTH - 2 * MARGIN
TITLE_SIZES = (76.0, 66.0, 58.0, 50.0)  # pixels, the largest that fits
SUBTITLE_SIZE = 34.0  # pixels
NOTICE_SIZES = (44.0, 40.0, 36.0)  # pixels, the largest that fits
LINE_HEIGHT = 41.0  # pixels from one baseline to the next
INDENT = 26.0  # pixels
MOST_DOUBT_LINES = 5  # more would press the panels; the caption tells all


def draw_header(pen: Pen, title: str, subtitle: str) -> float:
    """Draw the title, on two lines if needed, and the subtitle; returns where they end."""
    fitted = fit(title, TITLE_SIZES, ROOM, most=2, bold=True)
    baseline = MARGIN
    for line in fitted.lines:
        baseline += fitted.size_px * 1.05
        pen.canvas.text(MARGIN - 3, baseline - 8, line, fitted.size_px, pen.palette.ink, bold=True)
    if subtitle:
        baseline += 48
        pen.canvas.text(MARGIN, baseline - 4, shorten(subtitle, SUBTITLE_SIZE, ROOM), SUBTITLE_SIZE, pen.palette.muted)
    return baseline


def draw_notice(pen: Pen, text: str, top: float) -> float:
    """Draw one sentence in place of the figures; returns where it ends."""
    fitted = fit(text, NOTICE_SIZES, ROOM, most=2)
    for place, line in enumerate(fitted.lines):
        pen.canvas.text(MARGIN, top + 40 + 52 * place, line, fitted.size_px, pen.palette.ink)
    return top + 52 * len(fitted.lines)


def small_print(doubts: tuple[str, ...], most: int = MOST_DOUBT_LINES) -> tuple[tuple[bool, str], ...]:
    """The doubts in lines that fit, each with whether a doubt begins there; the last line is cut short where more than
    `most` would be needed.
    """
    room = ROOM - INDENT
    lines = [(place == 0, line) for text in doubts for place, line in enumerate(wrap(text, SMALL, room))]
    if len(lines) > most:
        begins, last = lines[most - 1]
        lines = [*lines[: most - 1], (begins, cut_short(last, SMALL, room))]
    return tuple(lines)


def draw_foot(pen: Pen, doubts: tuple[str, ...], footnote: str) -> float:
    """Draw doubts and footnote at the bottom; returns where they begin."""
    lines, palette, foot = small_print(doubts), pen.palette, pen.canvas.height - MARGIN
    top = foot + 16 - LINE_HEIGHT * (len(lines) + bool(footnote))
    for place, (begins, line) in enumerate(lines):
        baseline = top + LINE_HEIGHT * place + 31
        if begins:
            pen.canvas.rectangle(Box(MARGIN, baseline - 16, MARGIN + 10, baseline - 6), palette.concentric, radius=5)
        pen.canvas.text(MARGIN + INDENT, baseline, line, SMALL, palette.muted)
    if footnote:
        pen.canvas.text(MARGIN, foot + 6, shorten(footnote, SMALL, ROOM), SMALL, palette.muted)
    if lines:
        pen.canvas.line((MARGIN, WIDTH - MARGIN), (top - 14, top - 14), palette.hairline, 2)
    return top - (28 if lines else 10)
