"""What is timed while one moves is spoken of as moving: nobody holds a farmer's walk."""

from __future__ import annotations

from datetime import date

import pytest

from bot.coach import Facts
from bot.coach.facts import Language, PastSet, SetFacts
from tests.coach.conversation import last_answer

TODAY = date(2026, 3, 3)


def facts(language: Language = "en", now_s: float = 24.0) -> Facts:
    """A carry of today, and one of February that took 18 s."""
    label = "farmer's carry" if language == "en" else "파머스 캐리"
    before = PastSet("farmers_carry", label, date(2026, 2, 20), 0, hold_s=18.0, weight_kg=56.0)
    this = SetFacts("farmers_carry", label, TODAY, hold_s=now_s, weight_kg=56.0, given=True)
    return Facts(this=this, history=(before,), today=TODAY, language=language)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("how long was it", "You kept moving in the farmer's carry for 24 s."),
        ("how many reps", "no reps to count: you kept moving in the farmer's carry for 24 s."),
        ("what was my tempo", "What is timed as a whole has no tempo."),
        ("what's my 1rm", "What is timed has no one-rep maximum."),
        ("how heavy was it", "56 kg"),
        ("what should i do next time", "keep going a few seconds longer"),
        ("what did you measure", "how long you kept moving"),
        ("compare with last time", "You kept moving longer than last time: 24 s now, 18 s before."),
        ("show my progress", "February 20, 2026: moved for 18 s with"),
    ],
)
async def test_a_carry_is_told_in_seconds_of_moving(asked: str, told: str) -> None:
    said = await last_answer(facts(), asked)
    assert told in said
    assert "held" not in said


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("몇 초 했어", "파머스 캐리를 24초 동안 이어 가셨어요."),
        ("몇 번 했어", "시간으로 재는 운동이라 횟수는 없어요."),
        ("지난번이랑 비교해줘", "지난번보다 오래 움직이셨어요. 이번 24초, 지난번 18초."),
    ],
)
async def test_in_korean_too(asked: str, told: str) -> None:
    said = await last_answer(facts("ko"), asked)
    assert told in said
    assert "버" not in said


@pytest.mark.parametrize(("now_s", "told"), [(12.0, "for a shorter time than"), (18.0, "about as long as")])
async def test_a_shorter_carry_and_one_alike_are_told(now_s: float, told: str) -> None:
    assert f"You kept moving {told} last time" in await last_answer(facts(now_s=now_s), "compare with last time")
