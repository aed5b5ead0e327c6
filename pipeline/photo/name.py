"""A still body named: which pose of yoga or which exercise of the gym, weighed against each other in one decision.

shape ─┬─> the stills' network   every pose and exercise: yoga or gym, and which
       └─> the poses' network    which pose, if it is one
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np

from pipeline.catalogue import exercises
from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.answer import Answer, answer
from pipeline.photo.network import pose_network, softened, still_network
from pipeline.photo.shape import Shapes, shapes
from pipeline.values import UNKNOWN, Array

# exercises that are poses: one name for both, the one that has Sanskrit and a reference
SAME: Final[Mapping[str, str]] = MappingProxyType(
    {
        "yoga_downward_dog": "downward_facing_dog",
        "yoga_triangle_pose": "triangle_pose",
        "side_plank": "side_plank_pose",
    }
)
# poses that are one exercise: in a photo they are called by its name, on the hands or on the forearms
ONE_EXERCISE: Final[Mapping[str, str]] = MappingProxyType({"plank_pose": "plank", "dolphin_plank_pose": "plank"})
POSES: Final = tuple(yoga_poses())
EXERCISES: Final = (*(name for name in exercises() if name not in SAME), UNKNOWN)
NAMES: Final = (*POSES, *EXERCISES)
COMMONNESS: Final = np.array([exercises()[name].commonness if name in exercises() else 1 for name in EXERCISES])


def name_still(image_px: Array, visibility: Array) -> Answer:
    """What one body shows, from landmarks (1, 33, 2) in pixels (NaN where not known) and visibility (1, 33)."""
    (probabilities,) = still_probabilities(shapes(image_px, visibility))
    kind = "pose" if NAMES[int(np.argmax(probabilities))] in yoga_poses() else "exercise"
    return answer(NAMES, probabilities, still_network().sure_from[kind])


def still_probabilities(seen: Shapes) -> Array:
    """(N, K) of each of `NAMES`."""
    stills = still_network()
    logs = mixed(pose_network().logs(seen), stills.logs(seen.unhidden()))
    return Weighing(**stills.weighing).probability(logs)


def mixed(poses: Array, stills: Array) -> Array:
    """(N, K) logarithms over `NAMES`, from those that the poses' network gives to the poses (N, P) and the stills' one
    to all names (N, K): exercises count as they are common; which pose it is both say, weighing alike."""
    yoga, gym = stills[:, : len(POSES)], stills[:, len(POSES) :]
    pose = _shares((_shares(poses) + _shares(yoga)) / 2)
    return _shares(np.concatenate([pose + _total(yoga), gym + np.log(COMMONNESS / COMMONNESS.mean())], axis=1))


@dataclass(frozen=True, slots=True)
class Weighing:
    """What turns logarithms over `NAMES` into probabilities: how much poses among themselves and exercises among
    themselves are softened, and the log-odds of the gym as kind_slope times the networks' own plus gym_odds."""

    pose_temperature: float = 1.0
    exercise_temperature: float = 1.0
    kind_slope: float = 1.0
    gym_odds: float = 0.0

    def probability(self, logs: Array) -> Array:
        """(N, K) of logarithms (N, K)."""
        yoga, gym = logs[:, : len(POSES)], logs[:, len(POSES) :]
        gym_share = 1 / (1 + np.exp(-self.kind_slope * gym_log_odds(logs) - self.gym_odds))[:, None]
        pose, exercise = softened(yoga, self.pose_temperature), softened(gym, self.exercise_temperature)
        return np.concatenate([(1 - gym_share) * pose, gym_share * exercise], axis=1)


def gym_log_odds(logs: Array) -> Array:
    """(N,) of any exercise against any pose."""
    return np.asarray((_total(logs[:, len(POSES) :]) - _total(logs[:, : len(POSES)]))[:, 0])


def _shares(logs: Array) -> Array:
    return np.asarray(logs - _total(logs))


def _total(logs: Array) -> Array:
    return np.asarray(np.logaddexp.reduce(logs, axis=1, keepdims=True))
