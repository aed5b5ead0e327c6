"""Draw the movement over time: repetitions numbered, phases filled between the curve and its rest."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from pipeline.chart.canvas import Box
from pipeline.chart.fonts import width_px
from pipeline.chart.layout import Layout
from pipeline.chart.pen import HEADING, SMALL, Pen
from pipeline.chart.scale import Scale, thinned, ticks, unit_sign
from pipeline.chart.words import ChartWords
from pipeline.spans import Span
from pipeline.values import Array

GUTTER = 92.0  # at least, as the bars'
BESIDE_PX = 12.0  # from a value to the panel
UNKNOWN_PX = 96.0  # of a question mark where there is no curve
UNKNOWN_GAP_PX = 60.0  # to either side of it
PALE = 0.45  # of a partial repetition's colour
STEPS_PX = 3.5  # stroke of a curve that goes up and down with every step
BRACKET_PX = 6.0
SWATCH_PX = 54.0  # from the left of what hatching looks like to what it means
LEGEND_GAP_PX = 24.0  # at least, from the heading to the legend


def finite_runs(values: Array) -> Iterator[slice]:
    """The stretches without NaN, in order."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], np.isfinite(values).astype(int), [0]])))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield slice(int(start), int(end))


def cut_out(shown: Layout, span: Span) -> tuple[Array, Array]:
    """The curve within the span, with a point at each of its ends so that neighbours meet."""
    inside = (shown.times_s > span.start_s) & (shown.times_s < span.end_s)
    times = np.concatenate([[span.start_s], shown.times_s[inside], [span.end_s]])
    ends = np.interp([span.start_s, span.end_s], shown.times_s, shown.values)
    return times, np.concatenate([ends[:1], shown.values[inside], ends[1:]])


def _shade(pen: Pen, shown: Layout, scale: Scale, span: Span) -> None:
    color, weight = pen.palette.of(span.part), 1.0 if span.complete else PALE
    band = Box(scale.x(span.start_s), scale.box.top, scale.x(span.end_s), scale.box.bottom)
    pen.canvas.rectangle(band, color, alpha=pen.palette.tint_alpha * weight)
    times, values = cut_out(shown, span)
    rest_y = scale.y(shown.rest_value)
    for run in finite_runs(values):
        xs, ys = scale.xs(times[run]), scale.ys(values[run])
        outline = np.concatenate([xs, xs[::-1]]), np.concatenate([ys, np.full(len(ys), rest_y)])
        pen.canvas.polygon(*outline, color, alpha=pen.palette.fill_alpha * weight)


def _slot_px(shown: Layout, scale: Scale) -> float:
    """The usual distance from one repetition to the next."""
    starts = [mark.start_s for mark in shown.marks]
    typical_s = float(np.median(np.diff(starts))) if len(starts) > 1 else math.inf
    return min(scale.box.width, typical_s / (scale.window_s[1] - scale.window_s[0]) * scale.box.width)


def _stroke_px(shown: Layout, scale: Scale) -> float:
    """Thinner where repetitions are narrow, so that their fill stays visible."""
    if shown.moved_s is not None:
        return STEPS_PX
    return float(np.clip(_slot_px(shown, scale) / 10, 2.0, 5.0))


def _draw_marks(pen: Pen, shown: Layout, scale: Scale) -> None:
    widest = max((width_px(str(mark.number), HEADING, True) for mark in shown.marks), default=0.0)
    numbers = thinned((mark.number for mark in shown.marks), _slot_px(shown, scale), widest + 12)
    for mark in shown.marks:
        left, right = scale.x(mark.start_s), scale.x(mark.end_s)
        if not mark.complete:
            pen.canvas.hatch(Box(left, scale.box.top, right, scale.box.bottom), pen.palette.muted, width=1.5, step=17)
        if mark.number in numbers:
            color = pen.palette.ink if mark.complete else pen.palette.muted
            middle, baseline = (left + right) / 2, scale.box.top - 14
            pen.canvas.text(middle, baseline, str(mark.number), HEADING, color, bold=True, align="center")


def values_told(unit: str, range_: tuple[float, float]) -> dict[float, str]:
    """The round values beside the panel and how each is written; none for values without a unit."""
    return {value: f"{value:g}{unit_sign(unit)}" if unit else "" for value in ticks(*range_, 4)}


def gutter_px(unit: str, range_: tuple[float, float]) -> float:
    """The room that the values need beside the panel."""
    widest = max((width_px(text, SMALL) for text in values_told(unit, range_).values()), default=0.0)
    return max(GUTTER, widest + BESIDE_PX) if unit else 0.0


def _draw_values(pen: Pen, unit: str, scale: Scale) -> None:
    box, palette = scale.box, pen.palette
    for value, text in values_told(unit, scale.range).items():
        y = scale.y(value)
        pen.canvas.line((box.left, box.right), (y, y), palette.hairline, 2)
        pen.canvas.text(box.left - BESIDE_PX, y + 11, text, SMALL, palette.muted, align="right")


