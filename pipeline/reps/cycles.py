"""From the chosen turning points to cycles: which end is rest, when each starts, turns and ends, and on which side.

The turning points of one signal are refined on the movement of the whole pose, from the pose at rest to the pose at the
turn: many landmarks together are less noisy than any one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from pipeline.catalogue.exercise import Exercise
from pipeline.kinematics import JOINTS
from pipeline.reps.body import Body, grid_steps
from pipeline.reps.candidates import Candidate
from pipeline.reps.phases import phases_of, without_short_pauses
from pipeline.reps.timing import refine_extremes, time_cycles
from pipeline.reps.turning import turning_points
from pipeline.values import Array, Cycle, Indices, Side


@dataclass(frozen=True, slots=True)
class CycleRules:
    """Limits of a repetition. Shares are of the usual range of a repetition in the same set."""

    partial_share: float = 0.60  # less than this of the usual range is a partial repetition
    excursion_share: float = 0.30  # less than this is not even an attempt
    mid_rep_share: float = 0.50  # farther than this from rest, at the clip's end or a repetition's own: cut in two
    shortest_partial_s: float = 0.4
    reach_s: float = 0.5  # how far outside the candidate's a first or last turning point of the pose may lie
    same_movement: float = 0.80  # correlation above which whole-pose movement and signal are the same thing
    one_side_factor: float = 1.8  # one limb moving this much more than the other does the repetition alone
    one_side_least_deg: float = 25.0
    plainly_open_deg: float = (
        25.0  # least difference of the exercise's joint between rests and turns that tells which is which
    )
    seen: float = 0.5  # visibility under which MediaPipe guesses a limb from the other one


RULES: Final = CycleRules()


@dataclass(frozen=True, slots=True, eq=False)
class Repetitions:
    """The cycles, the movement they were found in (T,), and whether the clip begins or ends within one.

    from_turn: cycles go from one turn to the next, in a clip that begins and ends there (squats from the bottom).
    """

    cycles: tuple[Cycle, ...]
    movement: Array
    starts_mid_rep: bool
    ends_mid_rep: bool
    from_turn: bool = False


def repetitions_of(body: Body, finer: Body, candidate: Candidate, exercise: Exercise | None) -> Repetitions:
    """Every repetition of the chosen candidate, with partial ones between them included and marked.

    `finer` is the same body at the same times with less smoothing: counting needs smooth curves, timing sharp ones.
    """
    extremes, from_turn = _from_rest_to_rest(body, candidate, exercise)
    movement = _movement(body, candidate, extremes)
    extremes = refine_extremes(movement, extremes, grid_steps(RULES.reach_s))
    cycles = _far_from_rest_doubted(_timed(finer, movement, extremes, exercise), body.times_s, movement)
    whole = np.median(np.abs(np.diff(movement[extremes])))
    marked = [
        cycle if _range(movement, points) >= RULES.partial_share * whole else replace(cycle, complete=False)
        for cycle, points in zip(cycles, _triples(extremes), strict=True)
    ]
    partial = _partials(body.times_s, movement, extremes, float(whole))
    ordered = sorted([*marked, *partial], key=lambda cycle: cycle.start_s)
    sided = tuple(replace(cycle, side=_side(body, cycle)) for cycle in ordered)
    before, after = movement[: extremes[0]], movement[extremes[-1] + 1 :]
    starts, ends = (bool(part.max(initial=0) > RULES.mid_rep_share) for part in (before, after))
    return Repetitions(sided, movement, starts, ends, from_turn)


def _triples(extremes: Indices) -> list[tuple[int, int, int]]:
    return [
        (int(a), int(b), int(c)) for a, b, c in zip(extremes[0:-2:2], extremes[1:-1:2], extremes[2::2], strict=True)
    ]


def _range(movement: Array, points: tuple[int, int, int]) -> float:
    start, turn, end = points
    return float(movement[turn] - (movement[start] + movement[end]) / 2)


def _from_rest_to_rest(body: Body, candidate: Candidate, exercise: Exercise | None) -> tuple[Indices, bool]:
    """The candidate's turning points, or the other ones where the exercise's joint is plainly not at rest at the first.

    The second value is True where it is not at rest and there are no other ones: the clip goes from turn to turn.
    """
    if exercise is None or exercise.joint not in JOINTS:
        return candidate.extremes, False
    angle = body.angles.best_deg(exercise.joint)
    opening = float(np.median(angle[candidate.extremes[0::2]]) - np.median(angle[candidate.extremes[1::2]]))
    plainly_wrong = abs(opening) >= RULES.plainly_open_deg and (opening > 0) != exercise.rest_is_open
    if not plainly_wrong or candidate.other_way is None:
        return candidate.extremes, plainly_wrong
    return candidate.other_way, False


def _movement(body: Body, candidate: Candidate, extremes: Indices) -> Array:
    """(T,) 0 at rest, 1 at the turn, along the whole pose; along the signal where the pose does not agree with it."""
    rest, turn = body.pose[extremes[0::2]].mean(axis=0), body.pose[extremes[1::2]].mean(axis=0)
    way = turn - rest
    whole = (body.pose - rest) @ way / float(way @ way + 1e-9)
    values = candidate.signal.values
    at_rest, at_turn = np.median(values[extremes[0::2]]), np.median(values[extremes[1::2]])
    single = (values - at_rest) / (at_turn - at_rest)
    inside = slice(int(extremes[0]), int(extremes[-1]) + 1)
    alike = np.corrcoef(whole[inside], single[inside])[0, 1]
    return np.asarray(whole if alike >= RULES.same_movement else single)


def _timed(finer: Body, movement: Array, extremes: Indices, exercise: Exercise | None) -> list[Cycle]:
    """Cycles from leaving rest to being back; they meet where the body does not rest between two."""
    phases = time_cycles(finer, extremes, exercise.joint if exercise else "none") or [
        phases_of(finer.times_s, movement, *points) for points in _triples(extremes)
    ]
    return [
        Cycle(p.leaves_s, p.turn_s, p.returns_s, pause_s=p.pause_s, spread_s=p.spread_s)
        for p in without_short_pauses(phases)
    ]


def _far_from_rest_doubted(cycles: Sequence[Cycle], times_s: Array, movement: Array) -> list[Cycle]:
    """Cycles that start or end far from rest get an infinite spread_s: they were cut off by the clip, so that however
    well the signals agree, their times are not those of a whole repetition.
    """
    edges = [np.interp([cycle.start_s, cycle.end_s], times_s, movement).max() for cycle in cycles]
    return [
        replace(cycle, spread_s=math.inf) if edge > RULES.mid_rep_share else cycle
        for cycle, edge in zip(cycles, edges, strict=True)
    ]


def _partials(times_s: Array, movement: Array, extremes: Indices, whole: float) -> list[Cycle]:
    """Attempts too small to count, between the first and the last repetition or right after it."""
    cycle = int(np.median(np.diff(extremes[0::2])))
    boundaries = [*(int(index) for index in extremes[1::2]), min(len(movement) - 1, int(extremes[-1]) + cycle)]
    found: list[Cycle] = []
    for first, last in pairwise(boundaries):
        found += _excursions(times_s, movement, first, last, whole)
    return found


def _excursions(times_s: Array, movement: Array, first: int, last: int, whole: float) -> list[Cycle]:
    """Small movements (T,) from rest and back between two frames; `whole` is the usual range."""
    part = movement[first : last + 1]
    points = [first + index for index in turning_points(part, RULES.excursion_share * whole)]
    found = []
    for start, turn, end in zip(points, points[1:], points[2:], strict=False):
        trunk_rises = movement[turn] > movement[start]
        inside = first < start and end < last
        small = _range(movement, (start, turn, end)) < RULES.partial_share * whole
        if trunk_rises and inside and small and times_s[end] - times_s[start] >= RULES.shortest_partial_s:
            start_s, turn_s, end_s = (float(times_s[index]) for index in (start, turn, end))
            found.append(Cycle(start_s, turn_s, end_s, complete=False))
    return found


def _side(body: Body, cycle: Cycle) -> Side:
    """The side whose limb does the repetition alone; "both" where they share it or one cannot be seen."""
    inside = (body.times_s >= cycle.start_s) & (body.times_s <= cycle.end_s)
    moved = np.ptp(body.angles.world_deg[inside], axis=0)
    seen = np.nan_to_num(body.angles.visibility[inside]).mean(axis=0)
    joint = int(moved.max(axis=1).argmax())
    left, right = moved[joint]
    if max(left, right) < RULES.one_side_least_deg or seen[joint].min() < RULES.seen:
        return "both"
    if max(left, right) < RULES.one_side_factor * min(left, right):
        return "both"
    return "left" if left > right else "right"


def joint_curve_deg(body: Body, exercise: Exercise, cycles: Sequence[Cycle]) -> Array:
    """(T,) the exercise's joint angle, NaN where nobody was seen.

    Of the working side alone where one side does everything; of the better seen side where they alternate.
    """
    if exercise.kind == "move":
        return body.angles.side_deg(exercise.joint, body.angles.better_side(exercise.joint))
    sides = {cycle.side for cycle in cycles}
    if len(sides) == 1 and (side := sides.pop()) != "both":
        return body.angles.side_deg(exercise.joint, 0 if side == "left" else 1)
    return body.angles.best_deg(exercise.joint)
