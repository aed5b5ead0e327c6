"""A body's shape as one row of numbers: where its points lie, which way its bones run, how far its parts are apart.

Features only grow at the end: a network that was taught on fewer reads the first of them.
"""

from __future__ import annotations

from itertools import combinations
from typing import Final

import numpy as np

from pipeline.photo.shape import (
    ANKLE,
    ELBOW,
    FARTHEST,
    FINGER,
    HEEL,
    HIP,
    KNEE,
    NOSE,
    SHOULDER,
    TOE,
    WRIST,
    Shapes,
)
from pipeline.values import Floats

Pair = tuple[int, int]

_SIDED: Final[tuple[Pair, ...]] = (
    (SHOULDER, HIP),
    (SHOULDER, ELBOW),
    (ELBOW, WRIST),
    (HIP, KNEE),
    (KNEE, ANKLE),
    (ANKLE, TOE),
    (ANKLE, HEEL),
    (WRIST, FINGER),
)
BONES: Final = (
    (SHOULDER, SHOULDER + 1),
    (HIP, HIP + 1),
    *((a + side, b + side) for a, b in _SIDED for side in (0, 1)),
)
JOINTS: Final = (NOSE, *(joint + side for joint in (SHOULDER, ELBOW, WRIST, HIP, KNEE, ANKLE) for side in (0, 1)))
PAIRS: Final = tuple(combinations(JOINTS, 2))
CORNERS: Final = tuple(
    (a + side, corner + side, b + side)
    for a, corner, b in (
        (SHOULDER, ELBOW, WRIST),
        (HIP, SHOULDER, ELBOW),
        (SHOULDER, HIP, KNEE),
        (HIP, KNEE, ANKLE),
        (KNEE, ANKLE, TOE),
    )
    for side in (0, 1)
)


def features(seen: Shapes) -> Floats:
    """(N, F) float32: points, what is known and visible, bones' directions and lengths, distances and directions
    between all pairs of joints, cosine and sine of the joints' angles, points along and across the trunk, the box about
    the body, how high above its lowest point each landmark lies, and the joints' order from top to bottom. What is not
    known is 0 throughout."""
    flat = len(seen), -1
    bones, bone_lengths = _vectors(seen, BONES, 1e-3)
    ways, distances = _vectors(seen, PAIRS, 0.05)
    parts = (
        *(seen.points.reshape(flat), seen.known, seen.visible),
        *(bones.reshape(flat), bone_lengths, distances, ways.reshape(flat)),
        *_corners(seen),
        *_along_the_trunk(seen),
        *_in_the_box(seen),
        _from_top_to_bottom(seen),
    )
    return np.concatenate(parts, axis=1).astype(np.float32)


def _vectors(seen: Shapes, pairs: tuple[Pair, ...], soft: float) -> tuple[Floats, Floats]:
    """Directions (N, P, 2) and lengths (N, P) between pairs of points; lengths under `soft` have no direction."""
    start, end = (list(points) for points in zip(*pairs, strict=True))
    both = seen.known[:, start] * seen.known[:, end]
    apart = (seen.points[:, end] - seen.points[:, start]) * both[..., None]
    lengths = np.sqrt((apart**2).sum(axis=2))
    return apart / (lengths[..., None] + np.float32(soft)), lengths


def _corners(seen: Shapes) -> tuple[Floats, Floats]:
    """Cosine and sine (N, C) of the angle at each corner."""
    first, corner, last = (list(points) for points in zip(*CORNERS, strict=True))
    known = seen.known[:, first] * seen.known[:, corner] * seen.known[:, last]
    one, other = seen.points[:, first] - seen.points[:, corner], seen.points[:, last] - seen.points[:, corner]
    scale = known / (np.sqrt((one**2).sum(axis=2) * (other**2).sum(axis=2)) + np.float32(1e-3))
    cosine = (one * other).sum(axis=2) * scale
    sine = (one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]) * scale
    return cosine, sine


def _along_the_trunk(seen: Shapes) -> tuple[Floats, Floats]:
    """(N, 21) along and across the line from the hips to the shoulders, whichever way it points in the picture."""
    neck = (seen.points[:, SHOULDER] + seen.points[:, SHOULDER + 1]) / 2
    way = (neck / (np.linalg.norm(neck, axis=1, keepdims=True) + np.float32(1e-3)))[:, None]
    x, y = seen.points[..., 0], seen.points[..., 1]
    return x * way[..., 0] + y * way[..., 1], y * way[..., 0] - x * way[..., 1]


def _in_the_box(seen: Shapes) -> tuple[Floats, Floats, Floats, Floats]:
    """The corners (N, 2) of the box about what is known, its size (N, 2), and points' heights in it (N, 21)."""
    known, somebody = seen.known[..., None] > 0, seen.known.max(axis=1, keepdims=True)
    low = np.where(known, seen.points, np.float32(FARTHEST)).min(axis=1) * somebody
    high = np.where(known, seen.points, np.float32(-FARTHEST)).max(axis=1) * somebody
    return low, high, high - low, (seen.points[..., 1] - high[:, None, 1]) * seen.known


def _from_top_to_bottom(seen: Shapes) -> Floats:
    """(N, 13) each joint's place in the order of heights, from -0.5 to 0.5."""
    heights = seen.points[:, list(JOINTS), 1]
    above = (heights[:, :, None] > heights[:, None]).sum(axis=2) / (len(JOINTS) - 1)
    return np.asarray((above - 0.5) * seen.known[:, list(JOINTS)], np.float32)
