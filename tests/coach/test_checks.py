"""A number in a question is held against what was measured, and said to be right or not."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES, SQUAT
from bot.coach.hearing.checks import asked_number
from bot.coach.language import say
from pipeline.values import Caveat, Doubt
from tests.coach.conversation import COACH, last_answer

SAY = "If you counted another number, tell me"


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("squat", ("was it 8?",), "Yes. I counted 8 complete reps of squat."),
        ("squat", ("was it 10?",), "No. I counted 8 complete reps of squat."),
        ("squat", ("was it 8 or 9 be honest",), "I counted 8 complete reps of squat."),
        ("squat", ("was it 9 or 10?",), "Neither. I counted 8 complete reps"),
        ("squat_ko", ("10개 맞아요?",), "아니요. 스쿼트를 완전하게 8회"),
        ("squat_ko", ("8개 맞아요?",), "네, 맞아요. 스쿼트를 완전하게 8회"),
        ("plank", ("did i hold 60 seconds?",), "Yes. You held the plank for 62 s."),
        ("plank", ("was it 60 seconds?",), "No. You held the plank for 62 s."),
        ("session", ("what weight was that", "was it 300?"), "No. The weight"),
        ("session", ("what weight was that", "was it 6?"), "Yes. I counted 6"),
        ("none", ("was it 10?",), "don't have a set from you yet"),
        ("clean", ("was my bench 12?",), "No. I counted 6 complete reps of bench press."),
        ("squat_ko", ("오늘 8개 맞죠?",), "네, 맞아요."),
    ],
)
async def test_a_number_is_held_against_what_was_measured(scene: str, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES[scene], *messages)


async def test_who_hears_no_learns_how_to_put_the_count_right() -> None:
    assert SAY in await last_answer(SCENES["squat"], "was it 10?")
    assert SAY not in await last_answer(SCENES["squat"], "was it 8?")


async def test_a_count_that_is_not_sure_is_neither_agreed_to_nor_denied() -> None:
    torn = replace(SQUAT, caveats=(Caveat(Doubt.COUNT_UNSURE, {"runner_up": 9}),))
    said = await last_answer(replace(SCENES["squat"], this=torn), "was it 10?")
    assert said.startswith("I counted 8")
    assert say("en", "doubt_count_unsure") in said


@pytest.mark.parametrize(
    "text",
    ["was it 10 last time?", "was it 10 sets", "is it 90 degrees?", "was the last set 10?", "was rep 3 slower",
     "did i do 2 sets?", "was my best 10?", "should it be 10?", "지난번 스쿼트 10개 맞아요?", "was it 7:30?"],
)  # fmt: skip
def test_a_number_of_something_else_is_left_to_the_others(text: str) -> None:
    assert asked_number(text, COACH.exercise_in, None) is None


@pytest.mark.parametrize("spoken", ["max", "compare", "when_last", "topic:rest"])
def test_a_bare_number_is_of_what_was_spoken_of(spoken: str) -> None:
    assert asked_number("isn't that 100?", COACH.exercise_in, spoken) is None
    assert asked_number("is it 60?", COACH.exercise_in, spoken) is None


def test_the_exercise_named_before_a_number_is_heard() -> None:
    found = asked_number("the bench press, was it 10?", COACH.exercise_in, "compare")
    assert found is not None
    assert (found.exercise, found.values) == ("bench_press", (10.0,))


def test_a_long_message_costs_no_time() -> None:
    start = time.perf_counter()
    for text in ("was it 1 " * 400, "a " * 2000, "a" * 39 + " was it 1 or really " * 20, "가 " * 2000):
        asked_number(text, COACH.exercise_in, None)
        asked_number(text[:80], COACH.exercise_in, None)
    assert time.perf_counter() - start < 0.5
