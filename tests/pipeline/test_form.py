"""Form rules on tracks of known depth: said where the camera stands to the side, never from the front."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from pipeline.analyze import measure_set
from pipeline.catalogue import exercises, find
from pipeline.catalogue.rules import rules
from pipeline.form import Form, check_form
from pipeline.form_measures import MEASURES, FormMeasures
from pipeline.values import Array, Caveat, Doubt, Finding, PoseTrack, Rep, Severity, Source
from pipeline.view import seen_from_side_deg, view_of
from tests.athlete.camera import Camera
from tests.athlete.landmarks import landmarks
from tests.athlete.movements import movements
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


def test_nothing_is_told_where_it_is_not_sure_what_was_one_repetition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.analyze.doubts", lambda *_: (Caveat(Doubt.COUNT_UNSURE, {"runner_up": 3}),))
    assert found("squat", depth=0.55) == {}


def test_a_deep_squat_is_not() -> None:
    assert "squat_depth_parallel" not in found("squat", depth=1.0)


@pytest.mark.parametrize("yaw_deg", [0.0, 30.0])
def test_no_angle_is_judged_where_the_camera_does_not_stand_to_the_side(yaw_deg: float) -> None:
    judged = {rule.name for rule in rules() if rule.view == "side"}
    assert not judged & set(found("squat", depth=0.55, yaw_deg=yaw_deg))


@pytest.mark.parametrize("yaw_deg", [0.0, 90.0])
@pytest.mark.parametrize("exercise", sorted(set(movements()) & {name for rule in rules() for name in rule.exercises}))
def test_nothing_is_told_of_a_movement_done_in_full(exercise: str, yaw_deg: float) -> None:
    take = Take(exercise, reps=3, pace=SLOW, camera=Camera(yaw_deg=yaw_deg))
    assert measure_set(landmarks(take), SOURCE, exercise=exercise).findings == ()


@pytest.mark.parametrize(
    ("exercise", "yaw_deg", "rule"),
    [
        ("push_up", 90.0, "pushup_depth"),
        ("deadlift", 90.0, "deadlift_lockout"),
        ("leg_extension", 90.0, "legext_lockout"),
        ("barbell_biceps_curl", 90.0, "curl_top_range"),
        ("pull_up", 30.0, "pullup_top_range"),
        ("shoulder_press", 0.0, "press_lockout"),
        ("lateral_raise", 180.0, "latraise_height_range"),
    ],
)
def test_half_a_movement_is_told_where_the_camera_can_carry_it(exercise: str, yaw_deg: float, rule: str) -> None:
    assert set(found(exercise, yaw_deg=yaw_deg, depth=0.5)) == {rule}
    assert rule not in found(exercise, yaw_deg=45.0, depth=0.5)


def test_a_push_up_that_starts_on_the_floor_is_judged_as_one_that_ends_there() -> None:
    take = Take("push_up", reps=2, pace=SLOW, camera=Camera(yaw_deg=90.0))
    track, entry = landmarks(take), find("push_up")
    first, second = measure_set(track, SOURCE, exercise="push_up").reps
    from_the_floor = replace(first, start_s=first.turn_s, turn_s=first.end_s, end_s=second.turn_s)
    assert check_form(track, entry, [from_the_floor]).findings == ()


@pytest.mark.parametrize(("exercise", "yaw_deg"), [("barbell_biceps_curl", 90.0), ("shoulder_press", 0.0)])
@pytest.mark.parametrize("arms", [(0, 1), (0, 0), (1, 1)])
def test_the_arm_that_hangs_is_not_judged(exercise: str, yaw_deg: float, arms: tuple[int, int]) -> None:
    """In turn the right and the left arm, or one alone."""
    track = landmarks(Take(exercise, reps=4, pace=SLOW, camera=Camera(yaw_deg=yaw_deg)))
    image_px, world_m = track.image_px.copy(), track.world_m.copy()
    for index, rep in enumerate(measure_set(track, SOURCE, exercise=exercise).reps):
        arm = np.arange(13, 23, 2) + arms[index % 2]
        during = (track.times_s >= rep.start_s) & (track.times_s <= rep.end_s)
        for points in (image_px, world_m):
            points[np.ix_(during, arm)] = points[0, arm]
    report = measure_set(replace(track, image_px=image_px, world_m=world_m), SOURCE, exercise=exercise)
    assert [rep.side for rep in report.reps] == [("right", "left")[arms[index % 2]] for index in range(4)]
    assert report.findings == ()


def _moved(track: PoseTrack, landmarks: list[int], by: Callable[[Array], Array]) -> PoseTrack:
    image_px = track.image_px.copy()
    image_px[:, landmarks] += by(image_px)
    return replace(track, image_px=image_px)


@pytest.mark.parametrize("exercise", ["push_up", "plank"])
@pytest.mark.parametrize(("share", "rule"), [(0.0, None), (0.1, "_sag_line"), (-0.2, "_line")])
def test_hips_below_the_line_of_the_body_sag_and_above_it_pike(exercise: str, share: float, rule: str | None) -> None:
    track = landmarks(Take(exercise, reps=2, pace=SLOW, camera=Camera(yaw_deg=90.0)))

    def down(image_px: Array) -> Array:
        length_px = np.linalg.norm(image_px[:, 11] - image_px[:, 27], axis=1)
        return share * np.stack([0 * length_px, length_px], axis=1)[:, None]

    told = {one.rule for one in measure_set(_moved(track, [23, 24], down), SOURCE, exercise=exercise).findings}
    names = {"push_up": ("pushup", "pushup_body"), "plank": ("plank", "plank")}[exercise]
    assert told == (set() if rule is None else {names[rule == "_line"] + rule})


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("degrees", "told"), [(15.0, True), (-15.0, False), (5.0, False)])
def test_a_curl_that_leans_back_is_told(degrees: float, told: bool, mirrored: bool) -> None:
    yaw_deg = 270.0 if mirrored else 90.0
    track = landmarks(Take("barbell_biceps_curl", reps=2, pace=SLOW, camera=Camera(yaw_deg=yaw_deg)))

    def back(image_px: Array) -> Array:
        up_px = np.abs(image_px[:, 23, 1] - image_px[:, 11, 1])
        away = -np.sign(image_px[:, 0, 0] - image_px[:, 11, 0])
        return np.stack([away * up_px * np.tan(np.radians(degrees)), 0 * up_px], axis=1)[:, None]

    leaning = _moved(track, list(range(23)), back)
    findings = measure_set(leaning, SOURCE, exercise="barbell_biceps_curl").findings
    assert ("curl_lean" in {finding.rule for finding in findings}) is told


def test_ankles_that_are_guessed_tell_nothing_of_the_line() -> None:
    track = landmarks(Take("push_up", reps=2, pace=SLOW, camera=Camera(yaw_deg=90.0)))
    hips = _moved(track, [23, 24], lambda image_px: np.full((len(image_px), 1, 2), [0.0, 60.0]))
    visibility = track.visibility.copy()
    visibility[:, 27:29] = 0.2
    told = [measure_set(one, SOURCE, exercise="push_up") for one in (hips, replace(hips, visibility=visibility))]
    assert [{finding.rule for finding in report.findings} for report in told] == [{"pushup_sag_line"}, set()]
    assert [report.form_judged for report in told] == [("depth", "lockout", "line"), ("depth", "lockout")]


def test_a_joint_that_is_guessed_is_no_ground_for_a_fault() -> None:
    track = landmarks(Take("deadlift", reps=2, pace=SLOW, depths=(0.5,), camera=Camera(yaw_deg=90.0)))
    visibility = track.visibility.copy()
    visibility[:, 25:27] = 0.2
    told = [measure_set(one, SOURCE, exercise="deadlift") for one in (track, replace(track, visibility=visibility))]
    assert [{finding.rule for finding in report.findings} for report in told] == [{"deadlift_lockout"}, set()]
    assert [report.form_judged for report in told] == [("lockout",), ()]


@pytest.mark.parametrize(("bent_deg", "judged"), [(35.0, True), (15.0, False)])
def test_an_elbow_that_looks_bent_further_than_any_bends_is_a_guess(bent_deg: float, judged: bool) -> None:
    times_s, unknown = np.arange(0, 2.1, 0.1), np.full(21, np.nan)
    elbow_deg = 170 - (170 - bent_deg) * np.sin(np.pi * times_s / 2)
    moving = FormMeasures(times_s, {("elbow", "both"): elbow_deg}, unknown, unknown, unknown, {})
    rep = Rep(1, 0.0, 1.0, 2.0, 1.0, 0.0, 1.0, 0.0, 150.0)
    measured = {name: MEASURES[f"elbow_{name}_deg"](moving, rep) for name in ("bent", "straight")}
    assert measured == pytest.approx({"bent": bent_deg if judged else np.nan, "straight": 170}, nan_ok=True, abs=0.1)


@pytest.mark.parametrize(
    ("exercise", "yaw_deg", "judged"),
    [("squat", 90.0, ("depth", "lockout")), ("squat", 0.0, ()), ("plank", 90.0, ("line",))],
)
def test_what_of_the_form_was_judged_is_known(exercise: str, yaw_deg: float, judged: tuple[str, ...]) -> None:
    track = landmarks(Take(exercise, reps=2, pace=SLOW, camera=Camera(yaw_deg=yaw_deg)))
    assert measure_set(track, SOURCE, exercise=exercise).form_judged == judged


@pytest.mark.parametrize(("line_deg", "told", "fine"), [(184.0, 0, True), (190.0, 0, False), (195.0, 1, True)])
def test_what_passes_a_limit_by_less_than_is_told_is_not_called_fine_either(
    monkeypatch: pytest.MonkeyPatch, line_deg: float, told: int, fine: bool
) -> None:
    """A push-up whose hips hang, but not so far that it is said: `judged` without a finding means that it was fine."""
    monkeypatch.setitem(MEASURES, "body_line_deg", lambda *_: line_deg)
    report = measure_set(landmarks(Take("push_up", reps=2, pace=SLOW, camera=Camera(yaw_deg=90.0))), SOURCE)
    assert [finding.rule for finding in report.findings] == ["pushup_sag_line"] * told
    assert ("line" in report.form_judged) is fine


def test_a_dropped_weight_is_told_to_come_down_slower_from_any_side() -> None:
    fast = Pace(eccentric_s=0.4, pause_s=0.3, concentric_s=1.2, rest_s=0.6)
    for yaw_deg in (0.0, 90.0):
        assert "tempo_eccentric_fast" in found("squat", yaw_deg=yaw_deg, pace=fast)
    assert "tempo_eccentric_fast" not in found("squat")


@pytest.mark.parametrize(
    ("yaw_deg", "depths", "told"),
    [
        (0.0, (1.0,) * 6 + (0.65,) * 3, (7, 8, 9)),
        (90.0, (1.0,) * 6 + (0.65,) * 3, (7, 8, 9)),
        (45.0, (1.0,) * 6 + (0.5,) * 3, (7, 8, 9)),  # partial ones
        (90.0, (1.0,) * 8 + (0.65,), ()),  # one odd rep
        (0.0, (1.0,) * 6 + (0.9,) * 3, ()),
        (90.0, (1.0,) * 6 + (0.9,) * 3, ()),
        (45.0, (0.65,) * 3 + (1.0,) * 6, ()),  # warming up
        (0.0, (1.0,) * 3 + (0.65,) * 2, ()),  # too few
    ],
)
def test_a_range_that_gets_shorter_is_told_from_any_side(
    yaw_deg: float, depths: tuple[float, ...], told: tuple[int, ...]
) -> None:
    take = Take("squat", reps=len(depths), pace=SLOW, depths=depths, camera=Camera(yaw_deg=yaw_deg))
    report = measure_set(landmarks(take), SOURCE, exercise="squat")
    assert tuple(number for one in report.findings if one.rule == "range_fades" for number in one.reps) == told


@pytest.mark.parametrize(("depth", "told"), [(0.6, (7, 8, 9)), (0.95, ())])
def test_a_shorter_way_up_is_told_though_the_joint_bends_nearly_as_far(depth: float, told: tuple[int, ...]) -> None:
    camera = Camera(yaw_deg=60.0)
    take = Take("pull_up", reps=9, pace=SLOW, depths=(1.0,) * 6 + (depth,) * 3, camera=camera)
    findings = measure_set(landmarks(take), SOURCE, exercise="pull_up").findings
    assert tuple(number for one in findings if one.rule == "range_fades" for number in one.reps) == told


@pytest.mark.parametrize(("quick", "told"), [((0.4, 2.0), False), ((0.4, 2.0, 0.4), True), ((0.4, 2.0, 2.0), False)])
def test_one_quick_rep_of_two_is_no_habit(quick: tuple[float, ...], told: bool) -> None:
    reps = [
        Rep(number, 5.0 * number, 5.0 * number + eccentric_s, 5.0 * number + 4, eccentric_s, 0.0, 1.0, 1.0, 90.0)
        for number, eccentric_s in enumerate(quick)
    ]
    findings = check_form(landmarks(Take("squat", reps=1)), find("squat"), reps).findings
    assert ("tempo_eccentric_fast" in {finding.rule for finding in findings}) is told


def test_a_lowering_whose_time_is_not_sure_is_not_called_fast() -> None:
    reps = [
        Rep(number, 5.0 * number, 5.0 * number + 0.4, 5.0 * number + 4, 0.4, 0.0, 1.0, 1.0, 90.0) for number in (1, 2)
    ]
    track, squat = landmarks(Take("squat", reps=1)), find("squat")
    told = [
        {finding.rule for finding in check_form(track, squat, reps, timed=timed).findings} for timed in (True, False)
    ]
    assert told[0] - told[1] == {"tempo_eccentric_fast"}


def test_the_view_is_read_from_the_body() -> None:
    for yaw_deg in (0.0, 45.0, 90.0):
        track = landmarks(Take("squat", reps=1, camera=Camera(yaw_deg=yaw_deg)))
        assert seen_from_side_deg(track) == pytest.approx(yaw_deg, abs=10)


@pytest.mark.parametrize(("yaw_deg", "view"), [(0.0, "front"), (180.0, "back"), (45.0, "angle"), (90.0, "side")])
@pytest.mark.parametrize(("exercise", "judged"), [("squat", {"side"}), ("pull_up", {"front", "back"})])
def test_a_view_that_hides_the_depth_is_said(exercise: str, judged: set[str], yaw_deg: float, view: str) -> None:
    track = landmarks(Take(exercise, reps=2, camera=Camera(yaw_deg=yaw_deg)))
    report = measure_set(track, SOURCE, exercise=exercise)
    said = [caveat.facts["view"] for caveat in report.caveats if caveat.doubt is Doubt.VIEW_HIDES_RANGE]
    assert view_of(track) == view
    assert said == ([] if view in judged else [view])


def test_nothing_is_said_of_an_unknown_exercise() -> None:
    assert check_form(landmarks(Take("squat", reps=1)), None, ()) == Form()


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


def test_the_gravest_is_told_first(monkeypatch: pytest.MonkeyPatch) -> None:
    severities: tuple[tuple[str, Severity, tuple[int, ...]], ...] = (
        ("few", "mild", (1,)),
        ("many", "mild", (1, 2)),
        ("grave", "severe", (1,)),
    )
    findings = [Finding(name, severity, reps, 1.0, 1.0, "s", name, "us") for name, severity, reps in severities]
    told = iter([*findings, *[None] * len(rules())])
    monkeypatch.setattr("pipeline.form._finding", lambda *_: next(told))
    take = Take("squat", reps=2, pace=SLOW, camera=Camera(yaw_deg=90.0))
    rep = Rep(1, 1.0, 2.0, 3.0, 1.0, 0.0, 1.0, 1.0, 90.0)
    form = check_form(landmarks(take), find("squat"), [rep])
    assert [finding.rule for finding in form.findings] == ["grave", "many", "few"]
