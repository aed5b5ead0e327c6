"""Muscles: when they were last trained, what an exercise works, two exercises beside each other, what grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.coach.evaluation.scenes import SQUAT, SQUAT_KO, TODAY
from bot.coach.facts import Facts, PastSet
from bot.coach.facts.growth import growths
from bot.coach.hearing.muscles import groups, muscle_called
from pipeline.catalogue import exercises
from tests.coach.conversation import last_answer


def past(exercise: str, label: str, days_ago: int, reps: int, weight_kg: float | None = None) -> PastSet:
    return PastSet(exercise, label, TODAY - timedelta(days_ago), reps, weight_kg=weight_kg)


HISTORY = (
    past("push_up", "push-up", 4, 15),
    past("deadlift", "deadlift", 6, 5, 100.0),
    past("bench_press", "bench press", 6, 8, 70.0),
    past("squat", "squat", 8, 8, 55.0),
    past("deadlift", "deadlift", 34, 5, 90.0),
    past("bench_press", "bench press", 34, 8, 72.5),
    past("squat", "squat", 40, 8, 50.0),
)
ENGLISH = Facts(TODAY, SQUAT, HISTORY)  # today 8 squats with 60 kg
KOREAN = replace(ENGLISH, this=SQUAT_KO, language="ko")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("when did i last train chest", "mainly for your chest: Push-up, March 6, 2026: 15 reps. That was 4"),
        ("last time i did back", "but this one works the back too: Deadlift, March 4, 2026"),
        ("how long since i trained biceps", "a set for your biceps from you"),
        ("did i do legs last week", "Deadlift, March 4, 2026: 5 reps with 100 kg. Squat, March 2, 2026"),
        ("how many sets of chest have i done", "In all I have 3 sets from you"),
        ("when should i train chest", "about 2 times a week"),
        ("chest last when", "Push-up, March 6, 2026"),
        ("most improved lift", "these went up: squat and deadlift."),
        ("which lift improved most", "these went up: squat and deadlift."),
        ("what am i getting stronger at", "Squat, January 29, 2026: 8 reps with 50 kg. Squat, March 10, 2026"),
        ("am i getting weaker anywhere", "these went down: bench press."),
        ("lunges vs squats", "Lunge works mostly the quadriceps, then the glutes. Neither is better in general"),
        ("squat or hip thrust for glutes", "For your glutes take hip thrust first."),
        ("what do pull ups work", "Pull-up works mostly the lats, then the upper back and biceps."),
        ("how long should i train", "45 to 75 minutes"),
        ("did my back round", "I can't see a rounded back in a clip"),
        ("what should i improve", "Sink until your hips"),
    ],
)
async def test_it_is_answered(asked: str, told: str) -> None:
    assert told in await last_answer(ENGLISH, asked)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("가슴 운동 언제 했어", "2026년 3월 6일: 15회"),
        ("등 운동 언제 했어?", "이 운동도 등을 써요"),
        ("이두 마지막으로 한 지 얼마나 됐어", "이두 운동을 한 세트는 아직"),
        ("뭐가 제일 많이 늘었어", "가장 많은 비율로 늘었어요"),
        ("런지랑 스쿼트 뭐가 나아", "무조건 더 낫지는 않아요"),
        ("데드리프트는 어디 운동이야", "주로 엉덩이를"),
        ("운동 몇 분 해야 돼", "45~75분"),
    ],
)
async def test_it_is_answered_in_korean(asked: str, told: str) -> None:
    assert told in await last_answer(KOREAN, asked)


async def test_who_trained_on_one_day_is_told_of_no_growth() -> None:
    assert "from two days at least" in await last_answer(Facts(TODAY, SQUAT), "which lift improved most")


async def test_an_exercise_that_helps_is_told_where_it_is_newer() -> None:
    said = await last_answer(replace(ENGLISH, this=None, history=HISTORY[1:]), "when did i last train my hamstrings")
    assert "this one works the hamstrings too: Deadlift" in said


def test_of_new_users_the_first_day_is_what_was_before() -> None:
    sets = (past("squat", "squat", 1, 5, 70.0), past("squat", "squat", 5, 5, 60.0))
    (found,) = growths(sets, TODAY)
    assert (found.went, found.before.weight_kg, found.now.weight_kg) == ("up", 60.0, 70.0)


def test_what_was_not_done_lately_has_not_grown() -> None:
    assert growths((past("squat", "squat", 50, 5), past("squat", "squat", 60, 4)), TODAY) == ()
    assert growths((), date(2026, 1, 1)) == ()


def test_every_muscle_of_the_catalogue_has_a_korean_name_and_nearly_all_a_group() -> None:
    muscles = {muscle for entry in exercises().values() for muscle in entry.muscles}
    assert not [muscle for muscle in muscles if muscle_called(muscle, "ko").isascii()]
    assert muscles - {one for group in groups() for one in group.muscles} == {"hip flexors", "side of the hip"}
