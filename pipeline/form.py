"""What to mend: each repetition held against the catalogue's rules, and only where the camera can carry the judgement.

A rule is data (`catalogue/rules.toml`): a measure, a limit with its source, and how far past the limit it is said. A
finding is made when more than half of the complete repetitions pass the limit: one odd rep is no habit, and a median
that the user is shown never speaks against what is said.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pipeline.catalogue.exercise import Exercise
from pipeline.catalogue.rules import Rule, rules
from pipeline.kinematics import JOINTS, LEFT_HIP, LEFT_SHOULDER, RIGHT_HIP, RIGHT_SHOULDER, joint_angles, smooth
from pipeline.values import Array, Finding, PoseTrack, Rep, Severity

View = Literal["side", "front", "back", "angle"]

HABIT_SHARE = 0.5
SQUARE_DEG = 60.0  # Cosoli 2026: knee angles hold at 90 degrees of view, and no longer when 45 are pooled in
WINDOW_S = 0.1  # about the turn: the extreme of three frames, one of which may jitter


@dataclass(frozen=True, slots=True, eq=False)
class Moving:
    """What rules are measured on: angles over time, and how far the camera stands to the side."""

    times_s: Array
    joints_deg: Mapping[str, Array]
    thigh_deg: Array
    body_line_deg: Array

    def at(self, values: Array, time_s: float, extreme: Callable[[Array], float]) -> float:
        near = values[np.abs(self.times_s - time_s) <= WINDOW_S]
        known = near[np.isfinite(near)]
        return float(extreme(known)) if len(known) else math.nan


def check_form(
    track: PoseTrack, exercise: Exercise | None, reps: Sequence[Rep], *, timed: bool = True
) -> tuple[Finding, ...]:
    """What is worth mending, the gravest first; nothing for an unknown exercise or a view that shows too little, and
    nothing about seconds where the repetitions are not surely `timed`."""
    complete = [rep for rep in reps if rep.complete]
    if exercise is None or not complete:
        return ()
    smoothed = smooth(track)
    sideways, moving = view_of(smoothed) == "side", _moving(smoothed)
    shown = [rule for rule in rules() if (rule.view == "any" or sideways) and (rule.unit != "s" or timed)]
    fitting = [rule for rule in shown if rule.fits(exercise)]
    found = [finding for rule in fitting if (finding := _finding(rule, moving, complete))]
    return tuple(sorted(found, key=lambda finding: (finding.severity != "severe", -len(finding.reps))))


def seen_from_side_deg(track: PoseTrack) -> float:
    """0 where the camera sees the body from the front or back, 90 from the side; NaN for an empty track.

    The angle between the line through both shoulders (and hips) and the picture plane, median over the frames.
    """
    across = track.world_m[:, [LEFT_SHOULDER, LEFT_HIP]] - track.world_m[:, [RIGHT_SHOULDER, RIGHT_HIP]]
    across = across.mean(axis=1)[track.seen]
    if not len(across):
        return math.nan
    share = np.abs(across[:, 2]) / (np.linalg.norm(across, axis=1) + 1e-9)
    return float(np.degrees(np.arcsin(np.clip(np.nanmedian(share), 0, 1))))


def view_of(track: PoseTrack) -> View:
    """Where the camera stands: "side" within SQUARE_DEG of square, "front" or "back" within 30 degrees, or "angle"."""
    aside_deg = seen_from_side_deg(track)
    if aside_deg >= SQUARE_DEG:
        return "side"
    if not aside_deg <= 90 - SQUARE_DEG:
        return "angle"
    across_px = track.image_px[track.seen, LEFT_SHOULDER, 0] - track.image_px[track.seen, RIGHT_SHOULDER, 0]
    return "front" if np.nanmedian(across_px) > 0 else "back"


def judged_from_side(exercise: Exercise) -> bool:
    """True where a rule for the exercise needs the camera square to the side."""
    return any(rule.view == "side" and rule.fits(exercise) for rule in rules())


def _finding(rule: Rule, moving: Moving, reps: Sequence[Rep]) -> Finding | None:
    measured = {rep.number: MEASURES[rule.measure](moving, rep) for rep in reps}
    past = {number: rule.past(value) for number, value in measured.items()}
    bad = tuple(number for number, far in past.items() if far > rule.mild)
    if len(bad) <= HABIT_SHARE * len(reps):
        return None
    middle = float(np.median([measured[number] for number in bad]))
    severity: Severity = "severe" if rule.past(middle) > rule.severe else "mild"
    return Finding(rule.name, severity, bad, middle, rule.limit, rule.unit, rule.cue, rule.source)


def _moving(track: PoseTrack) -> Moving:
    angles = joint_angles(track)
    joints = {joint: angles.best_deg(joint) for joint in JOINTS}
    return Moving(track.times_s, joints, _thigh_deg(track), _body_line_deg(track))


def _near_side(track: PoseTrack) -> int:
    """0 where the left leg is seen better, else 1: the far leg of a side view is a guess."""
    left, right = (np.nanmean(track.visibility[:, points]) for points in ([23, 25, 27], [24, 26, 28]))
    return 0 if left >= right else 1


def _thigh_deg(track: PoseTrack) -> Array:
    """(T,) the near thigh from horizontal in the picture, positive where the hip is above the knee."""
    hip, knee = ((23, 25), (24, 26))[_near_side(track)]
    drop, reach = (track.image_px[:, knee] - track.image_px[:, hip])[:, ::-1].T
    return np.asarray(np.degrees(np.arctan2(drop, np.abs(reach))))


def _body_line_deg(track: PoseTrack) -> Array:
    """(T,) shoulder - hip - ankle in the picture, 180 is straight, on the near side."""
    shoulder, hip, ankle = ((11, 23, 27), (12, 24, 28))[_near_side(track)]
    one = track.image_px[:, shoulder] - track.image_px[:, hip]
    other = track.image_px[:, ankle] - track.image_px[:, hip]
    lengths = np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1) + 1e-9
    return np.asarray(np.degrees(np.arccos(np.clip((one * other).sum(axis=1) / lengths, -1, 1))))


def _during(moving: Moving, rep: Rep) -> float:
    inside = moving.body_line_deg[(moving.times_s >= rep.start_s) & (moving.times_s <= rep.end_s)]
    return float(np.nanmedian(inside)) if np.isfinite(inside).any() else math.nan


def _at_rest(joint: str) -> Callable[[Moving, Rep], float]:
    def measure(moving: Moving, rep: Rep) -> float:
        angle = moving.joints_deg[joint]
        return float(np.fmax(moving.at(angle, rep.start_s, np.max), moving.at(angle, rep.end_s, np.max)))

    return measure


MEASURES: Mapping[str, Callable[[Moving, Rep], float]] = {
    "thigh_at_turn_deg": lambda moving, rep: moving.at(moving.thigh_deg, rep.turn_s, np.min),
    "elbow_at_turn_deg": lambda moving, rep: moving.at(moving.joints_deg["elbow"], rep.turn_s, np.min),
    "elbow_at_rest_deg": _at_rest("elbow"),
    "knee_at_rest_deg": _at_rest("knee"),
    "hip_at_rest_deg": _at_rest("hip"),
    "body_line_deg": _during,
    "eccentric_s": lambda _, rep: rep.eccentric_s,
    "duration_s": lambda _, rep: rep.duration_s,
}
