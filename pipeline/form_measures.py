"""The measures that rules of form use, over time: joint angles, the near thigh, the line of the body, the lean of the
trunk.

What MediaPipe mostly guesses is not measured: NaN, or the joint is missing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from pipeline.kinematics import (
    JOINTS,
    LEFT_ANKLE,
    LEFT_HIP,
    LEFT_SHOULDER,
    MOST_BENT_DEG,
    NOSE,
    RIGHT_ANKLE,
    RIGHT_HIP,
    RIGHT_SHOULDER,
    JointAngles,
    angle_deg,
    joint_angles,
)
from pipeline.values import Array, PoseTrack, Rep, Side

SIDES: tuple[Side, Side] = ("left", "right")
LEGS = JOINTS["knee"]  # hip, knee and ankle of either side

WINDOW_S = 0.1  # around a rest or a turn: the extreme of three frames, one of which may jitter
JOINT_SEEN = 0.5  # mean visibility; below it MediaPipe guesses the joint, and nobody should be corrected by a guess


@dataclass(frozen=True, slots=True, eq=False)
class FormMeasures:
    """Measures over time (T,).

    joints: the angle of each joint that is seen, of the left one, the right one and both (a curl of one arm says
    nothing about the other arm, which hangs). Then the near thigh's angle from horizontal; the line of shoulder, hip
    and ankle (180 straight, less with the hip above it, more below it); how far the trunk leans back from upright. And
    how far each side's first repetitions went, degrees and metres.
    """

    times_s: Array
    joints_deg: Mapping[tuple[str, Side], Array]
    thigh_deg: Array
    body_line_deg: Array
    leaning_back_deg: Array
    first_ranges: Mapping[Side, tuple[float, float]]

    def at_ends(self, values: Array, rep: Rep, extreme: Callable[[Array], float]) -> float:
        """The extreme of the values (T,) where the repetition starts, turns and ends; NaN where none is known.

        Which of the three is the bent end differs: a deadlift rests on the floor, a push-up may begin there.
        """
        off_s = np.abs(self.times_s[:, None] - [rep.start_s, rep.turn_s, rep.end_s]).min(axis=1)
        return _of_known(values[off_s <= WINDOW_S], extreme)

    def during(self, values: Array, start_s: float, end_s: float) -> float:
        """The median of the values (T,) between two times; NaN where none is known."""
        return _of_known(values[(self.times_s >= start_s) & (self.times_s <= end_s)], np.median)


def _of_known(values: Array, statistic: Callable[[Array], float]) -> float:
    known = values[np.isfinite(values)]
    return float(statistic(known)) if len(known) else math.nan


def form_measures(track: PoseTrack, reps: Sequence[Rep]) -> FormMeasures:
    """The measures of a smoothed track and of the repetitions in it."""
    return FormMeasures(
        track.times_s,
        _joints_deg(joint_angles(track)),
        _thigh_deg(track),
        _body_line_deg(track),
        _leaning_back_deg(track),
        {side: _usual_range(first) for side, (first, _) in thirds(reps).items()},
    )


def thirds(reps: Sequence[Rep]) -> dict[Side, tuple[Sequence[Rep], Sequence[Rep]]]:
    """The first and the last third of each side's repetitions, if that is at least two: one odd repetition is
    no habit.
    """
    of_sides = {side: [rep for rep in reps if rep.side == side] for side in dict.fromkeys(rep.side for rep in reps)}
    return {
        side: (own[: len(own) // 3], own[-(len(own) // 3) :]) for side, own in of_sides.items() if len(own) // 3 >= 2
    }


def _usual_range(reps: Sequence[Rep]) -> tuple[float, float]:
    deg, metres = np.array([(rep.range_deg, rep.range_m) for rep in reps]).T
    return float(np.median(deg)), float(np.median(metres))


def _range_percent(moving: FormMeasures, rep: Rep) -> float:
    """How far the repetition went, in percent of the first ones of its side; NaN where unknown.

    The mean of what the joint and the vertical travel say (near straight a joint bends much on a short way), or the one
    that is known.
    """
    firsts = moving.first_ranges.get(rep.side, (math.nan, math.nan))
    shares = [100 * own / first for own, first in zip((rep.range_deg, rep.range_m), firsts, strict=True)]
    return _of_known(np.array(shares), np.mean)


def _joints_deg(angles: JointAngles) -> dict[tuple[str, Side], Array]:
    found: dict[tuple[str, Side], Array] = {}
    for index, joint in enumerate(JOINTS):
        if angles.seen_share(joint) >= JOINT_SEEN:
            found[joint, "both"] = angles.best_deg(joint)
        for side, name in enumerate(SIDES):
            if np.nan_to_num(angles.visibility[:, index, side]).mean() >= JOINT_SEEN:
                found[joint, name] = angles.side_deg(joint, side)
    return found


def _near_side(track: PoseTrack) -> int:
    """0 where the left leg is seen better, else 1: from the side MediaPipe guesses the far leg."""
    left, right = (np.nanmean(track.visibility[:, points]) for points in LEGS)
    return 0 if left >= right else 1


def _thigh_deg(track: PoseTrack) -> Array:
    """(T,) the near thigh's angle from horizontal in the picture, positive where the hip is above the knee."""
    hip, knee, _ = LEGS[_near_side(track)]
    drop, reach = (track.image_px[:, knee] - track.image_px[:, hip])[:, ::-1].T
    return _where_seen(track, (hip, knee), np.degrees(np.arctan2(drop, np.abs(reach))))


