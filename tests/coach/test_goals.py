"""The way to a number that somebody wants to reach is told: what is missing, what was done, the next step."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import PLANK, SCENES, TODAY
from bot.coach.facts import Facts
from bot.coach.hearing.goals import Goal, goal_asked
from tests.coach.conversation import last_answer

CURL, SQUAT = SCENES["curl"], SCENES["squat"]


@pytest.mark.parametrize(
    ("text", "goal"),
    [
        ("how much longer until a minute", Goal(60.0, "s")),
        ("can i hold 90 seconds next time", Goal(90.0, "s")),
        ("how far to 15 reps", Goal(15.0, "reps")),
        ("1분까지 갈 수 있을까요?", Goal(60.0, "s")),
        ("20개까지 얼마나 남았어", Goal(20.0, "reps")),
        ("how many reps should i do", None),
        ("how long until a beginner sees results", None),
    ],
)
def test_the_number_that_is_wanted_is_heard(text: str, goal: Goal | None) -> None:
    assert goal_asked(text) == goal


@pytest.mark.parametrize(
    ("facts", "asked", "told"),
    [
        (Facts(TODAY, replace(PLANK, hold_s=48.0)), "how far am i from a minute", "12 s to go."),
        (Facts(TODAY, PLANK), "can i hold 60 seconds", "You're already there."),
        (CURL, "how many more until 15", "3 more to go."),
        (SQUAT, "how far to 80 kg", "20 kg to go."),
    ],
)
async def test_the_way_to_it_is_told(facts: Facts, asked: str, told: str) -> None:
    assert told in await last_answer(facts, asked)


async def test_nobody_who_aches_is_pushed_on() -> None:
    assert "to go." not in await last_answer(SQUAT, "my knee hurts", "how far to 80 kg")


@pytest.mark.parametrize("text", ["how far " * 12, "can i " * 16, "how much to to to " * 5, "1분까지 " * 20])
def test_no_message_holds_it_up(text: str) -> None:
    began_s = time.perf_counter()
    goal_asked(text)
    assert time.perf_counter() - began_s < 0.05
