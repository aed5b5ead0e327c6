"""What days come to beside each other, the days between sessions, and the rounds of a boxer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.coach.evaluation.scenes import SCENES, TODAY
from bot.coach.facts import Facts, PastSet
from tests.coach.conversation import last_answer

THEN = (
    PastSet("bench_press", "bench press", date(2026, 3, 5), 6, weight_kg=70.0),
    PastSet("bench_press", "bench press", date(2026, 3, 5), 5, weight_kg=70.0),
)
SESSION = replace(SCENES["session"], history=(*SCENES["session"].history[:2], *THEN))  # 24 today, 11 on Thursday


@pytest.mark.parametrize(
    "question",
    ["did i do more today than on thursday", "more than all of thursday?", "is today's total more than thursday"],
)
async def test_a_day_is_held_against_a_day(question: str) -> None:
    said = await last_answer(SESSION, question)
    assert said.startswith("Reps: 24 reps in total (today), 11 reps in total (March 5, 2026). That is 13 reps more.")


async def test_after_a_total_more_than_another_day_is_of_totals() -> None:
    said = await last_answer(SESSION, "total tonnage today", "more than thursday?")
    assert said.startswith("Weight times reps: 1715 kg in total (today), 770 kg in total (March 5, 2026).")


async def test_one_set_held_against_a_day_stays_one_set() -> None:
    assert "I compare it with your bench press of March 5" in await last_answer(SESSION, "was it better than thursday")


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("how many days between my squat sessions", "the most was 14 days, February 10, 2026 to February 24"),
        ("average days between squat days", "9.3 days on average over 3 gaps"),
        ("how many days between the last two squat sessions", "7 days (March 3, 2026 to March 10, 2026)"),
        ("how many days between bench days", "only one training day"),
    ],
)
async def test_the_days_between_sessions(question: str, answer: str) -> None:
    assert answer in await last_answer(SCENES["squat"], question)


async def test_rest_days_that_are_advised_are_not_reckoned() -> None:
    assert "on average over" not in await last_answer(SCENES["squat"], "how many days should be between squat sessions")


async def test_rounds_are_averaged_and_added_up() -> None:
    blows = (PastSet("jab", "jab", TODAY, 50), PastSet("jab", "jab", date(2026, 3, 7), 30))
    boxer = Facts(TODAY, SCENES["round"].this, blows)
    assert "46 reps on average over 2 sets" in await last_answer(boxer, "average punches per round")
    weeks = await last_answer(boxer, "average punches per round", "was this week better than last")
    assert weeks.startswith("This week: 2 sets on 1 day")
    assert "92 reps in total (today), 30 reps (March 7, 2026)" in await last_answer(
        boxer, "did i throw more today than on saturday"
    )
