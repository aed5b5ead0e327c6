"""A set as a picture: `draw_chart` for one set, `draw_progress` for many. Only canvas.py knows matplotlib."""

from pipeline.chart.canvas import can_draw
from pipeline.chart.set_chart import draw_chart
from pipeline.chart.words import ChartWords, ProgressWords, english_words

__all__ = ["ChartWords", "ProgressWords", "can_draw", "draw_chart", "english_words"]