def _body_line_deg(track: PoseTrack) -> Array:
    """(T,) angle shoulder - hip - ankle in the picture, on the near side: 180 is straight, more where the hip hangs
    below.
    """
    near = ((LEFT_SHOULDER, LEFT_HIP, LEFT_ANKLE), (RIGHT_SHOULDER, RIGHT_HIP, RIGHT_ANKLE))[_near_side(track)]
    shoulder, hip, ankle = (track.image_px[:, point] for point in near)
    bent = angle_deg(track.image_px, near)
    along = (hip - shoulder)[:, 0] / np.where(ankle[:, 0] == shoulder[:, 0], np.nan, (ankle - shoulder)[:, 0])
    below = hip[:, 1] > shoulder[:, 1] + along * (ankle - shoulder)[:, 1]
    return _where_seen(track, near, np.where(below, 360 - bent, bent))


def _leaning_back_deg(track: PoseTrack) -> Array:
    """(T,) the near trunk's angle from upright in the picture, positive where it leans back, away from the side of the
    nose.
    """
    shoulder, hip = ((LEFT_SHOULDER, LEFT_HIP), (RIGHT_SHOULDER, RIGHT_HIP))[_near_side(track)]
    up, across = (track.image_px[:, hip] - track.image_px[:, shoulder])[:, ::-1].T
    facing = np.sign(np.nanmedian(track.image_px[:, NOSE, 0] - track.image_px[:, shoulder, 0]))
    return _where_seen(track, (shoulder, hip), np.degrees(np.arctan2(across * facing, up)))


def _where_seen(track: PoseTrack, points: tuple[int, ...], values: Array) -> Array:
    """The values (T,), NaN where one of the landmarks they are computed from is mostly guessed."""
    seen = np.nan_to_num(track.visibility[:, points]).mean(axis=0).min() >= JOINT_SEEN
    return np.asarray(values) if seen else np.full(len(values), np.nan)


def _of_joint(joint: str, extreme: Callable[[Array], float], moving: FormMeasures, rep: Rep) -> float:
    angle_over_time = moving.joints_deg.get((joint, rep.side))
    if angle_over_time is None:
        return math.nan
    found_deg = moving.at_ends(angle_over_time, rep, extreme)
    return math.nan if found_deg < MOST_BENT_DEG.get(joint, 0.0) else found_deg


Measure = Callable[[FormMeasures, Rep], float]
MEASURES: Mapping[str, Measure] = {
    **{f"{joint}_bent_deg": partial(_of_joint, joint, np.min) for joint in JOINTS},
    **{f"{joint}_straight_deg": partial(_of_joint, joint, np.max) for joint in JOINTS},
    "thigh_lowest_deg": lambda moving, rep: moving.at_ends(moving.thigh_deg, rep, np.min),
    "leaning_back_deg": lambda moving, rep: moving.at_ends(moving.leaning_back_deg, rep, np.max),
    "body_line_deg": lambda moving, rep: moving.during(moving.body_line_deg, rep.start_s, rep.end_s),
    "range_percent": _range_percent,
    "eccentric_s": lambda _, rep: rep.eccentric_s,
    "duration_s": lambda _, rep: rep.duration_s,
}
