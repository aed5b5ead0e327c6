"""Form rules on tracks of known depth: said where the camera stands to the side, never from the front."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.analyze import measure_set
from pipeline.catalogue import exercises, find
from pipeline.catalogue.rules import rules
from pipeline.form import MEASURES, check_form, seen_from_side_deg, view_of
from pipeline.values import Doubt, Finding, Rep, Source
from tests.athlete.camera import Camera
from tests.athlete.landmarks import landmarks
from tests.athlete.take import Pace, Take

SOURCE = Source("clip", "clip.mp4", 20.0, 30.0)
SLOW = Pace(eccentric_s=2.0, pause_s=0.3, concentric_s=1.5, rest_s=0.6)


def found(exercise: str, *, yaw_deg: float = 90.0, depth: float = 1.0, pace: Pace = SLOW) -> dict[str, Finding]:
    take = Take(exercise, reps=4, pace=pace, depths=(depth,), camera=Camera(yaw_deg=yaw_deg))
    report = measure_set(landmarks(take), SOURCE, exercise=exercise)
    assert report.rep_count == 4
    return {finding.rule: finding for finding in report.findings}


def test_a_shallow_squat_is_told_to_go_deeper() -> None:
    finding = found("squat", depth=0.55)["squat_depth_parallel"]
    assert finding.reps == (1, 2, 3, 4)
    assert finding.measured > finding.limit
    assert finding.source


def test_a_deep_squat_is_not() -> None:
    assert "squat_depth_parallel" not in found("squat", depth=1.0)


@pytest.mark.parametrize("yaw_deg", [0.0, 30.0])
def test_no_angle_is_judged_where_the_camera_does_not_stand_to_the_side(yaw_deg: float) -> None:
    judged = {rule.name for rule in rules() if rule.view == "side"}
    assert not judged & set(found("squat", depth=0.55, yaw_deg=yaw_deg))


def test_a_dropped_weight_is_told_to_come_down_slower_from_any_side() -> None:
    fast = Pace(eccentric_s=0.4, pause_s=0.3, concentric_s=1.2, rest_s=0.6)
    for yaw_deg in (0.0, 90.0):
        assert "tempo_eccentric_fast" in found("squat", yaw_deg=yaw_deg, pace=fast)
    assert "tempo_eccentric_fast" not in found("squat")


@pytest.mark.parametrize(("quick", "told"), [((0.4, 2.0), False), ((0.4, 2.0, 0.4), True), ((0.4, 2.0, 2.0), False)])
def test_one_quick_rep_of_two_is_no_habit(quick: tuple[float, ...], told: bool) -> None:
    reps = [
        Rep(number, 5.0 * number, 5.0 * number + eccentric_s, 5.0 * number + 4, eccentric_s, 0.0, 1.0, 1.0, 90.0)
        for number, eccentric_s in enumerate(quick)
    ]
    findings = check_form(landmarks(Take("squat", reps=1)), find("squat"), reps)
    assert ("tempo_eccentric_fast" in {finding.rule for finding in findings}) is told


def test_a_lowering_whose_time_is_not_sure_is_not_called_fast() -> None:
    reps = [
        Rep(number, 5.0 * number, 5.0 * number + 0.4, 5.0 * number + 4, 0.4, 0.0, 1.0, 1.0, 90.0) for number in (1, 2)
    ]
    track, squat = landmarks(Take("squat", reps=1)), find("squat")
    told = [{finding.rule for finding in check_form(track, squat, reps, timed=timed)} for timed in (True, False)]
    assert told[0] - told[1] == {"tempo_eccentric_fast"}


def test_the_view_is_read_from_the_body() -> None:
    for yaw_deg in (0.0, 45.0, 90.0):
        track = landmarks(Take("squat", reps=1, camera=Camera(yaw_deg=yaw_deg)))
        assert seen_from_side_deg(track) == pytest.approx(yaw_deg, abs=10)


@pytest.mark.parametrize(("yaw_deg", "view"), [(0.0, "front"), (180.0, "back"), (45.0, "angle"), (90.0, "side")])
def test_a_view_that_hides_the_depth_is_said(yaw_deg: float, view: str) -> None:
    track = landmarks(Take("squat", reps=2, camera=Camera(yaw_deg=yaw_deg)))
    report = measure_set(track, SOURCE, exercise="squat")
    said = [caveat.facts["view"] for caveat in report.caveats if caveat.doubt is Doubt.VIEW_HIDES_RANGE]
    assert view_of(track) == view
    assert said == ([] if view == "side" else [view])


def test_nothing_is_said_of_an_unknown_exercise() -> None:
    assert check_form(landmarks(Take("squat", reps=1)), None, ()) == ()


def test_every_rule_names_real_exercises_a_measure_and_its_source() -> None:
    known = set(exercises())
    for rule in rules():
        assert rule.measure in MEASURES
        assert set(rule.exercises) - {"*"} <= known
        assert set(rule.unless) <= known
        assert 0 < rule.mild < rule.severe
        assert rule.source
        assert rule.cue.endswith(".")


def test_no_rule_is_unreadable() -> None:
    text = (Path(__file__).parents[2] / "pipeline/catalogue/rules.toml").read_text()
    assert len(rules()) == text.count("\nmeasure = ")
