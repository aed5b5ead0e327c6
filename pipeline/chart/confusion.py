"""Draw a confusion matrix: a row for each true class, each cell as dark as its share of the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from pipeline.chart.canvas import Box, Canvas
from pipeline.chart.fonts import width_px
from pipeline.chart.palette import LIGHT
from pipeline.values import Array

CELL_PX: Final = 26  # two figures fit
TEXT_PX: Final = 12.0  # read on a screen of one's own, not on a phone
MARGIN_PX: Final = 10  # about the whole table
LEAST_WRITTEN: Final = 0.005  # smaller shares would be written as 0
DARK_FROM: Final = 0.6  # light figures on a cell as dark as this


def draw_confusion(names: Sequence[str], shares: Array) -> bytes:
    """A PNG of shares (C, C) in 0..1: rows are what it was, columns what it was called, figures are per cent."""
    left = MARGIN_PX + max(width_px(name, TEXT_PX, False) for name in names) + MARGIN_PX
    top, side = MARGIN_PX + left, CELL_PX * len(names)
    canvas = Canvas(round(left + side + MARGIN_PX), round(top + side + MARGIN_PX), LIGHT.paper)
    for number, name in enumerate(names):
        middle = (number + 0.5) * CELL_PX
        canvas.text(left - MARGIN_PX / 2, top + middle + 4, name, TEXT_PX, LIGHT.ink, align="right")
        canvas.upright_text(left + middle, top - 4 - width_px(name, TEXT_PX, False) / 2, name, TEXT_PX, LIGHT.ink)
    for row in range(len(names)):
        for column in range(len(names)):
            _cell(canvas, left + column * CELL_PX, top + row * CELL_PX, float(shares[row, column]))
    return canvas.png()


def _cell(canvas: Canvas, left: float, top: float, share: float) -> None:
    box = Box(left + 0.5, top + 0.5, left + CELL_PX - 0.5, top + CELL_PX - 0.5)
    canvas.rectangle(box, LIGHT.muted, alpha=0.08)
    canvas.rectangle(box, LIGHT.eccentric, alpha=share)
    if share >= LEAST_WRITTEN:
        ink = LIGHT.on_eccentric if share >= DARK_FROM else LIGHT.ink
        canvas.text(box.middle, top + CELL_PX / 2 + 4, f"{100 * share:.0f}", TEXT_PX - 2, ink, align="center")
