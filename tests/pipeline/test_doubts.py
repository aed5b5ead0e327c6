from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.analyze import measure_set
from pipeline.catalogue import find
from pipeline.doubts import doubts, view_doubts
from pipeline.holds import Hold
from pipeline.pose.light import body_luminance
from pipeline.pose.observations import Observations, Row, track_of
from pipeline.pose.person import Person
from pipeline.recognize.turned import turned
from pipeline.reps import Count
from pipeline.values import Curve, Cycle, Doubt, PoseTrack, Recognition, Source, count_is_torn, times_are_unsure
from pipeline.video.decode import Sampling
from pipeline.video.pace import Pace, Thinning
from tests.athlete import Take, landmarks
from tests.athlete.fixtures import small_take

STILL_MINUTE = PoseTrack(
    np.arange(1800) / 30, np.ones((1800, 33, 2)), np.ones((1800, 33, 3)), np.ones((1800, 33)), 640, 360
)


def said(recognition: Recognition, held_s: float) -> set[Doubt]:
    hold = Hold(0.0, held_s, steadiness=0.8, sway_m=0.02)
    return {caveat.doubt for caveat in doubts(STILL_MINUTE, 30.0, recognition, find("plank"), hold)}


@pytest.mark.parametrize(("held_s", "doubted"), [(58.0, False), (31.0, False), (29.0, True), (2.0, True)])
def test_a_hold_of_less_than_half_the_clip_was_no_stillness(held_s: float, doubted: bool) -> None:
    assert (Doubt.HOLD_WITHOUT_STILLNESS in said(Recognition("plank", 0.9), held_s)) == doubted


@pytest.mark.parametrize(
    ("recognition", "doubt"),
    [
        (Recognition("plank", 0.9), None),
        (Recognition("plank", 0.9, coarse=True), Doubt.EXERCISE_UNSURE),
        (Recognition("plank", 0.9, as_before=True), Doubt.NAMED_AS_BEFORE),
        (Recognition("unknown", 0.3), Doubt.EXERCISE_UNKNOWN),
    ],
)
def test_a_name_that_is_not_sure_is_doubted(recognition: Recognition, doubt: Doubt | None) -> None:
    about_name = {Doubt.EXERCISE_UNSURE, Doubt.EXERCISE_UNKNOWN, Doubt.NAMED_AS_BEFORE} & said(recognition, 58.0)
    assert about_name == ({doubt} if doubt else set())


@pytest.mark.parametrize(
    ("name", "ankles", "seen", "doubted"),
    [
        ("unknown", 0.2, 1.0, True),
        ("unknown", 0.9, 1.0, False),
        ("plank", 0.2, 1.0, False),
        ("unknown", 0.2, 0.5, False),
    ],
)
def test_who_is_not_recognised_and_shows_no_feet_is_told(name: str, ankles: float, seen: float, doubted: bool) -> None:
    visibility = STILL_MINUTE.visibility.copy()
    visibility[:, (27, 28)] = ankles
    image = STILL_MINUTE.image_px.copy()
    image[round(seen * len(image)) :] = np.nan
    track = replace(STILL_MINUTE, visibility=visibility, image_px=image)
    found = [caveat.doubt for caveat in doubts(track, 30.0, Recognition(name, 0.9), find(name), None)]
    assert (Doubt.LEGS_UNSEEN in found) == doubted


def test_an_unrecognised_clip_on_its_side_is_told_to_be_turned() -> None:
    lying = turned(landmarks(small_take("squat", 60.0)))
    found = [caveat.doubt for caveat in doubts(lying, 30.0, Recognition("unknown", 0.3), None, None)]
    assert found[:2] == [Doubt.EXERCISE_UNKNOWN, Doubt.CLIP_ON_ITS_SIDE]


def test_of_what_is_not_recognised_the_reason_is_told_first() -> None:
    image = STILL_MINUTE.image_px.copy()
    image[900:] = np.nan
    many = replace(STILL_MINUTE, image_px=image, people=2)
    found = [caveat.doubt for caveat in doubts(many, 30.0, Recognition("unknown", 0.9), None, None)]
    assert found[:2] == [Doubt.EXERCISE_UNKNOWN, Doubt.PERSON_LOST]
    assert found.count(Doubt.PERSON_LOST) == 1
    assert Doubt.SEVERAL_PEOPLE in found


