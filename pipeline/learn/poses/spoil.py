"""Bodies in photos made different as photos differ: mirrored, tilted, stretched, jittered, partly hidden, mixed up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.photo import shape as at
from pipeline.photo.shape import MIRROR, Shapes
from pipeline.photo.space import Bodies
from pipeline.values import Array, Floats, Mask

_ARMS: Final = tuple(range(at.EAR, at.HIP))
_LEGS: Final = tuple(range(at.HIP, at.TOE + 2))
_LIMBS: Final = tuple(
    tuple(joint + side for joint in limb)
    for limb in ((at.ELBOW, at.WRIST, at.FINGER), (at.KNEE, at.ANKLE, at.HEEL, at.TOE))
    for side in (0, 1)
)
# what a picture's edge cuts off, and how often of all cuts: mostly legs
_CUTS: Final = (
    (0.24, range(at.KNEE, at.TOE + 2)),
    (0.22, range(at.ANKLE, at.TOE + 2)),
    (0.16, range(at.HEEL, at.TOE + 2)),
    (0.05, range(at.HIP, at.TOE + 2)),
    (0.08, range(at.WRIST, at.FINGER + 2)),
    (0.05, range(at.NOSE, at.SHOULDER)),
    *((0.05, range(joint + side, at.FINGER + 2, 2)) for joint in (at.ELBOW,) for side in (0, 1)),
    *((0.05, range(joint + side, at.TOE + 2, 2)) for joint in (at.KNEE,) for side in (0, 1)),
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
    cut_chance: float = 0.0  # of bodies, that the picture ends before they do


SPOILING: Final = Spoiling()


def spoiled(seen: Shapes | Bodies, size: Spoiling, rng: np.random.Generator) -> Shapes | Bodies:
    """The same bodies, seen otherwise."""
    return spoil_bodies(seen, size, rng) if isinstance(seen, Bodies) else spoil(seen, size, rng)


def spoil_bodies(seen: Bodies, size: Spoiling, rng: np.random.Generator) -> Bodies:
    """The same bodies in space, otherwise tracked: leaning in the picture and in depth, landmarks wrong or lost."""
    turned, chosen = seen.mirrored(), rng.random(len(seen)) < 0.5
    points = np.where(chosen[:, None, None], turned.points, seen.points).astype(np.float64)
    known = np.where(chosen[:, None], turned.known, seen.known)
    points = points * rng.normal(1, size.stretch, (len(seen), 1, 3))
    points = points + rng.normal(0, size.jitter_m, points.shape) * rng.uniform(0, 2, (len(seen), 1, 1))
    for axes in ([0, 1], [1, 2]):
        points[..., axes] = _turned(points[..., axes], rng.normal(0, size.tilt_deg, len(seen)))
    known = known * ~_lost(known, size, rng)
    return Bodies(points.astype(np.float32), known.astype(np.float32))


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
    known = seen.known * ~_lost(seen.known, size, rng)
    visible = seen.visible * known * (rng.random(known.shape) > size.doubted_share)
    return Shapes((points * known[..., None]).astype(np.float32), known.astype(np.float32), visible.astype(np.float32))


def _either(one: Shapes, other: Shapes, chosen: Mask) -> Shapes:
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


def _lost(known: Floats, size: Spoiling, rng: np.random.Generator) -> Mask:
    """(N, 21) landmarks that are not found; now and then a whole limb, or what the picture's edge cuts off."""
    lost = rng.random(known.shape) < 2 * size.lost_share * rng.random((len(known), 1))
    limb = rng.integers(len(_LIMBS), size=len(known))
    for number, joints in enumerate(_LIMBS):
        hit = (limb == number) & (rng.random(len(known)) < size.lost_limb_chance)
        lost[np.ix_(hit, list(joints))] = True
    return lost | _cut(len(known), size.cut_chance, rng) if size.cut_chance else lost


def _cut(count: int, chance: float, rng: np.random.Generator) -> Mask:
    """(N, 21) landmarks beyond the picture's edge."""
    weights = np.array([weight for weight, _ in _CUTS])
    cut = rng.choice(len(_CUTS), count, p=weights / weights.sum())
    whole = rng.random(count) >= chance
    beyond = np.array([np.isin(np.arange(len(MIRROR)), list(joints)) for _, joints in _CUTS])[cut]
    return np.asarray(beyond & ~whole[:, None])
