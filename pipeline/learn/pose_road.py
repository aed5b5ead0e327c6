"""The whole road of a photo's body, through both networks and the gate between them: laid, and measured."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from pipeline.learn.class_measures import softened
from pipeline.learn.pose_gate import fit_gate
from pipeline.learn.pose_network import Lessons, Member, ensemble_logs
from pipeline.learn.train_poses import WATCHED, Course, judged
from pipeline.photo.gate import Gate, evidence
from pipeline.photo.name import SAME, mixed, yoga_and_exercises
from pipeline.photo.network import StillNetwork
from pipeline.photo.shape import Shapes
from pipeline.values import Array

WHOLE: Final = 0.9  # of the landmarks: MediaPipe says where all are, only the data's photos lack many


def laid(held: Sequence[Member], gym: StillNetwork, course: Course, filmed: Lessons) -> Road:
    """Its gate is fitted on watched photos of yoga, as whole as at run time, and filmed stills; none taught either."""
    said, _ = judged(held, course)
    road = Road(held, said, gym)
    photos = course.of(WATCHED).seen
    gate = fit_gate(road.evidence(photos.rows(photos.known.mean(axis=1) >= WHOLE)), road.evidence(filmed.seen))
    return replace(road, gym=replace(gym, gate=gate))


@dataclass(frozen=True, slots=True, eq=False)
class Road:
    """Both networks and the gate between them, as a photo goes through; the poses' one as it was before it saw all."""

    members: Sequence[Member]
    poses_said: Mapping[str, Any]
    gym: StillNetwork

    @property
    def gate(self) -> Gate:
        return self.gym.gate

    def evidence(self, seen: Shapes) -> Array:
        """(N, 3) what the gate goes by."""
        yoga, exercises = yoga_and_exercises(self.gym, seen)
        return evidence(yoga, self._poses(seen), exercises)

    def figures(self, stills: Lessons, answers: Sequence[str]) -> dict[str, float]:
        """Shares (0..1): right, among the first three; said by name, and right of these."""
        names, probability = mixed(self._poses(stills.seen), self.gym, stills.seen)
        true = np.array([names.index(SAME.get(answers[one], answers[one])) for one in stills.answer])
        order = np.argsort(-probability, axis=1)
        sure_from = np.where(order[:, 0] < len(self.poses_said["names"]), *self._sure_from)
        sure, right = probability.max(axis=1) >= sure_from, order[:, 0] == true
        return {
            "stills": len(true),
            "top_1": float(right.mean()),
            "top_3": float((order[:, :3] == true[:, None]).any(axis=1).mean()),
            "said": float(sure.mean()),
            "said_right": float(right[sure].mean()) if sure.any() else math.nan,
        }

    @property
    def _sure_from(self) -> tuple[float, float]:
        return self.poses_said["sure_from"]["name"], self.gym.sure_from["name"]

    def _poses(self, seen: Shapes) -> Array:
        return softened(ensemble_logs(self.members, seen), self.poses_said["temperature"])
