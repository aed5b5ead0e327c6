"""Draw the body's lines over a picture. The importer of cv2 here."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.values import Array, PoseTrack
from pipeline.video.pixels import Pixels

# Pairs of MediaPipe's 33 landmarks: trunk, arms, legs, feet. The face is left alone.
BONES = (
    (11, 12), (11, 23), (12, 24), (23, 24),
    (11, 13), (13, 15), (12, 14), (14, 16),
    (23, 25), (25, 27), (24, 26), (26, 28),
    (27, 29), (29, 31), (27, 31), (28, 30), (30, 32), (28, 32),
)  # fmt: skip
JOINTS = (11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28)
SUBPIXEL_BITS = 4
HALO = (12, 18, 26)
WHITE = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class SkeletonLimits:
    """What is drawn: landmarks that are visible (MediaPipe's own 0.5), across gaps of under a fifth of a second; and
    line width, as a share of the picture's shorter side.
    """

    least_visibility: float = 0.5
    longest_gap_s: float = 0.2
    thickness_share: float = 0.009


LIMITS = SkeletonLimits()


@dataclass(frozen=True, slots=True, eq=False)
class Skeletons:
    """A track prepared for drawing at any time: only rows with somebody in them, hidden landmarks set to NaN."""

    times_s: Array
    points: Array  # (T, 33, 2), as shares of the picture's width and height

    def at(self, time_s: float, limits: SkeletonLimits = LIMITS) -> Array | None:
        """(33, 2) shares of width and height, interpolated between the two rows around the time; None in a
        longer gap.
        """
        after = int(np.searchsorted(self.times_s, time_s))
        near = [place for place in (after - 1, after) if 0 <= place < len(self.times_s)]
        if not near or min(abs(self.times_s[near] - time_s)) > limits.longest_gap_s:
            return None
        early, late = near[0], near[-1]
        gap_s = self.times_s[late] - self.times_s[early]
        if gap_s == 0 or gap_s > limits.longest_gap_s:
            closest = min(near, key=lambda place: float(abs(self.times_s[place] - time_s)))
            return np.asarray(self.points[closest])
        share = (time_s - self.times_s[early]) / gap_s
        return np.asarray((1 - share) * self.points[early] + share * self.points[late])


def skeletons(track: PoseTrack, limits: SkeletonLimits = LIMITS) -> Skeletons:
    """The track's landmarks as shares of its picture, NaN where they are hidden."""
    shares = track.image_px / np.array([track.width_px, track.height_px])
    hidden = ~(track.visibility >= limits.least_visibility)
    points = np.where(hidden[:, :, None], np.nan, shares)
    return Skeletons(track.times_s[track.seen], points[track.seen])


def draw_skeleton(pixels: Pixels, points: Array, color: tuple[int, int, int], limits: SkeletonLimits = LIMITS) -> None:
    """Draw the visible bones and joints over `pixels` (height, width, 3), in place."""
    height, width = pixels.shape[:2]
    thick = max(2, round(limits.thickness_share * min(height, width)))
    with np.errstate(invalid="ignore"):
        scaled = np.round(points * (width, height) * 2**SUBPIXEL_BITS)
    seen = np.isfinite(scaled).all(axis=1)
    at = np.where(seen[:, None], scaled, 0).astype(int).tolist()
    bones = [(at[one], at[other]) for one, other in BONES if seen[one] and seen[other]]
    for tint, extra in ((HALO, max(2, thick // 2)), (color, 0)):
        for one, other in bones:
            cv2.line(pixels, one, other, tint, thick + extra, cv2.LINE_AA, SUBPIXEL_BITS)
    for joint in (joint for joint in JOINTS if seen[joint]):
        for tint, radius in ((HALO, max(4.0, 1.1 * thick)), (WHITE, max(2.5, 0.75 * thick))):
            cv2.circle(pixels, at[joint], round(radius * 2**SUBPIXEL_BITS), tint, -1, cv2.LINE_AA, SUBPIXEL_BITS)
