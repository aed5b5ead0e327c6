"""Find the yoga poses held one after the other in a clip: which pose, from when to when, with how much sway.

    PoseTrack -> one body shape a step -> probabilities of poses -> mean over a second -> stretches of one pose

For yoga flows (a sun salutation). Exercises with repetitions are counted elsewhere (`reps`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np

from pipeline.catalogue import find
from pipeline.photo.name import NAMES, ONE_EXERCISE, body_of, still_probabilities
from pipeline.photo.network import pose_network
from pipeline.photo.shape import Shapes
from pipeline.values import Array, HeldPose, Indices, PoseTrack, Recognition


@dataclass(frozen=True, slots=True)
class FlowRules:
    """When a pose counts as held, and when a recording counts as a flow.

    step_s: seconds between two bodies that are classified. over_s: answers are averaged over this time, so that one odd
    picture does not end a hold. sure_from: least mean probability; above it 95 % of the poses named in photos not
    trained on were right (weights/poses.md). shortest_s: a breath; shorter is passing through a pose. lost_s: a hold
    goes on over a gap this short. told_share: least share of the recording that poses must fill; less are still moments
    of another exercise.

    long_s: a hold this long adds held_log_odds for yoga, since a lifter turns sooner: 48 of 56 recordings of people who
    hold poses show such a hold, 11 of 125 development clips of lifts, most of these far from yoga otherwise
    (weights/pose_stills.md). long_share: share of the recording from which a single hold is the whole of it: the rest
    is getting in and out.

    corpse_sway_m: the most sway of a corpse pose. Whoever does it lies still; upright bodies in clips that lie on their
    side are taken for it with 0.04 to 0.2 m of sway. It is twice what a landmark network makes a still body sway.
    """

    step_s: float = 0.25
    over_s: float = 1.0
    sure_from: float = 0.62
    shortest_s: float = 1.5
    lost_s: float = 0.5
    told_share: float = 0.5
    long_s: float = 3.0
    held_log_odds: float = 2.3
    long_share: float = 0.25
    corpse_sway_m: float = 0.05


RULES: Final = FlowRules()
CORPSE: Final = "corpse_pose"

PUSH_UP_ENDS: Final = frozenset({"plank_pose", "four_limbed_staff_pose"})  # a slow push-up rests in one, then the other


def is_flow(track: PoseTrack, recognition: Recognition) -> bool:
    """Whether the recording is reported as yoga poses and so is not cut into sets."""
    return _fills(reported_poses(track, recognition), track)


def reported_poses(track: PoseTrack, recognition: Recognition) -> tuple[HeldPose, ...]:
    """The poses to report: of a recording that is a flow, or a pose that no exercise's name says; else none.

    Outside a flow a pose must pass as one in a photo, too: a network that knows only yoga takes somebody who stands
    about for an eagle.
    """
    entry = find(recognition.name)
    if entry is not None and entry.kind != "hold":
        return ()
    poses = held_poses(track)
    if _fills(poses, track) and len({pose.name for pose in poses}) > 1:
        return poses
    if entry is not None:
        return ()
    alone = tuple(pose for pose in poses if _is_for_a_photo(track, pose))
    return alone if _fills(alone, track) or _one_is_long(alone, track) else ()


def _fills(poses: Sequence[HeldPose], track: PoseTrack) -> bool:
    return _share(poses, track) >= RULES.told_share and not _is_push_up(poses)


def _one_is_long(poses: Sequence[HeldPose], track: PoseTrack) -> bool:
    longest_s = max((pose.held_s for pose in poses), default=0.0)
    return longest_s >= RULES.long_s and _share(poses, track) >= RULES.long_share and not _is_push_up(poses)


def _share(poses: Sequence[HeldPose], track: PoseTrack) -> float:
    return sum(pose.held_s for pose in poses) / max(track.duration_s, 1e-6)


def _is_push_up(poses: Sequence[HeldPose]) -> bool:
    return {pose.name for pose in poses} == PUSH_UP_ENDS


def held_poses(track: PoseTrack) -> tuple[HeldPose, ...]:
    """The poses held in the track, in order; none where no pose is held long enough and surely enough."""
    rows = _steps(track, RULES.step_s)
    if not len(rows):
        return ()
    times_s = track.times_s[rows]
    seen, _ = body_of(track, rows)
    asked = pose_network()
    chances = _averaged(asked.probabilities(seen), times_s, RULES.over_s)
    found = _stretches(chances, times_s)
    held = (_held(asked.names, chances, seen, times_s, part) for part in found)
    return tuple(one for one in held if one.held_s >= RULES.shortest_s and not _is_restless_corpse(one))


def _is_restless_corpse(pose: HeldPose) -> bool:
    return pose.name == CORPSE and pose.sway_m > RULES.corpse_sway_m


def _is_for_a_photo(track: PoseTrack, pose: HeldPose) -> bool:
    rows = _steps(track, RULES.step_s)
    held = rows[(track.times_s[rows] >= pose.start_s) & (track.times_s[rows] <= pose.end_s)]
    evidence = RULES.held_log_odds if pose.held_s >= RULES.long_s else 0.0
    mean = still_probabilities(*body_of(track, held), yoga_log_odds=evidence).mean(axis=0)
    called = ONE_EXERCISE.get(pose.name, pose.name)
    return NAMES[int(mean.argmax())] == called and float(mean.max()) >= RULES.sure_from


def _steps(track: PoseTrack, step_s: float) -> Indices:
    """Indices of rows with somebody in them, at least a step apart."""
    rows: list[int] = []
    for row in np.flatnonzero(track.seen):
        if not rows or track.times_s[row] - track.times_s[rows[-1]] >= step_s - 1e-6:
            rows.append(int(row))
    return np.array(rows, dtype=int)


def _averaged(chances: Array, times_s: Array, over_s: float) -> Array:
    """(N, K) means over over_s around each step."""
    near = np.abs(times_s[:, None] - times_s[None]) <= over_s / 2
    return np.asarray(near @ chances / near.sum(axis=1, keepdims=True))


def _stretches(chances: Array, times_s: Array) -> list[slice]:
    """Runs of steps in which one pose is sure, broken where nobody is seen for long."""
    best = np.where(chances.max(axis=1) >= RULES.sure_from, chances.argmax(axis=1), -1)
    apart = np.diff(times_s) > RULES.lost_s + RULES.step_s
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
