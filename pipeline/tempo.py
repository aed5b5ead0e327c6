"""Time each repetition: eccentric, pause, concentric and rest, in seconds.

`reps/phases` finds the phases of both halves, where the speed of the counted movement rises from and falls to zero.
Which half is the lifting follows from the exercise and the end that the count starts at. The order is that in which
coaches write a tempo.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from pipeline.reps.count import Count
from pipeline.reps.phases import Phases, phases_of
from pipeline.values import Curve, Cycle, Phase, Rep, Tempo

LEAST_REPS_FOR_LOSS = 3  # two lifts show no trend
# The border between pause and lift was misplaced by more in one of 600 rendered repetitions through pixels, and
# seemingly in none of 37 real sets of the tuned sources.
SLIPPED_S = 0.2
# Of a repetition: a smooth one loses 3 % of its range at most. Of 13 rendered sets through pixels the ranges of equal
# repetitions scatter by 1.7 degrees instead of 2.3; one push-up was told 15 degrees too much, then 2.
SPIKE_SHARE = 0.15


def time_reps(count: Count) -> tuple[Rep, ...]:
    """Every cycle as a repetition with its phases; eccentric_s and concentric_s are NaN where the first phase is
    unknown.

    Start, turn and end stay those of the cycle, so that first half + pause + second half is the repetition's duration.
    """
    following = [*(cycle.start_s for cycle in count.cycles[1:]), math.nan][: len(count.cycles)]
    return tuple(
        _rep(number, cycle, next_start_s, count)
        for number, (cycle, next_start_s) in enumerate(zip(count.cycles, following, strict=True), start=1)
    )


def set_tempo(reps: Sequence[Rep], *, from_turn: bool = False, comparable: bool = True) -> Tempo | None:
    """Medians over the complete repetitions; time under tension over all, partial ones included. None without a
    complete one.

    from_turn: the repetitions start where the exercise turns, so that rest and pause change places. comparable: False
    where the times are rough or the number is in doubt; then no velocity loss is given, since it rests on two single
    repetitions.
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
    """1 - last / fastest mean speed of lifting, of the joint (a video shows no bar speed).

    NaN where a pause may have been taken for lifting or the other way round: one lift may only seem slow.
    """
    speeds = [rep.mean_speed_deg_s for rep in complete]
    if len(speeds) < LEAST_REPS_FOR_LOSS or any(math.isnan(speed) for speed in speeds):
        return math.nan
    return math.nan if phase_slipped(complete) else 1 - speeds[-1] / max(speeds)


def phase_slipped(complete: Sequence[Rep]) -> bool:
    """Whether a repetition's border of pause and lift seems misplaced: it pauses less than usual and lifts longer by as
    much (or the other way round), so that a slow lift may have been a pause.
    """
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
    """(eccentric_s, concentric_s) of the first and the second half."""
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
    """How far the joint goes by medians over SPIKE_SHARE of the repetition: a landmark that jumps for a moment bends
    nothing. NaN where no angle is known."""
    inside = (curve.times_s >= cycle.start_s) & (curve.times_s <= cycle.end_s) & np.isfinite(curve.values)
    if curve.unit != "°" or not inside.any():
        return math.nan
    values = curve.values[inside]
    beside = int(SPIKE_SHARE * len(values)) // 2
    around = sliding_window_view(np.pad(values, beside, mode="edge"), 2 * beside + 1)
    return float(np.ptp(np.median(around, axis=1)))
