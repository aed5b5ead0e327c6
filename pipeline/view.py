"""The camera's view of the body: from the side, the front, the back, or at an angle."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Literal

import numpy as np

from pipeline.kinematics import LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER
from pipeline.values import PoseTrack

View = Literal["side", "front", "back", "angle"]

SQUARE_DEG = 60.0  # Cosoli 2026: knee angles are valid at 90 degrees of view, and no longer with 45 included
# what a rule of the catalogue calls a view -> the views that carry its judgement
SEEN_BY: Mapping[str, frozenset[View]] = {
    "any": frozenset(("side", "front", "back", "angle")),
    "side": frozenset(("side",)),
    "front": frozenset(("front", "back")),
    "nowhere": frozenset(),
}


def seen_from_side_deg(track: PoseTrack) -> float:
    """0 where the camera sees the body from the front or back, 90 from the side; NaN for an empty track.

    The angle between the line through both shoulders (and hips) and the picture plane, median over the frames.
    """
    across = track.world_m[:, [LEFT_SHOULDER, LEFT_HIP]] - track.world_m[:, [RIGHT_SHOULDER, RIGHT_HIP]]
    across = across.mean(axis=1)[track.seen]
    if not len(across):
        return math.nan
    share = np.abs(across[:, 2]) / (np.linalg.norm(across, axis=1) + 1e-9)
    return float(np.degrees(np.arcsin(np.clip(np.nanmedian(share), 0, 1))))


def view_of(track: PoseTrack) -> View:
    """The camera's view: "side" from SQUARE_DEG of turn on, "front" or "back" up to 30 degrees, "angle" between."""
    aside_deg = seen_from_side_deg(track)
    if aside_deg >= SQUARE_DEG:
        return "side"
    if not aside_deg <= 90 - SQUARE_DEG:
        return "angle"
    across_px = track.image_px[track.seen, LEFT_SHOULDER, 0] - track.image_px[track.seen, RIGHT_SHOULDER, 0]
    return "front" if np.nanmedian(across_px) > 0 else "back"
