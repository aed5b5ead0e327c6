"""A picture drawn in pixels, x to the right and y down. Text is set literally: no mathtext, no markup."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch, Polygon, Rectangle
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from pipeline.chart.fonts import drawable, font, width_px
from pipeline.values import Array

Align = Literal["left", "center", "right"]

DOTS_PER_INCH = 72.0  # a point is a pixel
SPRITE_MIDDLE = 0.585  # baseline at 0.95 of the size, less half of DejaVu's capitals (0.73)
DASHES = (2.5, 2.5)  # in widths of the line


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Pixels across."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Pixels down."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


class Canvas:
    """A picture of a fixed size, drawn from back to front in the order of the calls."""

    def __init__(self, width: int, height: int, background: str) -> None:
        self._figure = Figure(figsize=(width / DOTS_PER_INCH, height / DOTS_PER_INCH), dpi=DOTS_PER_INCH)
        self._figure.set_facecolor(background)
        self._agg = FigureCanvasAgg(self._figure)
        self._layer = 0
        self.width, self.height = width, height

    def _next_layer(self) -> int:
        self._layer += 1
        return self._layer

    def rectangle(self, box: Box, color: str, radius: float = 0.0, alpha: float = 1.0) -> None:
        """Fill the box, its corners rounded by `radius` where it is large enough."""
        round_px = min(radius, box.width / 2, box.height / 2)
        corner = (box.left, self.height - box.bottom)
        shape: Rectangle | FancyBboxPatch = Rectangle(corner, box.width, box.height)
        if round_px > 0:
            style = f"round,pad=0,rounding_size={round_px}"
            shape = FancyBboxPatch(corner, box.width, box.height, boxstyle=style)
        shape.set(facecolor=color, edgecolor="none", linewidth=0, alpha=alpha)
        self._add(shape)

    def hatch(self, box: Box, color: str, width: float = 3.0, step: float = 14.0) -> None:
        """Fill the box with diagonal lines: a second sign beside colour."""
        clip = Rectangle((box.left, self.height - box.bottom), box.width, box.height, transform=IdentityTransform())
        for offset in np.arange(-box.height, box.width, step):
            xs = (box.left + offset, box.left + offset + box.height)
            line = Line2D(xs, self._flip((box.bottom, box.top)), color=color, linewidth=width)
            self._add(line)
            line.set_clip_path(clip)

    def polygon(self, xs: Array, ys: Array, color: str, alpha: float = 1.0) -> None:
        """Fill the closed shape through the points."""
        points = np.column_stack([xs, self.height - np.asarray(ys)])
        self._add(Polygon(points, closed=True, facecolor=color, edgecolor="none", linewidth=0, alpha=alpha))

    def line(
        self, xs: Sequence[float] | Array, ys: Sequence[float] | Array, color: str, width: float, dashed: bool = False
    ) -> None:
        """Draw a line through the points, broken where one is NaN."""
        stroke = Line2D(np.asarray(xs), self._flip(ys), color=color, linewidth=width)
        stroke.set(solid_capstyle="round", solid_joinstyle="round", dash_capstyle="butt")
        if dashed:
            stroke.set_dashes(DASHES)
        self._add(stroke)

    def text(
        self,
        x: float,
        baseline: float,
        text: str,
        size: float,
        color: str,
        *,
        bold: bool = False,
        align: Align = "left",
    ) -> None:
        """Draw text on its baseline, character for character."""
        written = self._text(x, baseline, text, size, color, bold)
        written.set(horizontalalignment=align, verticalalignment="baseline")
        self._add(written)

    def upright_text(self, x: float, middle: float, text: str, size: float, color: str, *, bold: bool = False) -> None:
        """Draw text that runs upwards, its middle at the point."""
        written = self._text(x, middle, text, size, color, bold)
        written.set(horizontalalignment="center", verticalalignment="center", rotation=90)
        self._add(written)

    def png(self) -> bytes:
        """The picture as PNG, the same bytes for the same calls."""
        buffer = io.BytesIO()
        self._agg.print_png(  # type: ignore[no-untyped-call]
            buffer, metadata={"Software": None}, pil_kwargs={"compress_level": 6}
        )
        return buffer.getvalue()

    def rgba(self) -> npt.NDArray[np.uint8]:
        """The picture as (height, width, 4), not premultiplied."""
        self._agg.draw()  # type: ignore[no-untyped-call]
        return np.array(self._agg.buffer_rgba())  # type: ignore[no-untyped-call]

    def _text(self, x: float, y: float, text: str, size: float, color: str, bold: bool) -> Text:
        place = x, self.height - y
        return Text(*place, drawable(text), color=color, fontproperties=font(size, bold), parse_math=False)

    def _flip(self, ys: Sequence[float] | Array) -> Array:
        return self.height - np.asarray(ys, dtype=np.float64)

    def _add(self, artist: Line2D | Polygon | Rectangle | FancyBboxPatch | Text) -> None:
        artist.set_transform(IdentityTransform())
        artist.set_zorder(self._next_layer())
        self._figure.add_artist(artist)


def text_sprite(text: str, size_px: float, color: str, *, bold: bool = False) -> npt.NDArray[np.uint8]:
    """One line of text as (height, width, 4) RGBA, not premultiplied; its capitals' middle is SPRITE_MIDDLE of its
    size below its top."""
    canvas = Canvas(math.ceil(width_px(text, size_px, bold)) + 2, math.ceil(1.3 * size_px), "none")
    canvas.text(0, 0.95 * size_px, text, size_px, color, bold=bold)
    return canvas.rgba()


def plate_sprite(width: int, height: int, radius: float, color: str, alpha: float) -> npt.NDArray[np.uint8]:
    """A rectangle with round corners as (height, width, 4) RGBA, not premultiplied."""
    canvas = Canvas(width, height, "none")
    canvas.rectangle(Box(0, 0, width, height), color, radius, alpha)
    return canvas.rgba()
