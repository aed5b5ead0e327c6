"""The set in question beside another exercise."""

from __future__ import annotations

import time

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.hearing.this_beside import BESIDE
from tests.coach.conversation import last_answer


@pytest.mark.parametrize(
    "text",
    [
        "compare it with the bench press",
        "how does this compare to my bench",
        "was it better than the bench press",
        "is this heavier than my bench press",
        "이거 벤치프레스랑 비교해줘",
    ],
)
async def test_this_set_is_laid_beside_another_exercise(text: str) -> None:
    said = await last_answer(SCENES["squat"], text)
    assert "Squat, March 10, 2026: 8 reps with 60 kg." in said
    assert "Bench press, March 5, 2026: 6 reps with 70 kg." in said
    assert "The heavier one of them is bench press." in said


async def test_an_exercise_that_was_never_sent_is_told_so() -> None:
    assert (
        await last_answer(SCENES["squat"], "compare this with the deadlift")
        == "I don't have a set of deadlift from you yet."
    )


@pytest.mark.parametrize("text", ["compare it with my last squats", "was that slower than the squat"])
async def test_the_same_exercise_is_compared_with_the_time_before(text: str) -> None:
    assert "I compare it with your squat of March 3, 2026." in await last_answer(SCENES["squat"], text)


@pytest.mark.parametrize("text", ["is it better than deadlifts for legs", "should i compare it to the bench"])
async def test_what_is_asked_in_general_is_no_comparison_of_sets(text: str) -> None:
    assert "60 kg" not in await last_answer(SCENES["squat"], text)


@pytest.mark.parametrize("text", ["is it " * 700, "compare this " * 300, "이거 " * 1300, "is this better " * 260])
def test_long_nonsense_is_read_quickly(text: str) -> None:
    started = time.process_time()
    BESIDE.search(text)
    assert time.process_time() - started < 0.5


async def test_without_a_set_nothing_is_compared() -> None:
    assert "60 kg" not in await last_answer(SCENES["none"], "compare it with the bench press")
