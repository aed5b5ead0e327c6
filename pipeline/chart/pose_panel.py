"""Draw the poses of a recording, a line each: its name, its seconds, and when it was held."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.chart.canvas import Box
from pipeline.chart.curve_panel import draw_times
from pipeline.chart.fonts import width_px
from pipeline.chart.pen import HEADING, Pen
from pipeline.chart.scale import Scale
from pipeline.chart.typeset import shorten
from pipeline.chart.words import ChartWords
from pipeline.values import HeldPose

MOST_ROWS = 8  # a phone shows no more at a size that can be read; the caption tells the first ones, too
TALLEST_ROW = 150.0  # pixels
BAR = 34.0  # pixels high, where the row leaves room
NARROWEST_BAR = 8.0  # pixels wide: a shorter hold is still seen


def draw_poses(
    pen: Pen, poses: Sequence[HeldPose], words: ChartWords, window_s: tuple[float, float], place: Box
) -> None:
    """Draw the first MOST_ROWS poses below the heading, over one axis of time."""
    shown = poses[:MOST_ROWS]
    more = f"+ {len(poses) - len(shown)}" if len(poses) > len(shown) else ""
    pen.heading(place, words.poses, more)
    box = Box(place.left, place.top + 64, place.right, place.bottom - 46)
    height = min(TALLEST_ROW, box.height / len(shown))
    box = Box(box.left, box.top, box.right, box.top + height * len(shown))
    scale = Scale(box, window_s, (0.0, 1.0), downward=False)
    names = words.pose_names or tuple(pose.name for pose in poses)
    for number, (pose, name) in enumerate(zip(shown, names, strict=False)):
        top = box.top + height * number
        _draw_row(pen, pose, name, words.second, scale, Box(box.left, top, box.right, top + height))
    draw_times(pen, words.second, scale)


def _draw_row(pen: Pen, pose: HeldPose, name: str, second: str, scale: Scale, row: Box) -> None:
    held = f"{pose.held_s:.1f} {second}"
    baseline, bar_top = row.top + row.height - BAR - 32, row.bottom - BAR - 18
    room = row.width - width_px(held, HEADING, True) - 24
    pen.canvas.text(row.left, baseline, shorten(name, HEADING, room, True), HEADING, pen.palette.ink, bold=True)
    pen.canvas.text(row.right, baseline, held, HEADING, pen.palette.muted, bold=True, align="right")
    pen.canvas.rectangle(Box(row.left, bar_top, row.right, bar_top + BAR), pen.palette.hairline, radius=BAR / 2)
    left = max(row.left, min(scale.x(pose.start_s), row.right - NARROWEST_BAR))
    right = max(left + NARROWEST_BAR, min(scale.x(pose.end_s), row.right))
    filled = Box(left, bar_top, right, bar_top + BAR)
    pen.canvas.rectangle(filled, pen.palette.eccentric, radius=min(BAR, filled.width) / 2)
