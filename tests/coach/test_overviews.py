"""A week or a month as a whole: what was done, the best of it, and what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.coach.evaluation.scenes import POSE, SCENES, TODAY
from bot.coach.facts import Facts, PastSet
from bot.coach.hearing.overviews import overview_asked
from tests.coach.conversation import last_answer

WEEK = (
    "This week: 1 set on 1 day, 8 reps in all. Squat: 1 set, 8 reps in all, up to 60 kg. New best: squat. "
    "Last week: 2 sets on 2 days, 13 reps in all."
)


@pytest.mark.parametrize(
    "question",
    [
        "how was my week?",
        "summary of the week pls",
        "weekly recap",
        "whats my week lookin like",
        "how was this week for me",
    ],
)
async def test_a_week_is_summed_up(question: str) -> None:
    assert (await last_answer(SCENES["squat"], question)).startswith(WEEK)


async def test_a_photo_does_not_stand_before_the_week() -> None:
    assert (await last_answer(replace(SCENES["squat"], photo=POSE), "how was my week?")).startswith(WEEK)


async def test_a_week_without_sets_says_so_and_the_one_before_is_told() -> None:
    before = PastSet("squat", "squat", date(2026, 3, 5), 10, weight_kg=50.0)
    said = await last_answer(Facts(TODAY, history=(before,)), "how was my week?")
    assert said.startswith("This week: no sets from you. Last week: 1 set on 1 day, 10 reps in all.")


async def test_a_week_is_summed_up_in_korean() -> None:
    said = await last_answer(SCENES["squat_ko"], "이번 주 어땠어?")
    assert "스쿼트: 1세트, 모두 8회, 최고 60 kg." in said
    assert "지난주" in said


@pytest.mark.parametrize(
    "said",
    ["plan my week", "send me a summary every week", "this week or last week?", "my week was good", "weekly volume"],
)
def test_what_asks_for_no_week_as_a_whole(said: str) -> None:
    assert overview_asked(said, TODAY) is None
