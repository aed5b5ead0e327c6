"""Of a set that was counted by its rhythm alone the coach tells the count, and no time, slowness or loss of speed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.coach import Facts
from bot.coach.facts import SetFacts
from bot.coach.guard.quantities import quantities
from pipeline.values import Caveat, Doubt, counted_only
from tests.coach.conversation import last_answer

DONE_ON = date(2026, 3, 10)
PUSH_UPS = SetFacts(
    exercise="push_up",
    label="push-up",
    done_on=DONE_ON,
    reps=tuple(map(counted_only, range(1, 11))),
    caveats=(Caveat(Doubt.COUNT_UNSURE, {"runner_up": 11}), Caveat(Doubt.REPS_NOT_TIMED)),
    confidence=0.9,
    kind="log",
)
ENGLISH = Facts(this=PUSH_UPS, today=DONE_ON, language="en")
KOREAN = replace(ENGLISH, this=replace(PUSH_UPS, label="푸시업"), language="ko")


@pytest.mark.parametrize(
    ("asked", "facts"),
    [
        *((text, ENGLISH) for text in ("what was my tempo?", "which rep was the slowest?", "did i slow down?")),
        *((text, ENGLISH) for text in ("how much speed did i lose?", "how long was rep 3?", "was rep 4 slower than 2")),
        *((text, ENGLISH) for text in ("how long was my time under tension?", "which rep was the longest?")),
        *((text, KOREAN) for text in ("어느 반복이 가장 느렸어?", "느려졌어?", "속도가 얼마나 떨어졌어?")),
        *((text, KOREAN) for text in ("마지막에 지쳤어?", "긴장 시간은 얼마야?", "4번째가 2번째보다 느렸어?")),
    ],
)
async def test_no_time_is_told(asked: str, facts: Facts) -> None:
    said = await last_answer(facts, asked)
    assert re.search("couldn't|can't|못했어요|없어요", said)
    assert not re.search(r"\d+(\.\d+)? ?(s\b|seconds|초|%)", said)


async def test_the_count_is_told_with_its_doubt() -> None:
    said = await last_answer(ENGLISH, "is the count right?")
    assert "I wasn't sure of the count" in said
    assert "by their rhythm alone" in said
    plainly = await last_answer(ENGLISH, "how many reps did i do?")
    assert "10 complete reps" in plainly
    assert "I wasn't sure of the count" in plainly
    put_right = replace(ENGLISH, this=replace(PUSH_UPS, corrected_reps=11))
    assert "wasn't sure" not in await last_answer(put_right, "how many reps did i do?")


def test_the_guard_lets_no_seconds_of_it_pass() -> None:
    assert {one.unit for one in quantities(ENGLISH)} <= {"reps", "rep_number", "set_number", "sets", "%"}
