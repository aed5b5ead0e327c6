"""Measure a hold: how long a posture was held, and how steadily."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial.distance import cdist

from pipeline.catalogue.exercise import Exercise
from pipeline.reps.body import Body, body_of, grid_steps
from pipeline.reps.runs import runs
from pipeline.values import Array, Mask, PoseTrack


@dataclass(frozen=True, slots=True)
class HoldRules:
    """Limits of a hold. Distances are between whole poses (see `reps/body`): 1 is a large change, 90 degrees or a
    metre.
    """

    same_posture: float = 0.5  # half of what the smallest real repetition of the tuned sources changes
    shortest_s: float = 1.0  # less is passing through, not holding
    bridged_s: float = 0.5  # a wobble this short does not end a hold
    full_sway: float = 0.25  # a standing body swaying this much is not steady at all


RULES: Final = HoldRules()


@dataclass(frozen=True, slots=True)
class Hold:
    """The longest stretch in one posture. steadiness: 0..1, 1 without movement; sway_m: root mean square, metres."""

    start_s: float
    end_s: float
    steadiness: float
    sway_m: float

    @property
    def held_s(self) -> float:
        return self.end_s - self.start_s


def measure_hold(track: PoseTrack, exercise: Exercise | None = None) -> Hold | None:
    """The longest stretch in the posture that the body kept most of the time; None where none lasts a second.

    None, too, for an exercise that is not a hold; pass None to look at the body alone.
    """
    body = body_of(track)
    if body is None or (exercise is not None and exercise.kind == "reps"):
        return None
    kept = runs(_in_posture(body), grid_steps(RULES.bridged_s))
    first, last = max(kept, key=lambda run: run[1] - run[0])
    if body.times_s[last] - body.times_s[first] < RULES.shortest_s:
        return None
    sway_m, sway = _sway(body, first, last)
    steadiness = float(np.clip(1 - sway / RULES.full_sway, 0, 1))
    return Hold(float(body.times_s[first]), float(body.times_s[last]), steadiness, sway_m)


def _in_posture(body: Body) -> Mask:
    """(T,) True near the pose that most other poses are near to."""
    sample = body.pose[:: grid_steps(0.5)]
    near = cdist(sample, sample) < RULES.same_posture
    kept = sample[near[int(near.sum(axis=1).argmax())]].mean(axis=0)
    return np.asarray(np.linalg.norm(body.pose - kept, axis=1) < RULES.same_posture)


def _sway(body: Body, first: int, last: int) -> tuple[float, float]:
    """Root mean square distance from the stretch's mean: (shoulders and hips in metres of body, the whole pose)."""
    trunk = body.points[first : last + 1, [11, 12, 23, 24]].mean(axis=1)
    return _rms(trunk), _rms(body.pose[first : last + 1])


def _rms(values: Array) -> float:
    return float(np.sqrt(((values - values.mean(axis=0)) ** 2).sum(axis=1).mean()))
