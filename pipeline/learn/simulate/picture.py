"""Crop simulated bodies at the picture's edge as real clips do: all of the body, or legs, an arm or hands cut off.

Of the windows of real clips an eighth shows no ankles, one in fourteen no knees for most of the time; of simulated
ones, with the shares below, one in seven and one in sixteen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.learn.simulate.body import HIP, SHOULDER
from pipeline.values import Array, PoseTrack

TRUNK: Final = (SHOULDER, SHOULDER + 1, HIP, HIP + 1)


@dataclass(frozen=True, slots=True)
class Cropping:
    """share of pictures that cut somebody off, below mostly, else above or on either side; margin_px of the others."""

    share: float = 0.3
    below: float = 0.75
    above: float = 0.09
    margin_px: float = 20.0


USUAL_CROPPING: Final = Cropping()


def framed(track: PoseTrack, rng: np.random.Generator, rules: Cropping = USUAL_CROPPING) -> PoseTrack:
    """The track in a picture that holds all of the body, or cuts it somewhere between the trunk and its farthest."""
    low, high = track.image_px.min(axis=(0, 1)) - rules.margin_px, track.image_px.max(axis=(0, 1)) + rules.margin_px
    if rng.random() < rules.share:
        low, high = _cut(track.image_px, low, high, rules, rng)
    width_px, height_px = np.ceil(high - low).astype(int).tolist()
    return replace(track, image_px=track.image_px - low, width_px=width_px, height_px=height_px)


def _cut(image_px: Array, low: Array, high: Array, rules: Cropping, rng: np.random.Generator) -> tuple[Array, Array]:
    """The picture's corners with one edge moved inwards."""
    kind = rng.random()
    axis = 1 if kind < rules.below + rules.above else 0
    upper = kind < rules.below or (axis == 0 and rng.random() < 0.5)
    sign = 1.0 if upper else -1.0
    along = image_px[..., axis] * sign
    trunk, farthest = np.quantile(along[:, TRUNK], 0.9), along.max()
    edge = sign * (trunk + (farthest - trunk) * rng.random())
    moved = np.where(np.arange(2) == axis, edge, high if upper else low)
    return (low, moved) if upper else (moved, high)
