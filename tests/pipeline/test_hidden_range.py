"""No degree is told of a joint that the camera does not see bend: not of a rep, on no chart, in no stored report."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.analyze import measure_set
from pipeline.report import from_json, to_json
from pipeline.values import Doubt, SetReport, Source, range_is_hidden
from tests.athlete import Camera, Take, landmarks


def taken(exercise: str, yaw_deg: float) -> SetReport:
    track = landmarks(Take(exercise, reps=3, camera=Camera(yaw_deg=yaw_deg)))
    return measure_set(track, Source("clip", f"{exercise}.mp4", track.duration_s, 30.0), exercise=exercise)


def squats(yaw_deg: float) -> SetReport:
    return taken("squat", yaw_deg)


def test_from_the_side_degrees_are_told() -> None:
    report = squats(90.0)
    assert not range_is_hidden(report.caveats)
    assert report.curve.unit == "°"
    assert all(rep.range_deg > 60 and rep.mean_speed_deg_s > 0 for rep in report.reps)


def test_from_the_front_the_curve_is_the_movement_in_percent_and_no_degree_is_told() -> None:
    report = squats(0.0)
    assert Doubt.VIEW_HIDES_RANGE in {caveat.doubt for caveat in report.caveats}
    assert report.rep_count == 3
    for rep in report.reps:
        assert np.isnan([rep.range_deg, rep.mean_speed_deg_s, rep.peak_speed_deg_s]).all()
        assert rep.range_m > 0.2
    assert (report.curve.unit, report.curve.label) == ("%", "movement")
    at_turns = np.interp([rep.turn_s for rep in report.reps], report.curve.times_s, report.curve.values)
    assert at_turns == pytest.approx(100, abs=10)


@pytest.mark.parametrize(
    ("exercise", "yaw_deg", "told"),
    [
        ("leg_raise", 90.0, True),
        ("leg_raise", 0.0, False),
        ("jumping_jack", 0.0, True),
        ("jumping_jack", 60.0, False),
        ("bench_press", 90.0, False),
        ("bench_press", 50.0, False),
    ],
)
def test_without_a_rule_degrees_are_told_from_where_the_joint_is_seen_to_bend(
    exercise: str, yaw_deg: float, told: bool
) -> None:
    report = taken(exercise, yaw_deg)
    assert report.rep_count == 3
    assert all(math.isfinite(rep.range_deg) == told for rep in report.reps)


def test_where_no_angle_is_told_none_is_called_a_guess() -> None:
    track = landmarks(Take("squat", reps=3, camera=Camera(yaw_deg=0.0)))
    unseen = replace(track, visibility=np.full_like(track.visibility, 0.4))
    report = measure_set(unseen, Source("clip", "squats.mp4", track.duration_s, 30.0), exercise="squat")
    told = {caveat.doubt for caveat in report.caveats}
    assert Doubt.VIEW_HIDES_RANGE in told
    assert Doubt.JOINT_HIDDEN not in told


def test_arms_that_open_sideways_are_told_from_the_front() -> None:
    assert all(rep.range_deg > 100 for rep in taken("jumping_jack", 0.0).reps)


def test_a_shot_without_repetitions_has_no_percent() -> None:
    track = landmarks(Take("squat", reps=3, camera=Camera(yaw_deg=0.0)))
    begins_s = float(track.times_s[-1]) + 0.5
    still = np.arange(60) / 30.0
    after = replace(
        track,
        times_s=np.concatenate([track.times_s, begins_s + still]),
        image_px=np.concatenate([track.image_px, np.repeat(track.image_px[:1], 60, axis=0)]),
        world_m=np.concatenate([track.world_m, np.repeat(track.world_m[:1], 60, axis=0)]),
        visibility=np.concatenate([track.visibility, np.repeat(track.visibility[:1], 60, axis=0)]),
        cuts_s=(begins_s,),
    )
    report = measure_set(after, Source("clip", "squats.mp4", after.duration_s, 30.0), exercise="squat")
    assert report.rep_count == 3
    assert np.nanmax(report.curve.values) < 200
    assert np.isnan(report.curve.values[report.curve.times_s > begins_s]).all()


def test_a_report_that_was_stored_with_hidden_degrees_loses_them_when_it_is_read() -> None:
    front = squats(0.0)
    once = replace(front, reps=tuple(replace(rep, range_deg=35.0, mean_speed_deg_s=33.0) for rep in front.reps))
    assert all(math.isnan(rep.range_deg) and math.isnan(rep.mean_speed_deg_s) for rep in from_json(to_json(once)).reps)
