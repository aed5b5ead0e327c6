"""Count the repetitions in a track and find where each starts, turns and ends, whatever the exercise is.

`count_reps` reads from top to bottom: the body at even times, about eighty signals of its movement, every plausible set
of turning points in each ("candidates"), what a small network sees of the rhythm ("beat"), the choice among the
candidates, and the cycles of the chosen one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pipeline.catalogue.exercise import Exercise
from pipeline.kinematics import JOINTS
from pipeline.reps.beat import beat_of
from pipeline.reps.body import Body, body_of
from pipeline.reps.candidates import candidates_of
from pipeline.reps.choice import choose, shipped_scorer
from pipeline.reps.count import Count
from pipeline.reps.cycles import Repetitions, joint_curve_deg, repetitions_of
from pipeline.reps.signals import signals_of
from pipeline.reps.timing import SHARP
from pipeline.values import Array, Curve, Cycle, Phase, PoseTrack

__all__ = ["Count", "count_reps"]

_JOINT_SEEN = 0.5  # mean visibility; below it MediaPipe guesses a joint
_JOINT_AGREES = 0.7  # correlation of the joint's angle with the counted movement; below it the angle would mislead


def count_reps(track: PoseTrack, exercise: Exercise | None = None, *, named: bool = False) -> Count:
    """Count the track's repetitions; none where nobody moves, where the exercise is a hold, or where it is too
    doubtful.

    The exercise only decides which end is rest, what the phases are and which joint to draw: the count does not depend
    on it, except for holds. Each side of an alternating exercise counts. `named`: somebody said what exercise it is;
    then more doubt is accepted before the answer is none.
    """
    body = body_of(track)
    if body is None:
        return _nothing(Curve(track.times_s, np.full(len(track.times_s), np.nan), "movement", "%"), 1.0, None)
    if exercise is not None and exercise.kind != "reps":
        return _nothing(_curve_of(body, exercise, None), 1.0, None)
    beat = beat_of(body)
    found = candidates_of(body, signals_of(body), beat)
    choice = choose(body, found, beat, shipped_scorer(), named)
    if choice.candidate is None:
        return _nothing(_curve_of(body, exercise, None), choice.confidence, choice.runner_up)
    repetitions = repetitions_of(body, body_of(track, SHARP) or body, choice.candidate, exercise)
    return Count(
        repetitions.cycles,
        _curve_of(body, exercise, repetitions),
        Curve(body.times_s, repetitions.movement, "movement", "1"),
        choice.confidence,
        other_number(choice.runner_up, choice.candidate.cycles, repetitions.cycles),
        repetitions.starts_mid_rep,
        repetitions.ends_mid_rep,
        _first_phase(exercise, repetitions),
    )


def _first_phase(exercise: Exercise | None, repetitions: Repetitions) -> Phase | None:
    """The exercise's first phase, or the other one where the cycles go from turn to turn."""
    if exercise is None:
        return None
    if not repetitions.from_turn:
        return exercise.first_phase
    return "concentric" if exercise.first_phase == "eccentric" else "eccentric"


def other_number(runner_up: int | None, chosen: int, cycles: Sequence[Cycle]) -> int | None:
    """The other number that it may be, None where there is none worth reporting.

    It is the chosen number where partial repetitions make the runner-up the reported one.
    """
    complete = sum(cycle.complete for cycle in cycles)
    return chosen if runner_up == complete else runner_up


def _nothing(curve: Curve, confidence: float, runner_up: int | None) -> Count:
    still = Curve(curve.times_s, np.full(len(curve.times_s), np.nan), "movement", "1")
    return Count((), curve, still, confidence, runner_up)


def _curve_of(body: Body, exercise: Exercise | None, repetitions: Repetitions | None) -> Curve:
    """The joint angle where it is seen and agrees with the counted movement, else the movement in percent."""
    joint = exercise.joint if exercise is not None else "none"
    if exercise is not None and joint in JOINTS and body.angles.seen_share(joint) >= _JOINT_SEEN:
        angle = joint_curve_deg(body, exercise, repetitions.cycles if repetitions else ())
        if repetitions is None or _agree(angle, repetitions.movement):
            return Curve(body.times_s, angle, f"{joint} angle", "°")
    return Curve(body.times_s, 100 * (repetitions.movement if repetitions else _unrest(body)), "movement", "%")


def _agree(angle_deg: Array, movement: Array) -> bool:
    return bool(np.ptp(angle_deg) > 0 and abs(np.corrcoef(angle_deg, movement)[0, 1]) >= _JOINT_AGREES)


def _unrest(body: Body) -> Array:
    """(T,) distance from the median pose; 1 is a large movement."""
    return np.asarray(np.linalg.norm(body.pose - np.median(body.pose, axis=0), axis=1))
