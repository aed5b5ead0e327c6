"""Draw the chart of one set: title, large figures, movement curve or held poses, a bar for each repetition, doubts."""

from __future__ import annotations

from pipeline.chart.bar_panel import draw_bars
from pipeline.chart.canvas import Box, Canvas
from pipeline.chart.curve_panel import draw_curve
from pipeline.chart.figures import Figure, figures
from pipeline.chart.fonts import width_px
from pipeline.chart.layout import layout
from pipeline.chart.page import HEIGHT, MARGIN, ROOM, WIDTH, draw_foot, draw_header, draw_notice
from pipeline.chart.palette import DARK, LIGHT
from pipeline.chart.pen import SMALL, Pen
from pipeline.chart.pose_panel import draw_poses
from pipeline.chart.typeset import fit, shorten
from pipeline.chart.words import ChartWords
from pipeline.values import SetReport

FIGURE_SIZES = (66.0, 56.0, 46.0, 38.0)  # pixels, the largest that fits
FIGURE_HEIGHT = 132.0  # pixels
BARS_SHARE = 0.43  # of the height that curve and bars have together


def _draw_figure(pen: Pen, figure: Figure, box: Box) -> None:
    number = fit(figure.number, FIGURE_SIZES, box.width - 12, bold=True)
    pen.canvas.text(box.left, box.top + 62, number.lines[0], number.size_px, pen.palette.ink, bold=True)
    if figure.unit:
        end = box.left + width_px(number.lines[0], number.size_px, True) + 6
        pen.canvas.text(end, box.top + 62, figure.unit, 36, pen.palette.muted)
    if figure.part is not None:
        stroke = Box(box.left, box.top + 80, box.left + min(64, box.width - 16), box.top + 90)
        pen.canvas.rectangle(stroke, pen.palette.of(figure.part), radius=5)
    name = shorten(figure.name, SMALL, box.width - 6)
    pen.canvas.text(box.left, box.top + 128, name, SMALL, pen.palette.muted)


def _draw_figures(pen: Pen, shown: tuple[Figure, ...], top: float) -> float:
    """The figures side by side, the last one with what room is left; where they end."""
    if not shown:
        return top
    last = len(shown) - 1
    column = min(174.0, (ROOM - 264) / last) if last > 1 else ROOM / 2
    for place, figure in enumerate(shown):
        left = MARGIN + place * column
        right = WIDTH - MARGIN if place == last else left + column
        _draw_figure(pen, figure, Box(left, top, right, top + FIGURE_HEIGHT))
    return top + FIGURE_HEIGHT


def draw_chart(report: SetReport, words: ChartWords, *, dark: bool = False) -> bytes:
    """The set as a PNG of 1080 x 1350 px that is readable at 390 px width; the same bytes for the same values.

    The curve is drawn so that lowering the load goes down in the picture and lifting goes up, whichever way the joint's
    angle runs; where the phases have no names larger values are drawn higher. Blue is lowering, amber lifting, on light
    paper and on dark; partial repetitions are pale and hatched. Texts without room are cut short with an ellipsis; a
    character that no font here holds becomes an empty box.
    """
    palette = DARK if dark else LIGHT
    pen, shown = Pen(Canvas(WIDTH, HEIGHT, palette.paper), palette), layout(report)
    top = draw_header(pen, words.title, words.subtitle) + 34
    numbers = figures(report, shown, words)
    notice = words.untimed if report.rep_count else words.no_reps
    top = _draw_figures(pen, numbers, top) if numbers else draw_notice(pen, notice, top)
    foot = draw_foot(pen, words.doubts, words.footnote)
    side_by_side = len(shown.bars) > 1  # the seconds of a single one are the figures above
    middle = foot - BARS_SHARE * (foot - top) if side_by_side else foot
    panel = Box(MARGIN, top + 44, WIDTH - MARGIN, middle)
    if report.poses:
        draw_poses(pen, report.poses, words, shown.window_s, panel)
    else:
        draw_curve(pen, shown, words, report.curve.unit, panel)
    if side_by_side:
        draw_bars(pen, shown, words, Box(MARGIN, middle + 34, WIDTH - MARGIN, foot))
    return pen.canvas.png()
