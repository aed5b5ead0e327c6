"""Both ends of five exercises as many people did them before many cameras, read back: stills of another source.

For training and measuring only; it never ships. The data are MediaPipe's landmarks of pictures about the hips, scaled
by the body's own size, depth on the same scale; they state no visibility and no picture's edge.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.learn.poses.stills import Stills
from pipeline.photo.name import NAMES
from pipeline.photo.shape import LANDMARKS_USED, shapes, units_per_metre
from pipeline.photo.space import bodies

SOURCE: Final = "updown_five"
# the data's words: the exercise, and whether that end of it is one at which somebody just stands
CALLED: Final[Mapping[str, tuple[str, bool]]] = {
    "jumping_jacks_up": ("jumping_jack", False),
    "jumping_jacks_down": ("jumping_jack", True),
    "pullups_up": ("pull_up", False),
    "pullups_down": ("pull_up", False),
    "pushups_up": ("push_up", False),
    "pushups_down": ("push_up", False),
    "situp_up": ("sit_up", False),
    "situp_down": ("sit_up", True),
    "squats_up": ("squat", True),
    "squats_down": ("squat", False),
}


def read_updown(folder: Path) -> Stills:
    """Every still of updown_five.csv in the folder. Raises OSError where it is not there, KeyError at another word."""
    with (folder / "updown_five.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file))[1:]
    called = [CALLED[row[1]] for row in rows]
    landmarks = np.array([row[2:] for row in rows], dtype=np.float64).reshape(len(rows), 33, 3)
    seen = shapes(landmarks[..., :2], np.ones(landmarks.shape[:2]))
    scale = units_per_metre(landmarks[:, list(LANDMARKS_USED)])
    return Stills(
        seen,
        bodies(landmarks / scale[:, None, None], seen.known),
        np.array([NAMES.index(name) for name, _ in called]),
        np.full(len(rows), SOURCE),
        np.array([not rests for _, rests in called]),
    )
