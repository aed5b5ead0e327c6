"""Let a simulated idler walk through the picture: pass by, come nearer or go away, turn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.learn.simulate.body import HIP
from pipeline.values import Array, PoseTrack


@dataclass(frozen=True, slots=True)
class Stroll:
    """One standard deviation each of what happens over the whole track; our estimates. turn_rad: of those who turn."""

    across_m: float = 1.2
    nearer: float = 0.35  # natural logarithm of the size
    turn_rad: float = 1.9
    turning: float = 0.5  # share who turn at all


USUAL_STROLL: Final = Stroll()


def strolling(track: PoseTrack, rng: np.random.Generator, stroll: Stroll = USUAL_STROLL) -> PoseTrack:
    """The track on a way through the room; a body that turns is drawn from its world landmarks."""
    done = np.linspace(-0.5, 0.5, len(track.times_s))[:, None, None]
    pixels_a_metre = _pixels_a_metre(track)
    hips = _hips(track.image_px)
    world, image = track.world_m, track.image_px
    if rng.random() < stroll.turning:
        world = _turned(world, done[..., 0] * rng.normal(0, stroll.turn_rad))
        image = hips + world[..., :2] * pixels_a_metre
    grown = hips + (image - hips) * np.exp(rng.normal(0, stroll.nearer) * done)
    passed = done * pixels_a_metre * rng.normal(0, [stroll.across_m, stroll.across_m / 12])
    return replace(track, image_px=grown + passed, world_m=world)


def _hips(points: Array) -> Array:
    return np.asarray((points[:, [HIP]] + points[:, [HIP + 1]]) / 2)


def _pixels_a_metre(track: PoseTrack) -> float:
    """How large the body is drawn, by how far its landmarks lie above or under its hips."""
    drawn = np.abs(track.image_px - _hips(track.image_px))[..., 1]
    return float(np.median(drawn) / (np.median(np.abs(track.world_m[..., 1])) + 0.01))


def _turned(world_m: Array, angle: Array) -> Array:
    """Each frame turned about the vertical by its angle (T, 1)."""
    sin, cos = np.sin(angle), np.cos(angle)
    x, y, z = np.moveaxis(world_m, -1, 0)
    return np.stack([x * cos + z * sin, y, z * cos - x * sin], axis=-1)
