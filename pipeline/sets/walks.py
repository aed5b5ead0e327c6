"""Find where somebody walks about, between two sets of one clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.kinematics import LEFT_HIP, LEFT_SHOULDER
from pipeline.reps.body import Body, grid_steps
from pipeline.reps.runs import runs
from pipeline.sets.stretches import Stretch
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class WalkRules:
    """When a body walks; chosen on simulated strolls of two or three metres away and back.

    going_m_s: least sideways speed of the trunk in the picture, over a second; in the tuned sources' sets it is under
    0.16 for three quarters of the time, strolling goes at 0.4 to 0.8, and shows less of it when walking towards the
    camera. turning_s: a stop this short is part of the walk. shortest_s, way_m: less is a step aside.
    """

    going_m_s: float = 0.15
    turning_s: float = 2.0
    shortest_s: float = 5.0
    way_m: float = 2.0


RULES: Final = WalkRules()


@dataclass(frozen=True, slots=True)
class Walk:
    """From start_s to end_s somebody walks."""

    start_s: float
    end_s: float


def walks_of(body: Body, stretches: Sequence[Stretch]) -> tuple[Walk, ...]:
    """Walks in order. Travelling while repeating something, as in walking lunges, is a set and not a walk."""
    speed_m_s = _speed_m_s(body)
    going = speed_m_s >= RULES.going_m_s
    for stretch in stretches:
        if stretch.busy:
            going[stretch.first : stretch.last + 1] = False
    found = []
    for first, last in runs(going, grid_steps(RULES.turning_s)):
        way_m = float(speed_m_s[first : last + 1].sum()) / grid_steps(1.0)
        walk = Walk(float(body.times_s[first]), float(body.times_s[last]))
        if walk.end_s - walk.start_s >= RULES.shortest_s and way_m >= RULES.way_m:
            found.append(walk)
    return tuple(found)


def _speed_m_s(body: Body) -> Array:
    """(T,) how far the trunk moves sideways within the second around each time; 0 in a clip of less than a second."""
    across = (body.middle(LEFT_SHOULDER) + body.middle(LEFT_HIP))[:, 0] / 2
    lag = grid_steps(1.0)
    if len(across) <= lag:
        return np.zeros(len(across))
    return np.pad(np.abs(across[lag:] - across[:-lag]), (lag // 2, lag - lag // 2), mode="edge")
