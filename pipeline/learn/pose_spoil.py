"""Bodies in photos made different as photos differ: mirrored, tilted, stretched, jittered, partly hidden, mixed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.photo.shape import ANKLE, EAR, ELBOW, FINGER, HEEL, HIP, KNEE, MIRROR, TOE, WRIST, Shapes, Truths
from pipeline.values import Array

_ARMS: Final = tuple(range(EAR, HIP))
_LEGS: Final = tuple(range(HIP, TOE + 2))
_LIMBS: Final = tuple(
    tuple(joint + side for joint in limb)
    for limb in ((ELBOW, WRIST, FINGER), (KNEE, ANKLE, HEEL, TOE))
    for side in (0, 1)
)
# how much worse than a shoulder each landmark is found: the data's own check of drawn bones, roughly
_LOOSENESS: Final = np.array(
    [1, 1, 1, 0.6, 0.6, 1, 1, 1.4, 1.4, 1.6, 1.6, 0.6, 0.6, 1, 1, 1.3, 1.3, 1.4, 1.4, 1.5, 1.5]
)


@dataclass(frozen=True, slots=True)
class Spoiling:
    """Sizes (standard deviations) and chances of each change, for a body of about 1.7 m."""

    swap_chance: float = 0.05  # left and right of the arms, or of the legs, mixed up
    tilt_deg: float = 10.0
    stretch: float = 0.06
    scale: float = 0.08
    jitter_m: float = 0.02
    lost_share: float = 0.05  # of landmarks, on average
    lost_limb_chance: float = 0.05
    doubted_share: float = 0.1  # of visible landmarks said to be guessed


SPOILING: Final = Spoiling()


def spoil(seen: Shapes, size: Spoiling, rng: np.random.Generator) -> Shapes:
    """The same poses, seen otherwise."""
    seen = _either(seen, seen.mirrored(), rng.random(len(seen)) < 0.5)
    for part in (_ARMS, _LEGS):
        seen = _either(seen, _swapped(seen, part), rng.random(len(seen)) < size.swap_chance)
    points = _turned(
        seen.points * rng.normal(1, size.stretch, (len(seen), 1, 2)), rng.normal(0, size.tilt_deg, len(seen))
    )
    points = points * rng.normal(1, size.scale, (len(seen), 1, 1))
    points = points + rng.normal(0, size.jitter_m, points.shape) * _LOOSENESS[:, None] * rng.uniform(
        0, 2, (len(seen), 1, 1)
    )
    known = seen.known * ~_lost(seen, size, rng)
    visible = seen.visible * known * (rng.random(known.shape) > size.doubted_share)
    return Shapes((points * known[..., None]).astype(np.float32), known.astype(np.float32), visible.astype(np.float32))


def _either(one: Shapes, other: Shapes, chosen: Truths) -> Shapes:
    return Shapes(
        np.where(chosen[:, None, None], other.points, one.points),
        np.where(chosen[:, None], other.known, one.known),
        np.where(chosen[:, None], other.visible, one.visible),
    )


def _swapped(seen: Shapes, part: tuple[int, ...]) -> Shapes:
    turn = [MIRROR[index] if index in part else index for index in range(len(MIRROR))]
    return Shapes(seen.points[:, turn], seen.known[:, turn], seen.visible[:, turn])


def _turned(points: Array, tilt_deg: Array) -> Array:
    tilt = np.deg2rad(tilt_deg)[:, None]
    x, y = points[..., 0], points[..., 1]
    return np.stack([x * np.cos(tilt) - y * np.sin(tilt), x * np.sin(tilt) + y * np.cos(tilt)], axis=2)


def _lost(seen: Shapes, size: Spoiling, rng: np.random.Generator) -> Truths:
    """(N, 21) landmarks that are not found; now and then a whole limb."""
    lost = rng.random(seen.known.shape) < 2 * size.lost_share * rng.random((len(seen), 1))
    limb = rng.integers(len(_LIMBS), size=len(seen))
    for number, joints in enumerate(_LIMBS):
        hit = (limb == number) & (rng.random(len(seen)) < size.lost_limb_chance)
        lost[np.ix_(hit, list(joints))] = True
    return lost
