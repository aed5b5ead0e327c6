"""A still body named: is it yoga at all, and which pose, or which exercise of the gym."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np

from pipeline.photo.answer import Answer, answer
from pipeline.photo.network import gym_network, pose_network
from pipeline.photo.shape import Shapes, shapes
from pipeline.values import Array

YOGA: Final = "yoga"  # the gym network's word for what the other network names


def name_still(image_px: Array, visibility: Array) -> Answer:
    """What one body shows, from landmarks (1, 33, 2) in pixels (NaN where not known) and visibility (1, 33)."""
    names, probabilities = still_probabilities(shapes(image_px, visibility))
    return answer(names, probabilities[0], sure_from(probabilities[0], names))


def still_probabilities(seen: Shapes) -> tuple[tuple[str, ...], Array]:
    """All names, exercises and "unknown" first, then poses, and their probabilities (N, K) for N bodies."""
    gym, poses = gym_network(), pose_network()
    said, posed = gym.probabilities(seen), poses.probabilities(seen)
    yoga = gym.names.index(YOGA)
    others = [number for number in range(len(gym.names)) if number != yoga]
    names = (*(gym.names[number] for number in others), *poses.names)
    return names, np.concatenate([said[:, others], said[:, [yoga]] * posed], axis=1)


def sure_from(probabilities: Array, names: tuple[str, ...]) -> Mapping[str, float]:
    """The working points of the network whose names one still's probabilities (K,) speak for."""
    poses = set(pose_network().names)
    posed = float(sum(p for p, name in zip(probabilities, names, strict=True) if name in poses))
    return pose_network().sure_from if posed >= 0.5 else gym_network().sure_from
