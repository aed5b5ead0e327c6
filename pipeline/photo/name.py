"""A still body named: is it yoga at all, and which pose, or which exercise of the gym."""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.photo.answer import Answer, answer
from pipeline.photo.network import StillNetwork, gym_network, pose_network
from pipeline.photo.shape import Shapes, shapes
from pipeline.values import Array

YOGA: Final = "yoga"  # the gym network's word for what the other network names

# From this probability of yoga on a photo is named as a pose: 4 % of 288 filmed moments of the gym (development sources
# s04 to s07 and s10, which taught nothing) lie above it, and 82 % of held-out photos of poses that are only yoga
YOGA_FROM: Final = 0.4


def name_still(image_px: Array, visibility: Array) -> Answer:
    """What one body shows, from landmarks (1, 33, 2) in pixels (NaN where not known) and visibility (1, 33)."""
    seen = shapes(image_px, visibility)
    network = pose_network() if yoga_probability(seen)[0] >= YOGA_FROM else gym_network()
    names, probabilities = named_by(network, seen)
    return answer(names, probabilities[0], network.sure_from)


def yoga_probability(seen: Shapes) -> Array:
    """(N,) that the bodies do yoga and no exercise of the gym."""
    gym = gym_network()
    return np.asarray(gym.probabilities(seen)[:, gym.names.index(YOGA)])


def named_by(network: StillNetwork, seen: Shapes) -> tuple[tuple[str, ...], Array]:
    """The network's names but "yoga", and their probabilities (N, K), where it is known which network to ask."""
    probabilities = network.probabilities(seen)
    kept = [number for number, name in enumerate(network.names) if name != YOGA]
    alone = probabilities[:, kept]
    return tuple(network.names[number] for number in kept), alone / alone.sum(axis=1, keepdims=True)
