"""A still body named: is it yoga, and which pose, or which exercise of the gym? Neither is shut out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

import numpy as np

from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.answer import Answer, answer
from pipeline.photo.gate import evidence
from pipeline.photo.network import StillNetwork, gym_network, pose_network
from pipeline.photo.shape import Shapes, shapes
from pipeline.values import Array

YOGA: Final = "yoga"  # the gym network's word for what the other network names

# exercises that are poses: one name for both, the one that has Sanskrit and a reference
SAME: Final[Mapping[str, str]] = MappingProxyType(
    {"yoga_downward_dog": "downward_facing_dog", "yoga_triangle_pose": "triangle_pose"}
)


def name_still(image_px: Array, visibility: Array) -> Answer:
    """What one body shows, from landmarks (1, 33, 2) in pixels (NaN where not known) and visibility (1, 33)."""
    names, (probabilities,) = still_probabilities(shapes(image_px, visibility))
    likeliest = names[int(np.argmax(probabilities))]
    network = pose_network() if likeliest in yoga_poses() else gym_network()
    return answer(names, probabilities, network.sure_from)


def still_probabilities(seen: Shapes) -> tuple[tuple[str, ...], Array]:
    """Every pose and exercise, and their probabilities (N, K)."""
    return mixed(pose_network().probabilities(seen), gym_network(), seen)


def mixed(poses: Array, gym: StillNetwork, seen: Shapes) -> tuple[tuple[str, ...], Array]:
    """The names of both networks, and probabilities (N, K): those of the poses (N, P) and of the gym's exercises, each
    as far as the gate takes the body for the one or the other."""
    yoga, exercises = yoga_and_exercises(gym, seen)
    share = gym.gate.probability(evidence(yoga, poses, exercises))[:, None]
    names, places = _all_names(pose_network().names, gym.names)
    found = np.zeros((len(poses), len(names)))
    found[:, : poses.shape[1]] = share * poses
    np.add.at(found.T, list(places), ((1 - share) * exercises).T)
    return names, found


def yoga_and_exercises(gym: StillNetwork, seen: Shapes) -> tuple[Array, Array]:
    """(N,) the gym network's probability of yoga, and (N, E) of each exercise where it is none."""
    probabilities = gym.probabilities(seen)
    place = gym.names.index(YOGA)
    alone = np.delete(probabilities, place, axis=1)
    return probabilities[:, place], alone / alone.sum(axis=1, keepdims=True)


@cache
def _all_names(poses: tuple[str, ...], gym: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The names of both, and the place of each of the gym's among them."""
    exercises = [SAME.get(name, name) for name in gym if name != YOGA]
    names = (*poses, *(name for name in exercises if name not in poses))
    return names, tuple(names.index(name) for name in exercises)
