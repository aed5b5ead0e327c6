"""A photo instead of a clip: one body, named and measured.

    file -> picture -> landmarks -> shape -> features -> network -> answer ─┬─> report
                           └─────────> joint angles -> beside the reference ─┘

report = analyze_photo(path, estimator)   # a pose, an exercise, the group alone, or "unknown"
png = draw_photo(report, words)           # the photo with the body's lines and angles
"""

from pipeline.photo.analyze import analyze_photo
from pipeline.photo.draw import draw_photo
from pipeline.photo.report import Difference, JointAngle, PhotoReport, PhotoView, photo_to_plain
from pipeline.photo.words import PhotoWords

__all__ = [
    "Difference",
    "JointAngle",
    "PhotoReport",
    "PhotoView",
    "PhotoWords",
    "analyze_photo",
    "draw_photo",
    "photo_to_plain",
]
