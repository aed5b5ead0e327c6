"""A photo instead of a clip: one body, named and measured. Nothing is loaded here: import from the modules.

    file -> picture -> landmarks (three looks) -> shape -> features -> network -> answer ─┬─> report
               │           ├─> hands -> equipment ──────────────────────────────────┘     │
               └───────────┴─> joint angles -> beside the reference ──────────────────────┘

from pipeline.photo.analyze import analyze_photo   # analyze_photo(path, estimator, name=None) -> PhotoReport
from pipeline.photo.draw import draw_photo         # draw_photo(report, words) -> PNG: body's lines and angles
"""
