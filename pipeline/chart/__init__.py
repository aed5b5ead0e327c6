"""A set as a picture: `draw_chart` for one, `draw_progress` for many. Only fonts.py and canvas.py know matplotlib."""

from pipeline.chart.fonts import can_draw
from pipeline.chart.progress import ProgressPoint
from pipeline.chart.progress_chart import draw_progress
from pipeline.chart.set_chart import draw_chart
from pipeline.chart.words import ENGLISH_PROGRESS, ChartWords, ProgressWords, english_words

__all__ = [
    "ENGLISH_PROGRESS",
    "ChartWords",
    "ProgressPoint",
    "ProgressWords",
    "can_draw",
    "draw_chart",
    "draw_progress",
    "english_words",
]
