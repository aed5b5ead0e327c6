"""A body in space as one row of numbers: turned to face one way, the trunk's length one, what is not seen marked.

The depth is MediaPipe's guess from one picture, but seen from ahead or from the side a body is one body in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.photo.features import BONES, CORNERS, PAIRS, features
from pipeline.photo.shape import HIP, LANDMARKS_USED, MIRROR, SHOULDER, Shapes
from pipeline.values import Array, Floats, Indices, Mask

SHORTEST_TRUNK_M: Final = 0.15  # an adult's is 0.5 m (Winter 2009); one that collapsed must not blow up the rest
NARROWEST_M: Final = 0.05  # shoulders and hips together, seen from above: less has no direction
FARTHEST_TRUNKS: Final = 6.0  # raised hands are at 2.6 (Winter 2009): at twice that a landmark is lost
SOFT: Final = 1e-3  # lengths of the trunk: keeps nothing from dividing by zero

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Bodies:
    """N bodies: points (N, 21, 3) metres on MediaPipe's axes (x right, y down, z away), known (N, 21) 0 or 1."""

    points: Floats
    known: Floats

    def __len__(self) -> int:
        return len(self.points)

    def rows(self, chosen: Indices | Mask) -> Bodies:
        """The chosen ones."""
        return Bodies(self.points[chosen], self.known[chosen])

    def mirrored(self) -> Bodies:
        """The same bodies in a mirror: left is right."""
        turn = list(MIRROR)
        return Bodies(self.points[:, turn] * np.array([-1, 1, 1], np.float32), self.known[:, turn])


def bodies(world_m: Array, known: Floats) -> Bodies:
    """The bodies of world_m (N, 33, 3) of which the landmarks `known` (N, 21) are in the picture."""
    points = world_m[:, list(LANDMARKS_USED)]
    found = known * np.isfinite(points).all(axis=2)
    return Bodies(np.nan_to_num(points).astype(np.float32), found.astype(np.float32))


def rows_of(seen: Shapes | Bodies) -> Floats:
    """(N, F) what a network reads of bodies in the picture's plane, or in space."""
    return space_features(seen) if isinstance(seen, Bodies) else features(seen)


def space_features(seen: Bodies) -> Floats:
    """(N, F) float32: points about the hips' middle, what is known, bones' directions and lengths, distances and
    heights between all pairs of joints, cosines of the joints' angles. What is not known is 0 throughout."""
    points, flat = _facing(seen.points) * seen.known[..., None], (len(seen), -1)
    bones, pairs = _apart(points, seen.known, BONES), _apart(points, seen.known, PAIRS)
    lengths, distances = np.linalg.norm(bones, axis=2), np.linalg.norm(pairs, axis=2)
    ways = bones / (lengths[..., None] + SOFT)
    parts = (points.reshape(flat), seen.known, ways.reshape(flat), lengths, distances, pairs[..., 1])
    return np.concatenate([*parts, _cosines(points, seen.known)], axis=1).astype(np.float32)


def _facing(points: Floats) -> Floats:
    """(N, 21, 3) about the hips' middle, y up, left shoulder and hip towards +x, in lengths of the trunk."""
    about = points - points[:, [HIP, HIP + 1]].mean(axis=1, keepdims=True)
    trunk = np.linalg.norm(about[:, [SHOULDER, SHOULDER + 1]].mean(axis=1), axis=1)
    across = sum(about[:, joint, ::2] - about[:, joint + 1, ::2] for joint in (SHOULDER, HIP))
    cosine, sine = (across / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), NARROWEST_M)).T[..., None]
    x, y, z = np.moveaxis(about, 2, 0)
    turned = np.stack([x * cosine + z * sine, -y, x * sine - z * cosine], axis=2)
    scaled = turned / np.maximum(trunk, SHORTEST_TRUNK_M)[:, None, None]
    return np.asarray(np.clip(scaled, -FARTHEST_TRUNKS, FARTHEST_TRUNKS))


def _apart(points: Floats, known: Floats, pairs: tuple[Pair, ...]) -> Floats:
    """(N, P, 3) from the first of each pair to the second."""
    start, end = (list(ends) for ends in zip(*pairs, strict=True))
    return (points[:, end] - points[:, start]) * (known[:, start] * known[:, end])[..., None]


def _cosines(points: Floats, known: Floats) -> Floats:
    """(N, C) of the angle at each corner."""
    first, corner, last = (list(ends) for ends in zip(*CORNERS, strict=True))
    one, other = points[:, first] - points[:, corner], points[:, last] - points[:, corner]
    scale = np.linalg.norm(one, axis=2) * np.linalg.norm(other, axis=2) + SOFT
    return np.asarray((one * other).sum(axis=2) / scale * known[:, first] * known[:, corner] * known[:, last])
