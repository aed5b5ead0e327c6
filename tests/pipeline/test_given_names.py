"""What the user says it is: also an exercise that no network was taught is found, counted or held."""

from __future__ import annotations

import pytest

from pipeline.catalogue import exercises
from pipeline.errors import UnknownExercise
from pipeline.holds import measure_hold
from pipeline.learn.simulate.track import textbook
from pipeline.recognize import given
from pipeline.reps import count_reps

DURATION_S, REP_S = 12.0, 2.0


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
    ],
)
def test_a_set_of_what_the_user_says_is_counted(said: str, name: str) -> None:
    recognition = given(said)
    assert (recognition.name, recognition.given) == (name, True)
    track = textbook(exercises()[name], duration_s=DURATION_S, rep_s=REP_S, yaw_deg=40.0)
    assert count_reps(track, exercises()[name]).complete == DURATION_S / REP_S


@pytest.mark.parametrize("said", ["dead hang", "hollow body hold", "쿼드 스트레칭"])
def test_a_hold_that_the_user_says_is_timed(said: str) -> None:
    exercise = exercises()[given(said).name]
    hold = measure_hold(textbook(exercise, duration_s=DURATION_S, yaw_deg=40.0), exercise)
    assert hold is not None
    assert hold.end_s - hold.start_s == pytest.approx(DURATION_S, abs=1)


def test_what_no_exercise_is_called_is_refused() -> None:
    with pytest.raises(UnknownExercise):
        given("zumba")
