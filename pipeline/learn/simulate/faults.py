"""Add MediaPipe's errors to perfect landmarks. Sizes in metres, chosen by eye against development tracks.

Depth is compressed and drifts; a body's up is not quite the room's; far limbs are guessed or drawn to the near ones; a
limb or a pair of sides is swapped or lost for a while; legs outside the picture are invented; both sides have the same
errors; elbows look straighter than they are (presses and pulls seen from the front bend to 100 degrees and not to 55).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.learn.simulate.body import ANKLE, ELBOW, HEEL, HIP, INDEX, KNEE, PINKY, SHOULDER, THUMB, TOE, WRIST
from pipeline.values import LANDMARKS, Array

ARM: Final = (ELBOW, WRIST, PINKY, INDEX, THUMB)
LEG: Final = (KNEE, ANKLE, HEEL, TOE)


@dataclass(frozen=True, slots=True)
class Faults:
    """Sizes in metres (x and y, depth is worse by `depth`) and probabilities per set, of each error."""

    bias: float = 0.015
    drift: float = 0.012
    shared_drift: float = 0.014
    jitter: float = 0.006
    depth: float = 2.5
    far_limb: float = 0.04
    squeeze: tuple[float, float] = (0.6, 1.1)
    tilt_rad: float = 0.07
    pull_chance: float = 0.4
    swap_chance: float = 0.08
    lost_chance: float = 0.06
    invented_legs_chance: float = 0.1
    straighter_chance: float = 0.7
    straighter: float = 0.0  # at most so much of the upper arm's direction is mixed into the forearm's


def wander(count: int, rate_hz: float, size: float, shape: tuple[int, ...], rng: np.random.Generator) -> Array:
    """Slow noise (T, *shape) of standard deviation about `size`, with a knot every 1.2 s."""
    knots = max(2, int(count / rate_hz / 1.2) + 2)
    values = rng.normal(0, size, (knots, *shape))
    at = np.linspace(0, knots - 1.001, count)
    low = at.astype(int)
    part = (at - low).reshape(-1, *[1] * len(shape))
    mixed = values[low] * (1 - part) + values[low + 1] * part
    return np.asarray(mixed)


def spoil(world: Array, rate_hz: float, faults: Faults, rng: np.random.Generator) -> Array:
    """World landmarks (T, 33, 3) in MediaPipe's axes with its errors, hip-centred as before."""
    hard = float(np.exp(rng.normal(-0.1, 0.5)))  # a clip that is hard to see is hard in all ways
    bent = _straighter_arms(world, faults, rng) if faults.straighter else world
    spoiled = bent * [1.0, 1.0, rng.uniform(*faults.squeeze)]
    spoiled = _hide_far_limbs(spoiled, world, rate_hz, faults, hard, rng)
    spoiled = _swap_or_lose(spoiled, faults, rng)
    if rng.random() < faults.invented_legs_chance:
        spoiled = _invent_legs(spoiled, rate_hz, rng)
    spoiled = _tilted(spoiled, rng.normal(0, faults.tilt_rad)) + _noise(len(world), rate_hz, faults, hard, rng)
    return np.asarray(spoiled - spoiled[:, HIP : HIP + 2].mean(axis=1, keepdims=True))


def _straighter_arms(world: Array, faults: Faults, rng: np.random.Generator) -> Array:
    """Both forearms turned towards where the upper arms point, by the same share throughout."""
    share = rng.uniform(0, faults.straighter) if rng.random() < faults.straighter_chance else 0.0
    out = world.copy()
    for side in (0, 1):
        upper, fore = (world[:, b + side] - world[:, a + side] for a, b in ((SHOULDER, ELBOW), (ELBOW, WRIST)))
        length = np.linalg.norm(fore, axis=1, keepdims=True)
        mixed = fore / (length + 1e-9) + share * upper / (np.linalg.norm(upper, axis=1, keepdims=True) + 1e-9)
        turned = mixed / (np.linalg.norm(mixed, axis=1, keepdims=True) + 1e-9) * length
        out[:, [joint + side for joint in ARM[1:]]] += (turned - fore)[:, None]
    return out