def draw_times(pen: Pen, second: str, scale: Scale) -> None:
    """Write round seconds under the panel."""
    times = ticks(*scale.window_s, 6)
    for time in times:
        label = f"{time:g} {second}" if time == times[-1] else f"{time:g}"
        x = min(scale.x(time), scale.box.right - width_px(label, SMALL) / 2)
        pen.canvas.text(x, scale.box.bottom + 40, label, SMALL, pen.palette.muted, align="center")


def _draw_steadiness(pen: Pen, shown: Layout, scale: Scale) -> None:
    steady = shown.steadiness
    if steady is None:
        return
    top, bottom = sorted((scale.y(steady.low), scale.y(steady.high)))
    band = Box(scale.x(steady.start_s), top - 6, scale.x(steady.end_s), bottom + 6)
    pen.canvas.rectangle(band, pen.palette.eccentric, radius=10, alpha=0.28)
    middle = scale.y(steady.middle)
    pen.canvas.line((band.left, band.right), (middle, middle), pen.palette.eccentric, 4, dashed=True)


def _draw_moved(pen: Pen, shown: Layout, scale: Scale) -> None:
    """Draw the time of moving as a band under a bracket."""
    if shown.moved_s is None:
        return
    left, right = (scale.x(time_s) for time_s in shown.moved_s)
    band = Box(left, scale.box.top, right, scale.box.bottom)
    pen.canvas.rectangle(band, pen.palette.eccentric, alpha=pen.palette.tint_alpha)
    pen.canvas.rectangle(Box(left, band.top - BRACKET_PX, right, band.top), pen.palette.eccentric, radius=3)


def _draw_line(pen: Pen, shown: Layout, scale: Scale) -> None:
    """The curve; where a time of moving is marked, what lies before and after it is muted."""
    xs, ys, stroke = scale.xs(shown.times_s), scale.ys(shown.values), _stroke_px(shown, scale)
    if shown.moved_s is None:
        pen.canvas.line(xs, ys, pen.palette.ink, stroke)
        return
    start_s, end_s = shown.moved_s
    pen.canvas.line(xs, ys, pen.palette.muted, stroke)
    within = (shown.times_s >= start_s) & (shown.times_s <= end_s)
    pen.canvas.line(xs[within], ys[within], pen.palette.ink, stroke)


def _draw_legend(pen: Pen, text: str, place: Box) -> None:
    """What hatching means, at the top right."""
    left = place.right - width_px(text, SMALL) - SWATCH_PX
    swatch = Box(left, place.top + 6, left + 42, place.top + 32)
    pen.canvas.rectangle(swatch, pen.palette.eccentric, alpha=PALE)
    pen.canvas.hatch(swatch, pen.palette.muted, width=1.5, step=10)
    pen.canvas.text(place.right, place.top + 30, text, SMALL, pen.palette.muted, align="right")


def _draw_unknown(pen: Pen, second: str, scale: Scale) -> None:
    """Draw the recording's length, and a dashed line with a question mark where nothing could be measured."""
    box, palette = scale.box, pen.palette
    middle, centre = (box.top + box.bottom) / 2, (box.left + box.right) / 2
    for start, end in ((box.left, centre - UNKNOWN_GAP_PX), (centre + UNKNOWN_GAP_PX, box.right)):
        pen.canvas.line((start, end), (middle, middle), palette.muted, 4, dashed=True)
    pen.canvas.text(centre, middle + UNKNOWN_PX * 0.36, "?", UNKNOWN_PX, palette.muted, bold=True, align="center")
    pen.canvas.line((box.left, box.right), (box.bottom, box.bottom), palette.hairline, 2)
    draw_times(pen, second, scale)


def heading_size(text: str, room_px: float) -> float:
    """The size of a heading, smaller where it must fit the room, but never below SMALL."""
    return float(np.clip(HEADING * room_px / width_px(text, HEADING, True), SMALL, HEADING))


def draw_curve(pen: Pen, shown: Layout, words: ChartWords, unit: str, place: Box) -> None:
    """Draw the curve below its heading; values outside the layout's range are left out.

    Without any value there is no scale of values: round figures about 0 would look measured.
    """
    partial, known = any(not mark.complete for mark in shown.marks), bool(np.isfinite(shown.values).any())
    legend_px = width_px(words.partial, SMALL) + SWATCH_PX + LEGEND_GAP_PX if partial else 0.0
    pen.heading(place, words.curve, size=heading_size(words.curve, place.width - legend_px))
    if partial:
        _draw_legend(pen, words.partial, place)
    left = place.left + (gutter_px(unit, shown.range) if known else 0.0)
    box = Box(left, place.top + (96 if shown.marks else 60), place.right, place.bottom - 46)
    scale = Scale(box, shown.window_s, shown.range, shown.downward)
    if not known:
        _draw_unknown(pen, words.second, scale)
        return
    _draw_values(pen, unit, scale)
    draw_times(pen, words.second, scale)
    _draw_steadiness(pen, shown, scale)
    _draw_moved(pen, shown, scale)
    for span in shown.shades:
        _shade(pen, shown, scale, span)
    _draw_line(pen, shown, scale)
    _draw_marks(pen, shown, scale)
