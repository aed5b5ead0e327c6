"""What the user says it is: also an exercise that no network was taught is found, counted or held."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from pipeline import reps
from pipeline.analyze import measure_set
from pipeline.catalogue import exercises
from pipeline.errors import UnknownExercise
from pipeline.holds import measure_hold
from pipeline.learn.simulate.track import textbook
from pipeline.recognize import given
from pipeline.reps.beat import beat_of
from pipeline.reps.body import body_of
from pipeline.reps.candidates import candidates_of
from pipeline.reps.choice import Scorer
from pipeline.reps.features import CANDIDATE_FEATURES, NOTHING_FEATURES
from pipeline.reps.signals import signals_of
from pipeline.values import Doubt, PoseTrack, Source

DURATION_S, REP_S = 12.0, 2.0
SOURCE = Source("clip", "clip.mp4", DURATION_S, 30.0)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("box jumps", "box_jump"),
        ("점프스쿼트", "jump_squat"),
        ("hang clean", "power_clean"),
        ("V-ups", "v_up"),
        ("ab 슬라이드", "ab_wheel"),
        ("nordics", "nordic_curl"),
        ("toe touches", "toe_touch"),
        ("리버스 펙덱", "reverse_fly"),
        ("row erg", "rowing_machine"),
        ("스키에르그", "ski_erg"),
        ("slam ball", "ball_slam"),
        ("cable woodchop", "wood_chop"),
        ("wrist curls", "wrist_curl"),
        ("팔로프 프레스", "pallof_press"),
        ("외회전", "external_rotation"),
        ("renegade rows", "renegade_row"),
    ],
)
def test_a_set_of_what_the_user_says_is_counted(said: str, name: str) -> None:
    recognition = given(said)
    assert (recognition.name, recognition.given) == (name, True)
    track = textbook(exercises()[name], duration_s=DURATION_S, rep_s=REP_S, yaw_deg=40.0)
    assert measure_set(track, SOURCE, exercise=said).rep_count == DURATION_S / REP_S


@pytest.mark.parametrize("said", ["dead hang", "hollow body hold", "쿼드 스트레칭", "L-sit", "물구나무서기"])
def test_a_hold_that_the_user_says_is_timed(said: str) -> None:
    exercise = exercises()[given(said).name]
    hold = measure_hold(textbook(exercise, duration_s=DURATION_S, yaw_deg=40.0), exercise)
    assert hold is not None
    assert hold.end_s - hold.start_s == pytest.approx(DURATION_S, abs=1)


def test_a_muscle_up_is_one_repetition_with_its_pull_and_its_push() -> None:
    track = textbook(exercises()["muscle_up"], duration_s=DURATION_S, rep_s=3.0, yaw_deg=40.0)
    assert measure_set(track, SOURCE, exercise="muscle-ups").rep_count == DURATION_S / 3.0


@pytest.mark.parametrize("said", ["stationary bike", "elliptical", "battle ropes", "skater jumps", "plank jacks"])
def test_turns_and_waves_are_counted_but_nothing_of_them_is_called_lifting_or_judged(said: str) -> None:
    exercise = exercises()[given(said).name]
    track = textbook(exercise, duration_s=DURATION_S, rep_s=1.0, yaw_deg=40.0)
    report = measure_set(track, SOURCE, exercise=said)
    assert (report.rep_count, report.first_phase, report.findings) == (DURATION_S / 1.0, None, ())
    assert report.tempo is not None
    assert np.isnan(report.tempo.eccentric_s)
    assert Doubt.PHASES_UNNAMED not in [caveat.doubt for caveat in report.caveats]  # there is nothing to be unsure of


@pytest.mark.parametrize(
    "said", ["jump squat", "box jump", "arm circles", "power clean", "ball slam", "rowing machine"]
)
def test_nobody_is_told_to_jump_or_throw_more_slowly(said: str) -> None:
    exercise = exercises()[given(said).name]
    track = textbook(exercise, duration_s=DURATION_S, rep_s=1.2, yaw_deg=40.0)
    assert "tempo_eccentric_fast" not in [one.rule for one in measure_set(track, SOURCE, exercise=said).findings]


def test_what_no_exercise_is_called_is_refused() -> None:
    with pytest.raises(UnknownExercise):
        given("zumba")


@pytest.mark.parametrize(
    ("nothing", "said", "complete"),
    [(0.3, None, 6), (0.6, None, 0), (0.6, "squats", 6), (0.9, "squats", 0)],
)
def test_what_the_user_says_was_done_takes_more_to_be_nothing(
    nothing: float, said: str | None, complete: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reps, "shipped_scorer", lambda: scorer_that_thinks(nothing))
    assert measure_set(squats(), SOURCE, exercise=said).rep_count == complete


def test_a_count_that_may_well_be_nothing_is_told_with_that_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reps, "shipped_scorer", lambda: scorer_that_thinks(0.6))
    caveats = measure_set(squats(), SOURCE, exercise="squats").caveats
    assert {"runner_up": 0} in [caveat.facts for caveat in caveats if caveat.doubt is Doubt.COUNT_UNSURE]


@pytest.mark.parametrize("name", ["hip_adduction", "hip_abduction"])
def test_legs_that_part_in_depth_are_counted_where_the_user_says_so(name: str) -> None:
    track = textbook(exercises()[name], duration_s=DURATION_S, rep_s=REP_S, yaw_deg=90.0)
    assert measure_set(track, SOURCE, exercise=name).rep_count == DURATION_S / REP_S


@cache
def squats() -> PoseTrack:
    return textbook(exercises()["squat"], duration_s=DURATION_S, rep_s=REP_S, yaw_deg=40.0)


def scorer_that_thinks(nothing: float) -> Scorer:
    """To it every candidate is alike, and with that chance none of them is right."""
    body = body_of(squats())
    assert body is not None
    alike = len(candidates_of(body, signals_of(body), beat_of(body)))
    one = np.array([name == "one" for name in NOTHING_FEATURES])
    return Scorer(np.zeros(len(CANDIDATE_FEATURES)), one * np.log(nothing / (1 - nothing) * alike))


def test_what_the_track_shows_stands_beside_what_the_user_says_it_is() -> None:
    squats = textbook(exercises()["squat"], duration_s=DURATION_S, rep_s=REP_S, yaw_deg=40.0)
    recognition = measure_set(squats, SOURCE, exercise="deadlift").recognition
    assert (recognition.name, recognition.confidence, recognition.alternatives[0].name) == ("deadlift", 1.0, "squat")
    right = measure_set(squats, SOURCE, exercise="squat").recognition
    assert "squat" not in [one.name for one in right.alternatives]
