"""Draw a set as a picture (`draw_chart`), or many (`draw_progress`). Only fonts.py and canvas.py import matplotlib."""

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
