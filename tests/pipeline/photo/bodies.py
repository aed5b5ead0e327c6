"""Bodies for tests: a standing figure in pixels, and reports about it."""

from __future__ import annotations

import math

import numpy as np

from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.angles import differences, photo_angles
from pipeline.photo.report import PhotoReport, PhotoView
from pipeline.values import Array, Candidate, Caveat, Doubt, PoseTrack, Recognition, Source, Timing

WIDTH, HEIGHT = 600, 800
# landmarks that matter, in pixels of a 600 x 800 picture: a person with both arms out to the sides, feet apart
FIGURE = {
    0: (300, 150),
    7: (315, 150),
    8: (285, 150),
    11: (350, 230),
    12: (250, 230),
    13: (430, 235),
    14: (170, 235),
    15: (510, 235),
    16: (90, 235),
    17: (535, 235),
    18: (65, 235),
    19: (535, 238),
    20: (65, 238),
    21: (525, 245),
    22: (75, 245),
    23: (330, 430),
    24: (270, 430),
    25: (360, 570),
    26: (240, 570),
    27: (390, 710),
    28: (210, 710),
    29: (388, 725),
    30: (212, 725),
    31: (430, 735),
    32: (170, 735),
}
FACE = (300.0, 150.0)


def figure_px() -> Array:
    """(33, 2)."""
    return np.array([FIGURE.get(index, FACE) for index in range(33)], dtype=float)


def track_of(image_px: Array, visibility: Array | None = None) -> PoseTrack:
    """A track of one moment; all landmarks lie in the picture's plane."""
    world = np.concatenate([(image_px - image_px[23:25].mean(axis=0)) / 400, np.zeros((33, 1))], axis=1)
    seen = np.ones(33) if visibility is None else visibility
    return PoseTrack(np.zeros(1), image_px[None], world[None], seen[None], WIDTH, HEIGHT)


def warrior_report(name: str = "warrior_2_pose", *, size: tuple[int, int] = (WIDTH, HEIGHT)) -> PhotoReport:
    """The figure said to be a pose."""
    scale = np.array(size) / (WIDTH, HEIGHT)
    body = figure_px() * scale
    angles = photo_angles(track_of(figure_px()))
    pixels = np.full((size[1], size[0], 3), 180, np.uint8)
    return PhotoReport(
        source=Source("photo", "me.jpg", 0.0, math.nan),
        recognition=Recognition(name, 0.93, (Candidate("tree_pose", 0.04), Candidate("warrior_1_pose", 0.02))),
        said=name,
        level="name",
        names=(Candidate(name, 0.93), Candidate("tree_pose", 0.04), Candidate("warrior_1_pose", 0.02)),
        groups=(Candidate("standing_other", 0.95),),
        large_groups=(Candidate("standing", 0.99),),
        angles=angles,
        differences=differences(angles, yoga_poses()[name].reference),
        caveats=(Caveat(Doubt.PHOTO_DARK),),
        timing=Timing(0.01, 0.1, 0.2),
        method={"pose": "test"},
        view=PhotoView(pixels, body, np.ones(33)),
    )
