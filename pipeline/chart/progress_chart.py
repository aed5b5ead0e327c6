"""Draw the chart of many sets: a row for each exercise, days from left to right, repetitions as bars, weight as
a line.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from pipeline.chart.canvas import Box, Canvas
from pipeline.chart.fonts import width_px
from pipeline.chart.page import HEIGHT, MARGIN, WIDTH, draw_foot, draw_header, draw_notice
from pipeline.chart.palette import DARK, LIGHT
from pipeline.chart.pen import SMALL, Pen
from pipeline.chart.progress import Day, History, ProgressPoint, histories
from pipeline.chart.words import ProgressWords
from pipeline.units import KG_PER_LB

TALLEST_ROW = 440.0  # pixels, as all that follows but the number of dates
AROUND_ROWS = 350.0  # of the title, the legend, the dates and the footnote
WIDEST_BAR = 44.0  # pixels
NARROWEST_BAR = 6.0  # pixels
DOT = 10.0  # pixels of radius
ROOM = 12.0  # pixels between two numbers side by side
MOST_DATES = 4  # as many as stand beside each other without touching


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where a day lies between the left and the right edge."""

    left: float
    right: float
    first: date
    last: date
    closest_days: int = 1  # between two days that have a bar

    @property
    def bar_px(self) -> float:
        """Pixels that a bar is wide: as wide as the closest two days leave room for, within bounds."""
        slot = self.closest_days * (self.right - self.left) / ((self.last - self.first).days + 1)
        return min(WIDEST_BAR, max(NARROWEST_BAR, 0.7 * slot))

    def x(self, day: date) -> float:
        """Pixels from the left to the middle of a day's bar."""
        span = (self.last - self.first).days
        inset = max(self.bar_px, 36.0) / 2
        share = (day - self.first).days / span if span else 0.5  # a single day stands in the middle
        return self.left + inset + share * (self.right - self.left - 2 * inset)

    def dates(self) -> tuple[date, ...]:
        """The first day, the last, and what is evenly between them."""
        span = (self.last - self.first).days
        count = min(MOST_DATES, span + 1)
        return tuple(self.first + timedelta(days=round(i * span / max(1, count - 1))) for i in range(count))


def _weight(day: Day, words: ProgressWords, pounds: bool) -> str:
    weight = (day.weight_kg or 0.0) / (KG_PER_LB if pounds else 1.0)
    return f"{round(weight, 1):g} {words.weight_unit}"


def _closest_days(rows: tuple[History, ...]) -> int:
    """The fewest days between two entries of one exercise."""
    gaps = [(late.day - early.day).days for row in rows for early, late in pairwise(row.days)]
    return min(gaps, default=1)


def days_told(history: History, calendar: Calendar, words: ProgressWords) -> set[date]:
    """The days whose number is written: all where the numbers fit side by side, else the latest, and the best where it
    fits beside that."""
    room_px = max(width_px(_amount(history, day, words), SMALL, True) for day in history.days) + ROOM
    gaps_px = [calendar.x(late.day) - calendar.x(early.day) for early, late in pairwise(history.days)]
    if min(gaps_px, default=math.inf) >= room_px:
        return {day.day for day in history.days}
    latest, best = history.days[-1].day, max(history.days, key=history.amount).day
    return {latest, best} if calendar.x(latest) - calendar.x(best) >= room_px else {latest}


def _amount(history: History, day: Day, words: ProgressWords) -> str:
    return f"{history.amount(day):.0f}" + f" {words.second}" * history.held


def _draw_bars(pen: Pen, history: History, calendar: Calendar, words: ProgressWords, box: Box) -> None:
    """A bar a day from zero, with its number where there is room, above every bar that it would otherwise cover."""
    most = max(1.0, *(history.amount(day) for day in history.days))
    told = days_told(history, calendar, words)
    bars = [_bar(day.day, history.amount(day) / most, calendar, box) for day in history.days]
    for bar in bars:
        pen.canvas.rectangle(bar, pen.palette.eccentric, radius=6)
    for day, bar in zip(history.days, bars, strict=True):
        if day.day in told:
            amount = _amount(history, day, words)
            _write_within(pen, amount, bar.middle, clear_top(bars, bar.middle, amount) - 8, calendar)


def _bar(day: date, share: float, calendar: Calendar, box: Box) -> Box:
    x, top = calendar.x(day), box.bottom - max(4.0, share * box.height)
    return Box(x - calendar.bar_px / 2, top, x + calendar.bar_px / 2, box.bottom)


def clear_top(bars: Sequence[Box], x: float, text: str) -> float:
    """The top of the tallest bar under a text that is centred at x."""
    half = width_px(text, SMALL, True) / 2
    return min(bar.top for bar in bars if bar.left < x + half and x - half < bar.right)


