"""Phases are those that were built in: durations within 0.10 s, eccentric and concentric within 0.15 s."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.catalogue.load import exercises
from pipeline.reps import count_reps
from pipeline.reps.phases import move_times
from pipeline.tempo import set_tempo, time_reps
from pipeline.values import Rep
from tests.pipeline.stick_figures import Lift, lifted, without_frames

DURATION_S, PHASE_S = 0.10, 0.15  # the project's bars


@pytest.mark.parametrize("name", ["squat", "deadlift", "pull_up", "hip_thrust", "sit_up"])
@pytest.mark.parametrize("lift", [Lift(1.0, 0, 0.8, 0), Lift(2.0, 0.6, 1.0, 0.8), Lift(1.5, 0, 1.5, 1.0)])
def test_phases_are_true(name: str, lift: Lift) -> None:
    exercise = exercises()[name]
    filmed = lifted(name, [lift] * 5, jitter_m=0.002)
    reps = time_reps(count_reps(filmed.track, exercise))
    there, back = (lift.there_s, lift.back_s) if exercise.first_phase == "eccentric" else (lift.back_s, lift.there_s)
    assert len(reps) == 5
    for rep, true in zip(reps, filmed.cycles, strict=True):
        assert rep.duration_s == pytest.approx(true.end_s - true.start_s, abs=DURATION_S)
        assert rep.eccentric_s == pytest.approx(there, abs=PHASE_S)
        assert rep.concentric_s == pytest.approx(back, abs=PHASE_S)


@pytest.mark.parametrize("name", ["squat", "pull_up", "lateral_raise"])
def test_a_clip_from_turn_to_turn_tells_lowering_from_lifting_and_pause_from_rest(name: str) -> None:
    exercise = exercises()[name]
    there_s, pause_s, back_s, rest_s = 1.8, 0.3, 0.9, 1.1
    filmed = lifted(name, [Lift(there_s, pause_s, back_s, rest_s)] * 5, jitter_m=0.002)
    times_s = filmed.track.times_s
    inside = (times_s >= filmed.cycles[0].turn_s) & (times_s <= filmed.cycles[-1].turn_s)
    count = count_reps(without_frames(filmed.track, inside), exercise)
    assert (count.complete, count.first_phase == exercise.first_phase) == (4, False)
    tempo = set_tempo(time_reps(count), from_turn=True)
    assert tempo is not None
    lowering_s, lifting_s = (there_s, back_s) if exercise.first_phase == "eccentric" else (back_s, there_s)
    measured_s = (tempo.eccentric_s, tempo.pause_s, tempo.concentric_s, tempo.rest_s)
    assert measured_s == pytest.approx((lowering_s, pause_s, lifting_s, rest_s), abs=0.3)  # each is told from its pair


def test_first_half_pause_and_second_half_add_up() -> None:
    squat = exercises()["squat"]
    filmed = lifted("squat", [Lift(1.5, 0.5, 1.0, 0.5)] * 3)
    for rep in time_reps(count_reps(filmed.track, squat)):
        assert rep.eccentric_s + rep.pause_s + rep.concentric_s == pytest.approx(rep.duration_s)
        assert rep.start_s < rep.turn_s < rep.end_s


def test_unknown_exercise_leaves_the_phases_unnamed_but_the_pause_known() -> None:
    filmed = lifted("squat", [Lift(1.5, 0.6, 1.0, 0.5)] * 3)
    reps = time_reps(count_reps(filmed.track))
    assert all(math.isnan(rep.eccentric_s) and math.isnan(rep.concentric_s) for rep in reps)
    assert all(math.isnan(rep.range_deg) for rep in reps)
    assert [rep.pause_s for rep in reps] == pytest.approx([0.6] * 3, abs=0.15)
    assert math.isnan(reps[-1].rest_s)


def test_tempo_is_the_median_of_complete_reps_and_their_time_together() -> None:
    squat = exercises()["squat"]
    filmed = lifted("squat", [Lift(2.0, 0.5, 1.0, 0.8)] * 4)
    reps = time_reps(count_reps(filmed.track, squat))
    tempo = set_tempo(reps)
    assert tempo is not None
    assert (tempo.eccentric_s, tempo.pause_s, tempo.concentric_s, tempo.rest_s) == pytest.approx(
        (2.0, 0.5, 1.0, 0.8), abs=0.15
    )
    assert tempo.time_under_tension_s == pytest.approx(4 * 3.5, abs=0.4)
    assert set_tempo(()) is None


def test_a_partial_repetition_is_no_part_of_the_tempo_but_of_the_time_under_tension() -> None:
    whole, partial = (
        Rep(number, start_s, start_s + 1, start_s + 2, down_s, 0.0, 1.0, 1.0, 90.0, complete=complete)
        for number, start_s, down_s, complete in ((1, 0.0, 1.0, True), (2, 3.0, 0.4, False))
    )
    tempo = set_tempo((whole, partial))
    assert tempo is not None
    assert (tempo.eccentric_s, tempo.time_under_tension_s) == (1.0, 4.0)
    assert set_tempo((partial,)) is None


def test_range_is_the_joints_own() -> None:
    squat = exercises()["squat"]
    filmed = lifted("squat", [Lift()] * 3, yaw_deg=90)
    for rep in time_reps(count_reps(filmed.track, squat)):
        assert 80 < rep.range_deg < 125


@pytest.mark.parametrize("shape", ["sine", "minimum_jerk"])
def test_onsets_are_found_within_three_percent_for_slow_and_sudden_starts(shape: str) -> None:
    times_s = np.arange(0, 4, 1 / 30)
    share = np.clip((times_s - 1) / 2, 0, 1)
    way = (1 - np.cos(np.pi * share)) / 2 if shape == "sine" else share**3 * (10 - 15 * share + 6 * share**2)
    leaves_s, arrives_s = move_times(times_s, way, 0, len(times_s) - 1)
    assert (leaves_s, arrives_s) == pytest.approx((1.0, 3.0), abs=0.03 * 2)


@pytest.mark.parametrize(("speeds_deg_s", "loss"), [((100.0, 120.0, 90.0), 0.25), ((100.0, 90.0), math.nan)])
def test_the_last_lift_is_held_against_the_fastest(speeds_deg_s: tuple[float, ...], loss: float) -> None:
    reps = [
        Rep(number, 3.0 * number, 3.0 * number + 1, 3.0 * number + 2, 1.0, 0.0, 1.0, 1.0, 90.0, mean_speed_deg_s=speed)
        for number, speed in enumerate(speeds_deg_s, start=1)
    ]
    tempo = set_tempo(reps)
    assert tempo is not None
    assert tempo.velocity_loss == pytest.approx(loss, nan_ok=True)


def test_a_joint_that_jumps_for_a_moment_bends_no_further() -> None:
    filmed = lifted("squat", [Lift(1.5, 0.5, 1.0, 0.5)] * 3)
    count = count_reps(filmed.track, exercises()["squat"])
    smooth_deg = [rep.range_deg for rep in time_reps(count)]
    times_s, values = count.curve.times_s, count.curve.values.copy()
    values[np.abs(times_s - count.cycles[1].turn_s) < 0.08] -= 40.0
    jumping_deg = [rep.range_deg for rep in time_reps(replace(count, curve=replace(count.curve, values=values)))]
    assert jumping_deg == pytest.approx(smooth_deg, abs=2.0)