def _sureness() -> Array:
    """(33, 1) factors: shoulders and hips are found better than hands and feet."""
    factors = np.ones((LANDMARKS, 1))
    factors[SHOULDER : SHOULDER + 2], factors[ELBOW : ELBOW + 2], factors[HIP : HIP + 2] = 0.5, 0.8, 0.4
    factors[KNEE : KNEE + 2] = 0.8
    return factors


def _noise(count: int, rate_hz: float, faults: Faults, hard: float, rng: np.random.Generator) -> Array:
    axes = np.array([1.0, 1.0, faults.depth]) * hard
    shape = (LANDMARKS, 3)
    own = rng.normal(0, faults.bias, (1, *shape)) + wander(count, rate_hz, faults.drift, shape, rng)
    own = (own + rng.normal(0, faults.jitter, (count, *shape))) * _sureness()
    pairs = wander(count, rate_hz, faults.shared_drift, ((LANDMARKS + 1) // 2, 3), rng)
    shared = pairs[:, (np.arange(LANDMARKS) + 1) // 2]
    shared[:, HIP : HIP + 2] = 0
    return np.asarray((own + shared) * axes)


def _hide_far_limbs(
    spoiled: Array, world: Array, rate_hz: float, faults: Faults, hard: float, rng: np.random.Generator
) -> Array:
    """The limbs behind the body guessed, the more so the squarer the side view, at times drawn to the near ones."""
    apart = world[:, SHOULDER, 2] - world[:, SHOULDER + 1, 2]
    far = 0 if apart.mean() > 0 else 1  # z points away from the camera
    hidden = float(np.clip(np.abs(apart).mean() / 0.35, 0, 1) ** 2)
    pull = rng.uniform(0.2, 0.9) * hidden if rng.random() < faults.pull_chance else 0.0
    out = spoiled.copy()
    for limb in (ARM, LEG):
        guess = wander(len(world), rate_hz, faults.far_limb * hidden * hard, (3,), rng) * [1.0, 1.0, 1.8]
        for step, joint in enumerate(limb):
            gap = spoiled[:, joint + 1 - far] - spoiled[:, joint + far]
            out[:, joint + far] += guess * (1 + 0.4 * min(step, 2)) + gap * pull * [1.0, 1.0, 0.3]
    return out


def _swap_or_lose(points: Array, faults: Faults, rng: np.random.Generator) -> Array:
    out = points.copy()
    for limb in (ARM, LEG):
        start = int(rng.integers(len(points)))
        stop = start + int(rng.integers(4, max(5, len(points) // 2)))
        left = np.array(limb)
        if rng.random() < faults.swap_chance:
            out[start:stop, left], out[start:stop, left + 1] = points[start:stop, left + 1], points[start:stop, left]
        if rng.random() < faults.lost_chance:
            side = left + int(rng.integers(2))
            out[start:stop, side] = out[start, side]
    return out


def _invent_legs(points: Array, rate_hz: float, rng: np.random.Generator) -> Array:
    """Legs below the picture's edge: like standing ones, unsteady, that have nothing to do with the real ones."""
    out = points.copy()
    lean = rng.normal(0, 0.25)
    for side in (0, 1):
        path = wander(len(points), rate_hz, 0.05, (3,), rng)
        for joint, length in ((KNEE, 0.38), (ANKLE, 0.72), (HEEL, 0.75), (TOE, 0.78)):
            down = np.array([0.0, np.cos(lean), np.sin(lean)]) * length * rng.uniform(0.7, 1.05)
            out[:, joint + side] = points[:, HIP + side] + down + path * length
    return out


def _tilted(points: Array, angle: float) -> Array:
    sin, cos = np.sin(angle), np.cos(angle)
    return np.asarray(points @ np.array([[1, 0, 0], [0, cos, sin], [0, -sin, cos]]))
