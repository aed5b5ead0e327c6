"""Landmarks in a picture made comparable: hips at the origin, one body's size, what is not seen marked.

Only the picture's own two axes count (x right, y down, in pixels, so that proportions are true). Which way is up is
kept: lying and standing are different poses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.values import Array, Floats, Indices, Mask

# nose, ears, shoulders, elbows, wrists, index fingers, hips, knees, ankles, heels, toes of MediaPipe's 33
LANDMARKS_USED: Final = (0, 7, 8, 11, 12, 13, 14, 15, 16, 19, 20, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32)
NOSE, EAR, SHOULDER, ELBOW, WRIST, FINGER, HIP, KNEE, ANKLE, HEEL, TOE = 0, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19
MIRROR: Final = (0, *(index + 1 if index % 2 else index - 1 for index in range(1, len(LANDMARKS_USED))))
VISIBLE: Final = 0.5  # MediaPipe's own line between visible and guessed
FARTHEST: Final = 4.0  # body lengths of a metre or so: beyond it a landmark is wrong

# bones that tell the size: from, to, metres in an adult of middle height (Winter, Biomechanics and Motor Control)
_BONES_M: Final = (
    (SHOULDER, SHOULDER + 1, 0.36),
    (HIP, HIP + 1, 0.22),
    *((SHOULDER + side, HIP + side, 0.50) for side in (0, 1)),
    *((SHOULDER + side, ELBOW + side, 0.30) for side in (0, 1)),
    *((ELBOW + side, WRIST + side, 0.26) for side in (0, 1)),
    *((HIP + side, KNEE + side, 0.42) for side in (0, 1)),
    *((KNEE + side, ANKLE + side, 0.42) for side in (0, 1)),
)


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """N bodies: points (N, 21, 2), about metres, hips at the origin, 0 where not known; known (N, 21) and
    visible (N, 21) are 0 or 1."""

    points: Floats
    known: Floats
    visible: Floats

    def __len__(self) -> int:
        return len(self.points)

    def rows(self, chosen: Indices | Mask) -> Shapes:
        """The chosen bodies."""
        return Shapes(self.points[chosen], self.known[chosen], self.visible[chosen])

    def unhidden(self) -> Shapes:
        """The same bodies with nothing said of what is only guessed: simulated ones have no such doubts, and what a
        body hides of itself would tell real ones from them."""
        return Shapes(self.points, self.known, self.known)

    def mirrored(self) -> Shapes:
        """The same bodies in a mirror: left is right."""
        turn = list(MIRROR)
        flipped = self.points[:, turn] * np.array([-1, 1], np.float32)
        return Shapes(flipped, self.known[:, turn], self.visible[:, turn])


def framed(image_px: Array, width_px: int, height_px: int) -> Array:
    """Landmarks (..., 33, 2) with NaN for those outside the picture: legs out of sight are guesses, mostly bent."""
    inside: Mask = np.asarray(((image_px >= 0) & (image_px < [width_px, height_px])).all(axis=-1, keepdims=True))
    return np.where(inside, image_px, np.nan)


def shapes(image_px: Array, visibility: Array) -> Shapes:
    """The bodies of image_px (N, 33, 2) pixels, NaN where not known, and visibility (N, 33) in 0..1."""
    points = image_px[:, list(LANDMARKS_USED)]
    known: Mask = np.asarray(np.isfinite(points).all(axis=2))
    placed = (points - _middle(points, known)[:, None]) / units_per_metre(points)[:, None, None]
    within: Array = np.clip(np.where(known[..., None], placed, 0), -FARTHEST, FARTHEST)
    visible: Mask = known & (visibility[:, list(LANDMARKS_USED)] >= VISIBLE)
    return Shapes(within.astype(np.float32), known.astype(np.float32), visible.astype(np.float32))


def _middle(points: Array, known: Mask) -> Array:
    """(N, 2) the hips' middle, or one hip, or where neither is known the middle of all that is."""
    hips = slice(HIP, HIP + 2)
    either: Mask = np.asarray(known[:, hips].any(axis=1))
    return np.where(either[:, None], _mean(points[:, hips], known[:, hips]), _mean(points, known))


def _mean(points: Array, known: Mask) -> Array:
    total = np.where(known[..., None], points, 0).sum(axis=1)
    return np.asarray(total / np.maximum(known.sum(axis=1), 1)[:, None])


def units_per_metre(points: Array) -> Array:
    """(N,) of what points (N, 21, 2 or 3) are measured in, pixels for instance, by the longest-looking bones but the
    very longest: foreshortened ones are left out, and one wild one."""
    ratios = [np.linalg.norm(points[:, a] - points[:, b], axis=1) / metres for a, b, metres in _BONES_M]
    ordered = np.sort(np.nan_to_num(np.stack(ratios, axis=1)), axis=1)
    return np.asarray(ordered[:, -4:-1].mean(axis=1) + 1e-6)
