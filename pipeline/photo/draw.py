"""A photo with what was seen in it: the body's lines, the joints' angles, the name. One PNG, read on a phone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.chart.canvas import Box, Canvas
from pipeline.chart.palette import DARK
from pipeline.chart.pen import SMALL
from pipeline.chart.typeset import Fitted, cut, fit, wrap
from pipeline.kinematics import JOINTS
from pipeline.overlay.hud import blend, lay, rgb
from pipeline.overlay.skeleton import BONES
from pipeline.photo.labels import Label, placed
from pipeline.photo.picture import png, resized
from pipeline.photo.report import PhotoReport, PhotoView
from pipeline.photo.shape import VISIBLE
from pipeline.photo.words import PhotoWords
from pipeline.values import Array
from pipeline.video.pixels import Pixels

WIDTH: Final = 1080  # pixels: as the charts'
TALLEST_PHOTO_PX: Final = 1280  # so that words under it are still on the same screen
MARGIN: Final = 48.0  # pixels
TITLE_SIZES: Final = (66.0, 56.0, 48.0)  # pixels, the largest that fits
TEXT_PX, LINE_PX = SMALL + 2, 46.0  # of the words under the title, and from one baseline to the next
MOST_LINES: Final = 2  # of one such text: the longest three names of poses need as many
BONE_PX, HALO_PX, JOINT_PX = 8.0, 14.0, 9.0  # width, width with its dark rim, radius; by eye on a phone
ARC_PX: Final = 44.0  # radius of the arc that shows an angle
HALO: Final = "#0C121A"
ROOM_SHARE, ROOM_PX = 0.22, 12.0  # about the body, of its longer side and at least
NARROWEST, WIDEST = 0.85, 1.5  # width over height of what is shown


@dataclass(frozen=True, slots=True, eq=False)
class Placed:
    """The photo on its page: its own size there, and where its left edge lies."""

    pixels: Pixels
    left: int
    body_px: Array  # (33, 2) on the page, NaN where hidden


@dataclass(frozen=True, slots=True)
class Panel:
    """The words under the photo as they are set: the title, and under it lines with their colours."""

    title: Fitted
    lines: tuple[tuple[str, str], ...]

    @property
    def height(self) -> int:
        return round(24 + len(self.title.lines) * self.title.size_px * 1.08 + LINE_PX * len(self.lines) + 34)


def draw_photo(report: PhotoReport, words: PhotoWords) -> bytes:
    """A PNG 1080 px wide: the photo as large as fits, bones and joints drawn on it, every seen joint's angle beside
    it (not where a limb points at the camera), amber where it differs from the reference pose; below, the words.

    Raises ValueError where the report holds no picture any more.
    """
    if report.view is None:
        raise ValueError("this report's picture was not kept, so it cannot be drawn")
    shown = _on_page(report.view)
    height = shown.pixels.shape[0]
    panel = _panel(words)
    page = np.empty((height + panel.height, WIDTH, 3), np.uint8)
    page[:] = rgb(DARK.paper)
    page[:height, shown.left : shown.left + shown.pixels.shape[1]] = shown.pixels
    blend(page[:height], Box(0, 0, WIDTH, height), rgb(HALO), 0.12)  # the lines stand out from bright walls
    canvas = Canvas(WIDTH, height + panel.height, "none")
    _draw_body(canvas, shown.body_px)
    _draw_angles(canvas, report, shown, Box(0, 0, WIDTH, height))
    _draw_words(canvas, panel, height)
    lay(page, canvas.rgba(), 0, 0)
    return png(page)


def _on_page(view: PhotoView) -> Placed:
    height, width = view.pixels.shape[:2]
    inside = (view.body_px >= 0).all(axis=1) & (view.body_px <= [width, height]).all(axis=1)
    shown = (view.visibility >= VISIBLE) & inside
    part = framed(view.body_px[shown], width, height) if shown.any() else Box(0, 0, width, height)
    scale = min(WIDTH / part.width, TALLEST_PHOTO_PX / part.height)
    cut = view.pixels[round(part.top) : round(part.bottom), round(part.left) : round(part.right)]
    pixels = resized(cut, min(WIDTH, round(part.width * scale)), round(part.height * scale))
    left = (WIDTH - pixels.shape[1]) // 2
    body = np.where(shown[:, None], (view.body_px - [part.left, part.top]) * scale + [left, 0], np.nan)
    return Placed(pixels, left, body)


def framed(body_px: Array, width: float, height: float) -> Box:
    """The part of a picture to show: the body with room about it, no taller or wider than a phone likes, all inside."""
    (left, top), (right, bottom) = body_px.min(axis=0), body_px.max(axis=0)
    room = ROOM_SHARE * max(right - left, bottom - top) + ROOM_PX
    wide, tall = right - left + 2 * room, bottom - top + 2 * room
    wide, tall = max(wide, NARROWEST * tall), max(tall, wide / WIDEST)
    wide, tall = min(wide, width), min(tall, height)
    x = min(max((left + right - wide) / 2, 0), width - wide)
    y = min(max((top + bottom - tall) / 2, 0), height - tall)
    return Box(x, y, x + wide, y + tall)


def _draw_body(canvas: Canvas, body_px: Array) -> None:
    for color, width in ((HALO, HALO_PX), (DARK.ink, BONE_PX)):
        for one, other in BONES:
            ends = body_px[[one, other]]
            if np.isfinite(ends).all():
                canvas.line(ends[:, 0], ends[:, 1], color, width)


def _draw_angles(canvas: Canvas, report: PhotoReport, shown: Placed, room: Box) -> None:
    """Wedges first, then dots, then labels, so that no label lies under a line."""
    differing = {(one.joint, one.side) for one in report.deviations}
    corners = []
    for angle in report.angles_shown:
        triple = JOINTS[angle.joint][0 if angle.side == "left" else 1]
        points = shown.body_px[list(triple)]
        if np.isfinite(points).all():
            amber = (angle.joint, angle.side) in differing
            corners.append((points, angle, DARK.concentric if amber else DARK.eccentric, amber))
    for points, _, color, _ in corners:
        xs, ys = wedge(points, min(ARC_PX, _shortest(points) * 0.6))
        canvas.polygon(xs, ys, color, alpha=0.75)
    for points, _, color, _ in corners:
        for tint, radius in ((HALO, JOINT_PX + 4), (DARK.ink, JOINT_PX), (color, JOINT_PX - 4)):
            canvas.polygon(*disc(points[1], radius), tint)
    labels = [
        Label(f"{angle.angle_deg:.0f}°", (float(points[1, 0]), float(points[1, 1])), _away(points), amber)
        for points, angle, _, amber in corners
    ]
    for box, label in placed(labels, SMALL, room, _obstacles(shown.body_px)):
        _draw_label(canvas, box, label)


def _draw_label(canvas: Canvas, box: Box, label: Label) -> None:
    paper, ink = (DARK.concentric, DARK.on_concentric) if label.strong else (DARK.paper, DARK.ink)
    canvas.rectangle(box, paper, radius=12, alpha=0.95 if label.strong else 0.82)
    canvas.text(box.middle, box.bottom - 11, label.text, SMALL, ink, bold=True, align="center")


def _panel(words: PhotoWords) -> Panel:
    room = WIDTH - 2 * MARGIN
    texts = ((words.subtitle, DARK.muted), *((line, DARK.concentric) for line in words.lines))
    wrapped = ((cut(wrap(text, TEXT_PX, room), MOST_LINES, TEXT_PX, room), color) for text, color in texts)
    lines = tuple((line, color) for lines, color in wrapped for line in lines)
    return Panel(fit(words.title, TITLE_SIZES, room, most=2, bold=True), lines)


def _draw_words(canvas: Canvas, panel: Panel, top: float) -> None:
    baseline = top + 24
    for line in panel.title.lines:
        baseline += panel.title.size_px * 1.08
        canvas.text(MARGIN - 2, baseline - 8, line, panel.title.size_px, DARK.ink, bold=True)
    for line, color in panel.lines:
        baseline += LINE_PX
        canvas.text(MARGIN, baseline, line, TEXT_PX, color)


def wedge(points: Array, radius_px: float) -> tuple[Array, Array]:
    """The slice between a corner's two limbs: xs and ys of its outline, from points (3, 2) first, corner, last."""
    start, end = (math.atan2(*(points[place] - points[1])[::-1]) for place in (0, 2))
    sweep = (end - start + math.pi) % (2 * math.pi) - math.pi
    turns = start + np.linspace(0, sweep, 24)
    xs = np.concatenate([[points[1, 0]], points[1, 0] + radius_px * np.cos(turns)])
    ys = np.concatenate([[points[1, 1]], points[1, 1] + radius_px * np.sin(turns)])
    return xs, ys