def _draw_weights(pen: Pen, history: History, calendar: Calendar, words: ProgressWords, pounds: bool, box: Box) -> None:
    """The heaviest weight of each day as a line with dots, the last one written beside it, and the first where that
    leaves it room."""
    days, color = history.weighed, pen.palette.concentric
    weights = [day.weight_kg or 0.0 for day in days]
    low, span = min(weights), max(weights) - min(weights)
    xs = [calendar.x(day.day) for day in days]
    ys = [box.bottom - ((weight - low) / span if span else 0.5) * box.height for weight in weights]
    pen.canvas.line(xs, ys, color, 6)
    for x, y in zip(xs, ys, strict=True):
        pen.canvas.rectangle(Box(x - DOT, y - DOT, x + DOT, y + DOT), color, radius=DOT)
    first, last = _weight(days[0], words, pounds), _weight(days[-1], words, pounds)
    _write_within(pen, last, xs[-1], ys[-1] - 22, calendar)
    first_y = ys[0] + (46 if ys[-1] < ys[0] else -22)  # on the side of its dot that the line does not take
    apart = xs[-1] - xs[0] >= (width_px(first, SMALL, True) + width_px(last, SMALL, True)) / 2 + ROOM
    if len(days) > 1 and (apart or abs(first_y - (ys[-1] - 22)) >= SMALL):
        _write_within(pen, first, xs[0], first_y, calendar)


def _write_within(pen: Pen, text: str, x: float, baseline: float, calendar: Calendar) -> None:
    """The text in the middle over a day, moved where it would leave the calendar."""
    half = width_px(text, SMALL, True) / 2
    within = min(max(x, calendar.left + half), calendar.right - half)
    pen.canvas.text(within, baseline, text, SMALL, pen.palette.ink, bold=True, align="center")


def tension_told(day: Day, words: ProgressWords) -> str:
    """A day's time under tension in words; empty where one of its sets has none, or none that is sure."""
    return "" if math.isnan(day.tension_s) else f"{day.tension_s:.0f} {words.second} {words.tension}"


def _draw_row(pen: Pen, history: History, calendar: Calendar, words: ProgressWords, pounds: bool, box: Box) -> None:
    pen.heading(box, history.exercise, tension_told(history.days[-1], words))
    top = box.top + 92
    if history.weighed:
        middle = top + 0.3 * (box.bottom - top)
        _draw_weights(pen, history, calendar, words, pounds, Box(box.left, top, box.right, middle))
        top = middle + 84
    _draw_bars(pen, history, calendar, words, Box(box.left, top, box.right, box.bottom))
    pen.canvas.line((box.left, box.right), (box.bottom + 2, box.bottom + 2), pen.palette.hairline, 2)


def _draw_legend(pen: Pen, rows: tuple[History, ...], words: ProgressWords, top: float) -> float:
    """What bars and line stand for; where it ends."""
    bars = {words.held if history.held else words.reps: None for history in rows}
    entries = [(" · ".join(bars), pen.palette.eccentric)]
    if any(history.weighed for history in rows):
        entries.append((words.weight, pen.palette.concentric))
    x = MARGIN
    for text, color in entries:
        pen.canvas.rectangle(Box(x, top + 8, x + 26, top + 34), color, radius=6)
        pen.canvas.text(x + 38, top + 32, text, SMALL, pen.palette.muted)
        x += 38 + width_px(text, SMALL) + 36
    return top + 40


def _draw_dates(pen: Pen, calendar: Calendar, words: ProgressWords, baseline: float) -> None:
    for day in calendar.dates():
        text = words.day.format(year=day.year, month=day.month, day=day.day)
        half = width_px(text, SMALL) / 2
        x = min(max(calendar.x(day), calendar.left + half), calendar.right - half)
        pen.canvas.text(x, baseline, text, SMALL, pen.palette.muted, align="center")


def _draw_rows(pen: Pen, rows: tuple[History, ...], words: ProgressWords, pounds: bool, place: Box) -> None:
    days = [day.day for history in rows for day in history.days]
    calendar = Calendar(place.left, place.right, min(days), max(days), _closest_days(rows))
    height = min(TALLEST_ROW, (place.height - 44) / len(rows))
    for row, history in enumerate(rows):
        top = place.top + row * height
        _draw_row(pen, history, calendar, words, pounds, Box(place.left, top, place.right, top + height - 34))
    _draw_dates(pen, calendar, words, place.top + len(rows) * height + 8)


def draw_progress(
    points: Sequence[ProgressPoint], words: ProgressWords, *, pounds: bool = False, dark: bool = False
) -> bytes:
    """The sets as a PNG of 1080 x 1350 px, less high where one exercise would leave half of it empty: the three most
    trained exercises, all over the same days.

    A day's repetitions are added up, its heaviest weight and longest hold taken; with `pounds` weights are written in
    pounds (words.weight_unit names them). A row's heading ends with its latest day's tension where that is known. No
    points: words.empty.
    """
    palette = DARK if dark else LIGHT
    rows = histories(points)
    height = min(HEIGHT, round(AROUND_ROWS + TALLEST_ROW * max(1, len(rows))))
    pen = Pen(Canvas(WIDTH, height, palette.paper), palette)
    top = draw_header(pen, words.title, words.subtitle) + 30
    foot = draw_foot(pen, (), words.footnote)
    if rows:
        top = _draw_legend(pen, rows, words, top) + 34
        _draw_rows(pen, rows, words, pounds, Box(MARGIN, top, WIDTH - MARGIN, foot))
    else:
        draw_notice(pen, words.empty, top)
    return pen.canvas.png()
