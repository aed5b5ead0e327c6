"""A share of the estimated one-repetition maximum: heard where it is asked for, told as the estimate that it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import HISTORY, SQUAT, TODAY
from bot.coach.facts import Facts, Language
from bot.coach.hearing.shares import share_asked
from bot.coach.language import say
from tests.coach.conversation import last_answer

SQUATTED = Facts(TODAY, replace(SQUAT, caveats=()), HISTORY)  # 8 x 60 kg: 76 kg by Epley's formula


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("80% of my e1RM", 80),
        ("what's 72 percent of my squat max?", 72),
        ("how heavy is 85 % of my one rep max", 85),
        ("what weight should i use for 70% of my 1rm", 70),
        ("내 1RM의 80%", 80),
        ("최대 중량 75퍼센트는 몇 kg이야", 75),
        ("110% of my max", None),
        ("0% of my max", None),
        ("what percent of my max was that", None),
        ("how many reps at 80% of my 1rm", None),
        ("should i train at 80% of my max", None),
        ("80% of my max heart rate", None),
        ("80% of my bodyweight", None),
        ("1RM의 80%로 몇 회 해야 해", None),
    ],
)
def test_a_share_is_heard_where_its_weight_is_asked_for(text: str, percent: int | None) -> None:
    assert share_asked(text) == percent


@pytest.mark.parametrize(
    ("text", "facts", "told"),
    [
        ("80% of my e1RM", SQUATTED, "80 % of that estimate is about 60 kg, rounded to 2.5 kg."),
        ("what's 90% of my squat max", replace(SQUATTED, units="lb"), "about 150 lb, rounded to 5 lb."),
        ("내 1RM의 80%", replace(SQUATTED, language="ko"), "그 추정값의 80%는 2.5 kg 단위로 반올림해 약 60 kg예요."),
    ],
)
async def test_it_is_told_of_the_estimate_on_the_steps_of_the_plates(text: str, facts: Facts, told: str) -> None:
    said = await last_answer(facts, text)
    assert told in said
    assert say(facts.language, "max_bound") in said
    assert say(facts.language, "perhaps_misheard") not in said


@pytest.mark.parametrize(("text", "language"), [("80% of my e1RM", "en"), ("내 1RM의 80%", "ko")])
async def test_where_no_weight_is_known_no_share_is_told(text: str, language: Language) -> None:
    bare = replace(SQUATTED, this=replace(SQUAT, weight_kg=None), history=(), language=language)
    assert await last_answer(bare, text) == say(bare.language, "max_no_weight")


async def test_which_share_the_set_was_is_heard_with_a_sign_too() -> None:
    assert "% of that estimate" in await last_answer(SQUATTED, "what % of 1rm is 60")


async def test_a_share_of_less_than_half_a_step_is_no_weight() -> None:
    assert "rounded" not in await last_answer(SQUATTED, "1% of my max")


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("my program says amrap", "en", "AMRAP is as many reps"),
        ("what does as many reps as possible mean", "en", "AMRAP is as many reps"),
        ("암랩이 뭐야", "ko", "AMRAP는 할 수 있는 만큼"),
        ("프로그램에 AMRAP라고 써 있어", "ko", "AMRAP는 할 수 있는 만큼"),
    ],
)
async def test_what_amrap_means_is_told_however_it_is_written(text: str, language: Language, told: str) -> None:
    assert (await last_answer(replace(SQUATTED, language=language), text)).startswith(told)


@pytest.mark.parametrize("text", ["difference between 1 and 3", "1번이랑 3번 차이"])
async def test_two_numbers_whose_difference_is_asked_for_are_repetitions(text: str) -> None:
    said = await last_answer(replace(SQUATTED, language="en" if text.isascii() else "ko"), text)
    assert said.startswith(("Rep 1:", "1번째 반복"))
    assert "alike" in said or "비슷" in said
