"""The poses of a flow, one after the other: which pose is held from when to when, with how much sway.

    PoseTrack -> one shape a step -> poses' probabilities -> mean over a second -> stretches of one pose, held still

For yoga in clips (a sun salutation): a set of repetitions has no business here.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.catalogue import find
from pipeline.photo.name import NAMES, ONE_EXERCISE, body_of, still_probabilities
from pipeline.photo.network import StillNetwork, pose_network
from pipeline.photo.shape import Shapes
from pipeline.values import Array, HeldPose, PoseTrack, Recognition


@dataclass(frozen=True, slots=True)
class FlowRules:
    """When a pose counts as held. step_s: how densely poses are asked for; over_s: how long answers are averaged, so
    that one odd picture ends no hold; sure_from: the mean probability that is wanted, from which on 95 % of the poses
    named in photos not taught were right (weights/poses.md); shortest_s: a breath, under which
    a pose is passed through; lost_s: so long unseen a hold may go on. told_share: of the recording that poses are held
    for where it is told as a flow: less are the moments of stillness of something else."""

    step_s: float = 0.25
    over_s: float = 1.0
    sure_from: float = 0.62
    shortest_s: float = 1.5
    lost_s: float = 0.5
    told_share: float = 0.5


RULES: Final = FlowRules()


PUSH_UP_ENDS: Final = frozenset({"plank_pose", "four_limbed_staff_pose"})  # a slow push-up rests in one, then the other


def poses_told(track: PoseTrack, recognition: Recognition, rules: FlowRules = RULES) -> tuple[HeldPose, ...]:
    """The poses of a recording that is a flow, or of one pose that no exercise's name says; else none.

    One pose alone has to be one for a photo, too: to a network that knows nothing but yoga, somebody who stands about
    is an eagle.
    """
    entry = find(recognition.name)
    if entry is not None and entry.kind != "hold":
        return ()
    poses = flow_of(track, rules)
    kinds = {pose.name for pose in poses}
    if sum(pose.held_s for pose in poses) < rules.told_share * track.duration_s or kinds == PUSH_UP_ENDS:
        return ()
    if len(kinds) > 1:
        return poses
    return poses if entry is None and all(_is_for_a_photo(track, pose, rules) for pose in poses) else ()


def flow_of(track: PoseTrack, rules: FlowRules = RULES, network: StillNetwork | None = None) -> tuple[HeldPose, ...]:
    """The poses held in the track, in order; none where no pose is held long enough or surely enough."""
    rows = _steps(track, rules.step_s)
    if not len(rows):
        return ()
    times_s = track.times_s[rows]
    seen, _ = body_of(track, rows)
    asked = network or pose_network()
    chances = _averaged(asked.probabilities(seen), times_s, rules.over_s)
    found = _stretches(chances, times_s, rules)
    held = (_held(asked.names, chances, seen, times_s, part) for part in found)
    return tuple(one for one in held if one.held_s >= rules.shortest_s)


def _is_for_a_photo(track: PoseTrack, pose: HeldPose, rules: FlowRules) -> bool:
    rows = _steps(track, rules.step_s)
    held = rows[(track.times_s[rows] >= pose.start_s) & (track.times_s[rows] <= pose.end_s)]
    mean = still_probabilities(*body_of(track, held)).mean(axis=0)
    called = ONE_EXERCISE.get(pose.name, pose.name)
    return NAMES[int(mean.argmax())] == called and float(mean.max()) >= rules.sure_from


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
    sway_m = float(np.sqrt(((points - np.median(points, axis=0)) ** 2).sum(axis=2).mean()))
    first, last = float(times_s[part.start]), float(times_s[part.stop - 1])
    return HeldPose(names[int(mean.argmax())], first, last, float(mean.max()), sway_m)
