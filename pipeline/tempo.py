"""How long each repetition lowers, pauses, lifts and rests.

The phases of a half are found where the speed of the counted movement rises from and falls to nothing (see
`reps/phases`); which half is the lifting the count tells, from the exercise and the end that it
starts at. They are in the order in which coaches write a tempo: eccentric - pause - concentric - rest, seconds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from pipeline.reps.count import Count
from pipeline.reps.phases import Phases, phases_of
from pipeline.values import Curve, Cycle, Phase, Rep, Tempo

LEAST_REPS_FOR_LOSS = 3  # two lifts are no course
# Where a pause ends and the lift begins slipped farther in one of 600 rendered repetitions through pixels, seemed to in
# none of 37 real sets of the tuned sources.
SLIPPED_S = 0.2


def time_reps(count: Count) -> tuple[Rep, ...]:
    """Every cycle as a repetition with its phases; eccentric_s and concentric_s are NaN where the first is not known.

    start, turn and end stay those of the cycle, so that first half + pause + second half is the rep's duration.
    """
    following = [*(cycle.start_s for cycle in count.cycles[1:]), math.nan][: len(count.cycles)]
    return tuple(
        _rep(number, cycle, next_start_s, count)
        for number, (cycle, next_start_s) in enumerate(zip(count.cycles, following, strict=True), start=1)
    )


def set_tempo(reps: Sequence[Rep], *, from_turn: bool = False, comparable: bool = True) -> Tempo | None:
    """Medians over the complete reps, and the time under tension of all, partial ones too; None without a complete one.

    from_turn where the reps start where the exercise turns: then it rests where they turn, and pauses between them.
    Where single reps are not comparable, their times being rough or their number in doubt, no loss of speed is told:
    it is made of two of them, evened out by none.
    """
    complete = [rep for rep in reps if rep.complete]
    if not complete:
        return None
    between = [rep.rest_s for rep in complete if not math.isnan(rep.rest_s)]
    between_s = float(np.median(between)) if between else math.nan
    turning_s = float(np.median([rep.pause_s for rep in complete]))
    return Tempo(
        eccentric_s=float(np.median([rep.eccentric_s for rep in complete])),
        pause_s=between_s if from_turn else turning_s,
        concentric_s=float(np.median([rep.concentric_s for rep in complete])),
        rest_s=turning_s if from_turn else between_s,
        time_under_tension_s=float(sum(rep.duration_s for rep in reps)),
        velocity_loss=_velocity_loss(complete) if comparable else math.nan,
    )


def _velocity_loss(complete: Sequence[Rep]) -> float:
    """1 - last / fastest mean speed of lifting; the speed is the joint's: a video sees no bar.

    NaN where a pause was taken for lifting, or lifting for a pause: then one may only seem slow.
    """
    speeds = [rep.mean_speed_deg_s for rep in complete]
    if len(speeds) < LEAST_REPS_FOR_LOSS or any(math.isnan(speed) for speed in speeds):
        return math.nan
    return math.nan if a_part_slipped(complete) else 1 - speeds[-1] / max(speeds)


def a_part_slipped(complete: Sequence[Rep]) -> bool:
    """Whether some repetition pauses that much less, or more, than usual and lifts that much longer, or shorter: what
    looks like a slow lift may have been a pause."""
    if not complete:
        return False
    parts_s = np.array([(rep.pause_s, rep.concentric_s) for rep in complete])
    pause_s, lift_s = (parts_s - np.median(parts_s, axis=0)).T
    return bool(((pause_s * lift_s < 0) & (np.minimum(np.abs(pause_s), np.abs(lift_s)) >= SLIPPED_S)).any())


def _rep(number: int, cycle: Cycle, next_start_s: float, count: Count) -> Rep:
    phases = _phases(cycle, count.movement)
    halves = (phases.arrives_s - cycle.start_s, cycle.end_s - phases.leaves_turn_s)
    eccentric_s, concentric_s = _named(halves, count.first_phase)
    return Rep(
        number=number,
        start_s=cycle.start_s,
        turn_s=cycle.turn_s,
        end_s=cycle.end_s,
        eccentric_s=eccentric_s,
        pause_s=phases.leaves_turn_s - phases.arrives_s,
        concentric_s=concentric_s,
        rest_s=max(0.0, next_start_s - cycle.end_s) if not math.isnan(next_start_s) else math.nan,
        range_deg=_range_deg(cycle, count.curve),
        complete=cycle.complete,
        side=cycle.side,
    )


def _named(halves: tuple[float, float], first_phase: Phase | None) -> tuple[float, float]:
    """(eccentric_s, concentric_s) of the way there and the way back."""
    if first_phase is None:
        return math.nan, math.nan
    there, back = halves
    return (there, back) if first_phase == "eccentric" else (back, there)


def _phases(cycle: Cycle, movement: Curve) -> Phases:
    if not math.isnan(cycle.pause_s):
        half_s = cycle.pause_s / 2
        return Phases(cycle.start_s, cycle.turn_s - half_s, cycle.turn_s + half_s, cycle.end_s)
    start, turn, end = (
        int(np.abs(movement.times_s - at).argmin()) for at in (cycle.start_s, cycle.turn_s, cycle.end_s)
    )
    if not start < turn < end:
        return Phases(cycle.start_s, cycle.turn_s, cycle.turn_s, cycle.end_s)
    return phases_of(movement.times_s, movement.values, start, turn, end)


def _range_deg(cycle: Cycle, curve: Curve) -> float:
    inside = (curve.times_s >= cycle.start_s) & (curve.times_s <= cycle.end_s) & np.isfinite(curve.values)
    return float(np.ptp(curve.values[inside])) if curve.unit == "°" and inside.any() else math.nan
