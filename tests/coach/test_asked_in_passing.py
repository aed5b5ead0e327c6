"""Degrees a joint is off, advice on pace beside what was measured, and an ache that has lasted since yesterday."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from tests.coach.conversation import last_answer


async def test_the_degrees_a_joint_is_off_are_told_where_they_are_asked() -> None:
    how_far = "That is 22° more than usual at your left knee."
    assert how_far in await last_answer(SCENES["pose"], "how many degrees is my left knee off")
    assert how_far not in await last_answer(SCENES["pose"], "what is the angle of my left knee")


async def test_who_asks_whether_to_slow_down_hears_how_it_went_and_what_is_advised() -> None:
    said = await last_answer(SCENES["squat"], "should i slow down")
    assert said.startswith("You slowed down: lifting took 1.0 s")
    assert "the usual advice for strength" in said


@pytest.mark.parametrize("text", ["my lower back is sore since yesterday", "어제부터 허리가 뻐근해요"])
async def test_sore_since_yesterday_asks_for_no_sets_of_yesterday(text: str) -> None:
    said = await last_answer(SCENES["session"], text)
    assert "back" in said or "허리" in said
    assert "bench press" not in said


async def test_how_far_off_asks_how_accurate_the_numbers_are() -> None:
    assert "0.2 s" in await last_answer(SCENES["squat"], "rep 3 took 1.1 s?", "how far off can that be")
