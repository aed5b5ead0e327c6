"""A measure of an older set is told by its figure, not by its day alone; a day to come is no past one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.coach.evaluation.scenes import HISTORY, SCENES, TODAY
from bot.coach.facts import Facts, PastSet
from bot.coach.hearing.days import named_days
from bot.coach.hearing.spans import Days
from pipeline.values import Tempo
from tests.coach.conversation import last_answer

BENCH = SCENES["clean"]
KOREAN = replace(
    SCENES["squat_ko"],
    history=(
        PastSet("bench_press", "벤치 프레스", date(2026, 3, 5), 6, Tempo(1.8, 0.2, 1.4, 1.0, 20.4), range_deg=91.0),
    ),
)


@pytest.mark.parametrize(
    ("facts", "asked", "told"),
    [
        (
            BENCH,
            "how deep was tuesday's squat",
            "7 reps with 57.5 kg. Range in a typical rep, squat, March 3, 2026: 94°.",
        ),
        (BENCH, "tempo of my last squat", "Lowering time in a typical rep, squat, March 3, 2026: 1.6 s."),
        (BENCH, "how deep did i squat on the 24th", "Range in a typical rep, squat, February 24, 2026: 96°."),
        (BENCH, "my squat tuesday?", "Squat, March 3, 2026: 7 reps with 57.5 kg."),
        (BENCH, "what was i squatting last week", "7 reps with 57.5 kg"),
        (
            SCENES["squat"],
            "was tuesday deeper?",
            "96° (this set), 94° (March 3, 2026). That is too close for me to tell apart",
        ),
        (BENCH, "how deep was thursday's", "6 reps with 70 kg. I didn't measure range there (March 5, 2026)."),
        (SCENES["squat"], "how deep did i go on the 3rd", "Range in a typical rep, March 3, 2026: 94°."),
        (SCENES["squat"], "how deep did i go on rep 3", "The range of rep 3 was 97°"),
        (KOREAN, "목요일 벤치 얼마나 깊게 내려갔어?", "보통 가동 범위(벤치 프레스, 2026년 3월 5일): 91°."),
    ],
)
async def test_a_measure_of_an_older_set_is_told(facts: Facts, asked: str, told: str) -> None:
    assert told in await last_answer(facts, asked)


@pytest.mark.parametrize(
    ("facts", "messages", "told"),
    [
        (
            BENCH,
            ("what did i squat on tuesday", "and the tempo that day?"),
            "Lowering time in a typical rep, squat, March 3, 2026: 1.6 s.",
        ),
        (
            BENCH,
            ("when did i last squat", "how deep was it then"),
            "Range in a typical rep, squat, March 3, 2026: 94°.",
        ),
        (
            BENCH,
            ("tuesday's squat: rom and tempo",),
            "March 3, 2026: 94°. Lifting time in a typical rep, squat, March 3, 2026: 1.3 s.",
        ),
    ],
)
async def test_what_was_spoken_of_is_gone_on_with(facts: Facts, messages: tuple[str, ...], told: str) -> None:
    assert told in await last_answer(facts, *messages)


async def test_times_of_an_older_set_that_are_rough_are_said_to_be() -> None:
    facts = replace(BENCH, history=tuple(replace(past, rough_times=True) for past in HISTORY))
    assert "rough" in await last_answer(facts, "tempo of my last squat")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("how was thursday's bench", Days(date(2026, 3, 5), date(2026, 3, 5))),
        ("what did i do thursday", Days(date(2026, 3, 5), date(2026, 3, 5))),
        ("how many sets should i do on thursday", None),
        ("on thursday i want to try 105", None),
        ("목요일에 몇 키로 할까?", None),
        ("목요일에 몇 키로 했어?", Days(date(2026, 3, 5), date(2026, 3, 5))),
    ],
)
def test_a_day_to_come_is_no_past_one(text: str, days: Days | None) -> None:
    assert named_days(text, TODAY) == days
