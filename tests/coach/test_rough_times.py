"""Of a set whose times are not sure the coach tells them as rough, and judges no tempo by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.coach import Facts
from bot.coach.facts import FactsOptions, set_facts
from pipeline.values import Caveat, Doubt
from tests.coach.conversation import last_answer
from tests.pipeline.reports import FIVE_SQUATS

DONE_ON = date(2026, 3, 10)
SURE = Facts(this=set_facts(FIVE_SQUATS, DONE_ON, FactsOptions("squat")), today=DONE_ON, language="en")
UNSURE = set_facts(replace(FIVE_SQUATS, caveats=(Caveat(Doubt.TIMES_UNSURE),)), DONE_ON, FactsOptions("squat"))
ENGLISH = replace(SURE, this=UNSURE)
KOREAN = replace(SURE, this=replace(UNSURE, label="스쿼트"), language="ko")


@pytest.mark.parametrize("asked", ["what was my tempo?", "how long was the lowering?", "did i slow down?"])
async def test_a_time_is_told_as_rough_where_it_is(asked: str) -> None:
    assert "times are rough" in await last_answer(ENGLISH, asked)
    assert "times are rough" not in await last_answer(SURE, asked)


async def test_in_korean_too() -> None:
    assert "시간이 대략적이에요" in await last_answer(KOREAN, "템포가 어땠어?")


async def test_a_rough_tempo_is_not_held_against_the_usual_one() -> None:
    sure, rough = [await last_answer(facts, "what was my tempo?") for facts in (SURE, ENGLISH)]
    assert len(rough.split(". ")) <= len(sure.split(". "))
    assert "usual" not in rough
