"""A canvas with its palette, and the sizes of text."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.chart.canvas import Box, Canvas
from pipeline.chart.palette import Palette
from pipeline.chart.typeset import shorten

SMALL = 31.0  # 11 px where a picture of 1080 px is shown 390 px wide: nothing is smaller
HEADING = 34.0  # pixels, 12 on a phone: a step over SMALL


@dataclass(frozen=True, slots=True)
class Pen:
    """A canvas and the palette it is drawn with."""

    canvas: Canvas
    palette: Palette

    def heading(self, place: Box, text: str, aside: str = "", size: float = HEADING) -> None:
        """A panel's heading at its top left, and what is worth knowing at its top right."""
        ink, muted = self.palette.ink, self.palette.muted
        room = place.width * (0.55 if aside else 1.0)
        self.canvas.text(place.left, place.top + 30, shorten(text, size, room, True), size, ink, bold=True)
        if aside:
            short = shorten(aside, SMALL, place.width * 0.42)
            self.canvas.text(place.right, place.top + 30, short, SMALL, muted, align="right")
