"""The poses of a flow, one after the other: which pose is held from when to when, with how much unrest.

    PoseTrack -> one shape a step -> poses' probabilities -> mean over a second -> stretches of one pose, held still

For yoga in clips (a sun salutation): a set of repetitions has no business here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.photo.network import StillNetwork, pose_network
from pipeline.photo.shape import Shapes, shapes
from pipeline.values import Array, PoseTrack


@dataclass(frozen=True, slots=True)
class FlowRules:
    """When a pose counts as held. step_s: how densely poses are asked for; over_s: how long answers are averaged, so
    that one odd picture ends no hold; sure_from: the mean probability that is wanted; shortest_s: a breath, under which
    a pose is passed through; lost_s: so long unseen a hold may go on."""

    step_s: float = 0.25
    over_s: float = 1.0
    sure_from: float = 0.5
    shortest_s: float = 1.5
    lost_s: float = 0.5


RULES: Final = FlowRules()


@dataclass(frozen=True, slots=True)
class HeldPose:
    """A pose held from start_s to end_s; confidence is its mean probability; unrest the root mean square wander of the
    body's points about their middle, as a share of the body's size (0.01 is about 2 cm)."""

    name: str
    start_s: float
    end_s: float
    confidence: float
    unrest: float

    @property
    def held_s(self) -> float:
        return self.end_s - self.start_s


def flow_of(track: PoseTrack, rules: FlowRules = RULES, network: StillNetwork | None = None) -> tuple[HeldPose, ...]:
    """The poses held in the track, in order; none where no pose is held long enough or surely enough."""
    rows = _steps(track, rules.step_s)
    if not len(rows):
        return ()
    times_s = track.times_s[rows]
    seen = shapes(track.image_px[rows], track.visibility[rows])
    asked = network or pose_network()
    chances = _averaged(asked.probabilities(seen), times_s, rules.over_s)
    found = _stretches(chances, times_s, rules)
    held = (_held(asked.names, chances, seen, times_s, part) for part in found)
    return tuple(one for one in held if one.held_s >= rules.shortest_s)


def _steps(track: PoseTrack, step_s: float) -> npt.NDArray[np.int_]:
    """Rows with somebody in them, at least a step apart."""
    rows: list[int] = []
    for row in np.flatnonzero(track.seen):
        if not rows or track.times_s[row] - track.times_s[rows[-1]] >= step_s - 1e-6:
            rows.append(int(row))
    return np.array(rows, dtype=int)


def _averaged(chances: Array, times_s: Array, over_s: float) -> Array:
    """(N, K) means over the time about each step."""
    near = np.abs(times_s[:, None] - times_s[None]) <= over_s / 2
    return np.asarray(near @ chances / near.sum(axis=1, keepdims=True))


def _stretches(chances: Array, times_s: Array, rules: FlowRules) -> list[slice]:
    """Steps in a row of one pose that is sure, broken where nobody is seen for long."""
    best = np.where(chances.max(axis=1) >= rules.sure_from, chances.argmax(axis=1), -1)
    apart = np.diff(times_s) > rules.lost_s + rules.step_s
    borders = np.flatnonzero((np.diff(best) != 0) | apart) + 1
    edges = [0, *borders.tolist(), len(best)]
    parts = [slice(start, end) for start, end in pairwise(edges)]
    return [part for part in parts if best[part.start] >= 0]


def _held(names: tuple[str, ...], chances: Array, seen: Shapes, times_s: Array, part: slice) -> HeldPose:
    mean = chances[part].mean(axis=0)
    points = seen.points[part].astype(float)
    unrest = float(np.sqrt(((points - np.median(points, axis=0)) ** 2).sum(axis=2).mean()))
    first, last = float(times_s[part.start]), float(times_s[part.stop - 1])
    return HeldPose(names[int(mean.argmax())], first, last, float(mean.max()), unrest)