@pytest.mark.parametrize(
    ("reps", "confidence", "runner_up", "doubted"),
    [
        (5, 0.75, 6, {Doubt.COUNT_UNSURE}),
        (5, 0.9, 6, set()),
        (5, 0.75, None, set()),
        (0, 0.4, 1, {Doubt.COUNT_UNSURE, Doubt.NO_MOVEMENT}),
    ],
)
def test_a_count_that_is_not_sure_is_doubted_even_where_none_is_told(
    reps: int, confidence: float, runner_up: int | None, doubted: set[Doubt]
) -> None:
    flat = Curve(STILL_MINUTE.times_s, np.zeros(1800), "movement", "%")
    count = Count(
        tuple(Cycle(n, n + 0.5, n + 1.0) for n in range(reps)),
        flat,
        flat,
        confidence,
        runner_up,
        first_phase="eccentric",
    )
    found = doubts(STILL_MINUTE, 30.0, Recognition("squat", 0.9), find("squat"), count)
    assert {Doubt.COUNT_UNSURE, Doubt.NO_MOVEMENT} & {caveat.doubt for caveat in found} == doubted
    assert count_is_torn(found) is (Doubt.COUNT_UNSURE in doubted)


@pytest.mark.parametrize(("exercise", "doubted"), [("russian_twist", False), ("squat", True), (None, True)])
def test_that_no_way_is_the_lifting_is_no_doubt_where_nothing_is_lifted(exercise: str | None, doubted: bool) -> None:
    flat = Curve(STILL_MINUTE.times_s, np.zeros(1800), "movement", "%")
    count = Count((Cycle(0.0, 0.5, 1.0),), flat, flat, 0.9, None)
    entry = find(exercise) if exercise else None
    found = doubts(STILL_MINUTE, 30.0, Recognition(exercise or "unknown", 0.9), entry, count)
    assert (Doubt.PHASES_UNNAMED in {caveat.doubt for caveat in found}) is doubted


def test_times_that_nothing_shows_are_unsure_however_many_repetitions_there_are() -> None:
    flat = Curve(STILL_MINUTE.times_s, np.zeros(1800), "movement", "%")
    cycles = tuple(Cycle(n, n + 0.5, n + 1.0, spread_s=spread_s) for n, spread_s in enumerate((np.inf, np.inf)))
    count = Count(cycles, flat, flat, 0.9, None, first_phase="eccentric")
    found = doubts(STILL_MINUTE, 30.0, Recognition("squat", 0.9), find("squat"), count)
    assert Doubt.TIMES_UNSURE in {caveat.doubt for caveat in found}


@pytest.mark.parametrize(("turn_s", "pause_s", "doubted"), [(9.0, 0.0, True), (9.2, 0.4, False)])
def test_times_are_unsure_where_one_lift_took_in_its_pause(turn_s: float, pause_s: float, doubted: bool) -> None:
    flat = Curve(STILL_MINUTE.times_s, np.zeros(1800), "movement", "%")
    cycles = [Cycle(n, n + 1.2, n + 2.0, pause_s=0.4, spread_s=0.05) for n in (0.0, 4.0)]
    last = Cycle(8.0, turn_s, 10.0, pause_s=pause_s, spread_s=0.05)
    count = Count((*cycles, last), flat, flat, 0.9, None, first_phase="eccentric")
    found = doubts(STILL_MINUTE, 30.0, Recognition("squat", 0.9), find("squat"), count)
    assert (Doubt.TIMES_UNSURE in {caveat.doubt for caveat in found}) is doubted


@pytest.mark.parametrize(
    ("joint", "bent_deg", "doubted"),
    [("elbow", (12, 20, 45), True), ("elbow", (12, 35, 45), False), ("elbow", (), False), ("hip", (12, 20, 12), False)],
)
def test_a_range_is_doubted_where_elbows_look_bent_further_than_any_bends(
    joint: str, bent_deg: tuple[float, ...], doubted: bool
) -> None:
    times_s = STILL_MINUTE.times_s
    cycles = tuple(Cycle(n, n + 0.5, n + 1.0) for n in range(len(bent_deg)))
    angle_deg = np.full(1800, 170.0)
    for cycle, deg in zip(cycles, bent_deg, strict=True):
        angle_deg[np.searchsorted(times_s, cycle.turn_s)] = deg
    curve = Curve(times_s, angle_deg, f"{joint} angle", "°")
    count = Count(cycles, curve, curve, 0.9, None, first_phase="concentric")
    found = doubts(STILL_MINUTE, 30.0, Recognition("pull_up", 0.9), find("pull_up"), count)
    assert (Doubt.BENT_TOO_FAR in {caveat.doubt for caveat in found}) == doubted


@pytest.mark.parametrize(
    ("spreads_s", "doubted"),
    [((0.1, 0.1, 0.6), False), ((0.1, 0.4, 0.6), True), ((0.1, 0.1, math.nan), False), ((math.nan,), True)],
)
def test_times_are_doubted_where_what_shows_most_repetitions_disagrees(
    spreads_s: tuple[float, ...], doubted: bool
) -> None:
    flat = Curve(STILL_MINUTE.times_s, np.zeros(1800), "movement", "%")
    cycles = tuple(Cycle(n, n + 0.5, n + 1.0, spread_s=spread_s) for n, spread_s in enumerate(spreads_s))
    found = doubts(
        STILL_MINUTE,
        30.0,
        Recognition("squat", 0.9),
        find("squat"),
        Count(cycles, flat, flat, 0.9, None, first_phase="eccentric"),
    )
    assert times_are_unsure(found) is doubted


