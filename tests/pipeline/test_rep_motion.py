"""How far and how fast a repetition went, on exact tracks: metres within a tenth, left out where the view has none."""

from __future__ import annotations

import math
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.analyze import measure_set
from pipeline.catalogue import find
from pipeline.kinematics import LEFT_HIP
from pipeline.rep_motion import _asymmetry_deg, measure_motion
from pipeline.reps import count_reps
from pipeline.tempo import set_tempo, time_reps
from pipeline.values import Caveat, Doubt, Rep, Source
from tests.athlete import Camera, Pace, Take, landmarks, timeline
from tests.athlete.kinematics import Joint
from tests.athlete.take import motion

SET = Take("squat", reps=4, pace=Pace(1.5, 0.3, 1.0, 0.5), camera=Camera(yaw_deg=90.0))


def measured(take: Take) -> tuple[Rep, ...]:
    track, exercise = landmarks(take), find(take.exercise)
    return measure_motion(time_reps(count_reps(track, exercise)), track, exercise)


@pytest.mark.parametrize(("exercise", "joint"), [("squat", Joint.L_SHOULDER), ("shoulder_press", Joint.L_WRIST)])
def test_the_way_up_and_down_is_true_within_a_tenth(exercise: str, joint: Joint) -> None:
    take = replace(SET, exercise=exercise)
    bottom_and_top = motion(take, timeline(take), np.array([0.0, timeline(take).truth.reps[0].turn_s])).joints_m
    true_m = abs(float(np.diff(bottom_and_top[:, joint, 1])[0]))
    assert [rep.range_m for rep in measured(take)] == pytest.approx([true_m] * 4, rel=0.12)


def test_no_way_is_told_where_everything_moves_up_and_down_in_the_picture() -> None:
    track, exercise = landmarks(SET), find("squat")
    count = count_reps(track, exercise)
    swung_px = 200 * np.sin(np.pi * track.times_s)  # a camera that follows nobody
    moved = replace(track, image_px=track.image_px + swung_px[:, None, None] * [0.0, 1.0])
    assert all(math.isnan(rep.range_m) for rep in measure_motion(time_reps(count), moved, exercise))


def test_what_leaves_the_picture_is_no_measure_of_the_way() -> None:
    exercise, track = find("squat"), landmarks(Take("squat", reps=2, camera=Camera(yaw_deg=60.0)))
    count = count_reps(track, exercise)
    hips_px = track.image_px[:, LEFT_HIP, 1]
    image_px = track.image_px.copy()
    image_px[:, LEFT_HIP : LEFT_HIP + 2, 1] += (hips_px - hips_px.min())[:, None]  # where MediaPipe guesses them
    guessed = replace(track, height_px=int(hips_px.mean()), image_px=image_px)
    whole, seen = (measure_motion(time_reps(count), each, exercise) for each in (track, guessed))
    assert [rep.range_m for rep in seen] == pytest.approx([rep.range_m for rep in whole], rel=0.15)


def test_speed_is_range_over_time_and_peaks_above_its_mean() -> None:
    for rep in measured(SET):
        assert rep.mean_speed_deg_s == pytest.approx(rep.range_deg / rep.concentric_s)
        # a half cosine peaks at pi / 2 of its mean; smoothing and the end of the other phase leave 1.3 to 1.9
        assert 1.3 < rep.peak_speed_deg_s / rep.mean_speed_deg_s < 1.9


def test_slowing_is_the_velocity_loss() -> None:
    reps = measured(replace(SET, reps=6, pace=replace(SET.pace, slowing=0.6)))
    tempo, doubted = set_tempo(reps), set_tempo(reps, comparable=False)
    assert tempo is not None
    assert doubted is not None
    assert tempo.velocity_loss == pytest.approx(1 - 1 / 1.6, abs=0.08)
    assert math.isnan(doubted.velocity_loss)


@pytest.mark.parametrize("doubt", [Caveat(Doubt.TIMES_UNSURE), Caveat(Doubt.COUNT_UNSURE, {"runner_up": 7})])
def test_no_slowing_is_told_where_times_are_rough_or_one_repetition_may_be_two(
    doubt: Caveat, monkeypatch: pytest.MonkeyPatch
) -> None:
    track = landmarks(replace(SET, reps=6, pace=replace(SET.pace, slowing=0.6)))
    losses = []
    for told in ((), (doubt,)):
        monkeypatch.setattr("pipeline.analyze.doubts", lambda *_, told=told: told)
        tempo = measure_set(track, Source("clip", "x", track.duration_s, 30.0), exercise="squat").tempo
        assert tempo is not None
        losses.append(tempo.velocity_loss)
    assert [math.isnan(loss) for loss in losses] == [False, True]


def test_two_lifts_are_no_course() -> None:
    tempo = set_tempo(measured(replace(SET, reps=2)))
    assert tempo is not None
    assert math.isnan(tempo.velocity_loss)


def test_no_slowing_is_told_of_a_lift_that_took_in_its_pause() -> None:
    *before, last = measured(replace(SET, pace=replace(SET.pace, pause_s=0.4)))
    slipped = replace(
        last, pause_s=0.0, concentric_s=last.concentric_s + last.pause_s, mean_speed_deg_s=last.mean_speed_deg_s / 1.5
    )
    told, doubted = set_tempo((*before, last)), set_tempo((*before, slipped))
    assert told is not None
    assert told.velocity_loss < 0.1
    assert doubted is not None
    assert math.isnan(doubted.velocity_loss)


def test_sides_are_compared_only_where_both_are_seen() -> None:
    front = measured(replace(SET, camera=Camera(yaw_deg=0.0)))
    assert [rep.asymmetry_deg for rep in front] == pytest.approx([0.0] * 4, abs=3.0)
    assert all(math.isnan(rep.asymmetry_deg) for rep in measured(SET))


def test_a_joint_that_moves_alone_has_no_metres() -> None:
    assert all(math.isnan(rep.range_m) for rep in measured(replace(SET, exercise="leg_extension")))


@pytest.mark.parametrize(("range_deg", "asymmetry_deg"), [((80.0, 50.0), 30.0), ((50.0, 80.0), -30.0)])
def test_the_side_that_goes_farther_is_told_by_the_sign(range_deg: tuple[float, float], asymmetry_deg: float) -> None:
    angles = SimpleNamespace(side_deg=lambda _, side: np.array([180.0, 180.0 - range_deg[side], 180.0]))
    body = SimpleNamespace(times_s=np.arange(3.0), angles=angles)
    rep = Rep(1, 0.0, 1.0, 2.0, 1.0, 0.0, 1.0, math.nan, 80.0)
    assert _asymmetry_deg(body, rep, "knee") == asymmetry_deg  # type: ignore[arg-type]
