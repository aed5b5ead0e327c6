"""Measure how far and how fast each repetition moved, and whether both sides did the same.

Only what the view shows; everything else is NaN. Metres are those of an adult of middle height (the scale comes from
the bones in view, see `kinematics`): a tall person's are about a tenth more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.catalogue.exercise import Exercise
from pipeline.kinematics import JOINTS, LEFT_ANKLE, LEFT_HIP, LEFT_SHOULDER, LEFT_WRIST
from pipeline.reps.body import Body, body_of
from pipeline.reps.timing import SHARP
from pipeline.values import Array, PoseTrack, Rep
from pipeline.view import view_of

PLANTED = (LEFT_WRIST, LEFT_ANKLE)  # of hands and feet one pair stays in place
LIFTED = (LEFT_WRIST, LEFT_SHOULDER, LEFT_HIP)  # what carries the load: hands, shoulders (a bar on them) or hips


@dataclass(frozen=True, slots=True)
class MotionLimits:
    """When a figure is left out."""

    least_travel_m: float = 0.10  # a standing body's shoulders sway 0.05 m (plank takes of tests/athlete reach 0.03)
    planted_share: float = 0.5  # hands and feet going more than half as far: it is the camera that moves, or a guess
    both_seen: float = 0.5  # MediaPipe's own default: below, a side is guessed from the other one


LIMITS: Final = MotionLimits()


def measure_motion(reps: Sequence[Rep], track: PoseTrack, exercise: Exercise | None) -> tuple[Rep, ...]:
    """The same repetitions with travel, speeds and the sides' difference, each where the track shows it.

    range_m is the vertical distance, in the picture, of whichever of hands, shoulders and hips moves farthest.
    mean_speed_deg_s is the mean while lifting, peak_speed_deg_s the highest of the whole repetition.
    """
    body = body_of(track, SHARP)
    if body is None or not reps:
        return tuple(reps)
    joint = exercise.joint if exercise and exercise.joint in JOINTS else None
    compared = joint if joint and _sides_comparable(track, body, joint) else None
    return tuple(
        replace(
            rep,
            range_m=_travel_m(body, rep, track.height_px),
            peak_speed_deg_s=_peak_speed_deg_s(body, rep, joint) if joint and _known(rep.range_deg) else math.nan,
            mean_speed_deg_s=rep.range_deg / rep.concentric_s if rep.concentric_s > 0 else math.nan,
            asymmetry_deg=_asymmetry_deg(body, rep, compared) if compared else math.nan,
        )
        for rep in reps
    )


def _known(value: float) -> bool:
    return not math.isnan(value)


def _inside(body: Body, rep: Rep) -> slice:
    first, last = np.searchsorted(body.times_s, [rep.start_s, rep.end_s])
    return slice(int(first), int(last) + 1)


def _travel_m(body: Body, rep: Rep, height_px: int) -> float:
    """Vertical travel in metres; NaN, too, where all that could carry the load leaves the picture (MediaPipe guesses
    there).
    """
    heights_m = {point: body.middle(point)[_inside(body, rep), 1] for point in (*LIFTED, *PLANTED)}
    lowest_m = -height_px / body.scale_px_per_m
    seen = [point for point in LIFTED if lowest_m <= heights_m[point].min() and heights_m[point].max() <= 0]
    farthest = max((float(np.ptp(heights_m[point])) for point in seen), default=0.0)
    planted = min(float(np.ptp(heights_m[point])) for point in PLANTED)
    told = farthest >= LIMITS.least_travel_m and planted <= LIMITS.planted_share * farthest
    return farthest if told else math.nan


def _peak_speed_deg_s(body: Body, rep: Rep, joint: str) -> float:
    inside = _inside(body, rep)
    speed = np.gradient(_working_deg(body, rep, joint), body.times_s)[inside]
    return float(np.abs(speed).max())


def _working_deg(body: Body, rep: Rep, joint: str) -> Array:
    if rep.side == "both":
        return body.angles.best_deg(joint)
    return body.angles.side_deg(joint, 0 if rep.side == "left" else 1)


def _sides_comparable(track: PoseTrack, body: Body, joint: str) -> bool:
    """Whether it is filmed from the front or the back with both limbs seen; from the side MediaPipe guesses the far
    limb.
    """
    seen = np.nan_to_num(body.angles.visibility[:, list(JOINTS).index(joint)]).mean(axis=0)
    return view_of(track) in ("front", "back") and bool(seen.min() >= LIMITS.both_seen)


def _asymmetry_deg(body: Body, rep: Rep, joint: str) -> float:
    """The left joint's range minus the right one's; NaN where one side does the repetition alone."""
    if rep.side != "both":
        return math.nan
    inside = _inside(body, rep)
    left, right = (float(np.ptp(body.angles.side_deg(joint, side)[inside])) for side in (0, 1))
    return left - right