def test_one_picture_has_no_rate() -> None:
    track = PoseTrack(np.zeros(1), np.ones((1, 33, 2)), np.ones((1, 33, 3)), np.ones((1, 33)), 640, 360)
    assert Doubt.LOW_FRAME_RATE not in {caveat.doubt for caveat in view_doubts(track, 30.0)}


@pytest.mark.parametrize(("filmed_hz", "doubted"), [(10.0, True), (24.0, False), (25.0, False), (29.97, False)])
def test_only_a_clip_of_few_frames_is_told_so(filmed_hz: float, doubted: bool) -> None:
    """Calm sets are sampled at 12 Hz, unevenly where that does not divide the clip's own rate."""
    wanted = Thinning(Pace(Sampling().calm_rate_hz))
    times_s = np.array([number / filmed_hz for number in range(300) if wanted.takes(number / filmed_hz)])
    rows = len(times_s)
    track = PoseTrack(times_s, np.ones((rows, 33, 2)), np.ones((rows, 33, 3)), np.ones((rows, 33)), 640, 360)
    found = doubts(track, 30.0, Recognition("plank", 0.9), find("plank"), Hold(0.0, 9.0, 0.8, 0.02))
    assert (Doubt.LOW_FRAME_RATE in {caveat.doubt for caveat in found}) == doubted


@pytest.mark.parametrize(("filmed_hz", "doubted"), [(240.0, True), (60.0, False), (0.0, False)])
def test_slow_motion_is_told(filmed_hz: float, doubted: bool) -> None:
    found = doubts(STILL_MINUTE, filmed_hz, Recognition("plank", 0.9), find("plank"), Hold(0.0, 58.0, 0.8, 0.02))
    assert (Doubt.SLOW_MOTION in {caveat.doubt for caveat in found}) == doubted


def test_a_stored_track_is_told_to_be_slow_motion_when_it_is_counted_again() -> None:
    """The track holds fewer frames than the clip did; the report of before knows how many those were."""
    track = landmarks(Take("squat", reps=2))
    told = {caveat.doubt for caveat in measure_set(track, Source("clip", "slow.mp4", 9.0, 240.0)).caveats}
    assert Doubt.SLOW_MOTION in told


def standing(height_px: float, luminance: float | None) -> PoseTrack:
    """Somebody so tall in the picture, in such light."""
    image_px = np.zeros((60, 33, 2))
    image_px[:, :, 1] = np.linspace(0, height_px, 33)
    return PoseTrack(
        np.arange(60) / 12, image_px, np.ones((60, 33, 3)), np.ones((60, 33)), 640, 360, luminance=luminance
    )


@pytest.mark.parametrize(
    ("height_px", "luminance", "doubted"),
    [
        (300, None, set()),
        (300, 36, set()),
        (300, 34, {Doubt.CLIP_DARK}),
        (119, 90, {Doubt.FILMED_FROM_AFAR}),
        (119, None, {Doubt.FILMED_FROM_AFAR}),
        (119, 20, {Doubt.CLIP_DARK}),
        (121, 90, set()),
    ],
)
def test_a_dark_clip_and_a_body_filmed_from_afar_are_doubted(
    height_px: float, luminance: float | None, doubted: set[Doubt]
) -> None:
    found = doubts(
        standing(height_px, luminance), 30.0, Recognition("plank", 0.9), find("plank"), Hold(0.0, 5.0, 0.8, 0.02)
    )
    assert {caveat.doubt for caveat in found} & {Doubt.CLIP_DARK, Doubt.FILMED_FROM_AFAR} == doubted


def test_the_light_of_a_track_is_that_of_the_body_as_a_rule() -> None:
    body_px = np.array([[100.0, 50.0], [140.0, 250.0]] * 16 + [[120.0, 150.0]])
    night = np.full((360, 640, 3), 200, np.uint8)
    night[50:250, 100:140] = 30
    assert body_luminance(night, body_px) == pytest.approx(30)
    person = Person(body_px, np.ones((33, 3)), np.ones(33))
    rows = [Row(n / 12, person, 0.0, bright) for n, bright in enumerate([30.0, 32.0, 250.0])]
    assert track_of(Observations([*rows, Row(0.5, None, 0.0)], [], (640, 360)), None).luminance == 32.0
    assert track_of(Observations([Row(0.5, None, 0.0)], [], (640, 360)), None).luminance is None