def disc(middle: Array, radius_px: float) -> tuple[Array, Array]:
    """A circle's outline."""
    turns = np.linspace(0, 2 * np.pi, 32, endpoint=False)
    return middle[0] + radius_px * np.cos(turns), middle[1] + radius_px * np.sin(turns)


def _away(points: Array) -> tuple[float, float]:
    """The direction, of length 1, that lies away from both limbs."""
    limbs = points[[0, 2]] - points[1]
    towards = (limbs / (np.linalg.norm(limbs, axis=1, keepdims=True) + 1e-6)).sum(axis=0)
    if np.linalg.norm(towards) < 0.2:  # a straight limb: beside it
        towards = np.array([-limbs[0, 1], limbs[0, 0]])
    away = -towards / (np.linalg.norm(towards) + 1e-6)
    return float(away[0]), float(away[1])


def _shortest(points: Array) -> float:
    return float(np.linalg.norm(points[[0, 2]] - points[1], axis=1).min())


def _obstacles(body_px: Array) -> Sequence[tuple[float, float]]:
    """Points along every bone: labels keep off them where they can."""
    ends = [body_px[[one, other]] for one, other in BONES if np.isfinite(body_px[[one, other]]).all()]
    steps = np.linspace(0, 1, 9)[:, None]
    points = [start + (end - start) * steps for start, end in ends]
    return [(float(x), float(y)) for x, y in np.concatenate(points)] if points else []
