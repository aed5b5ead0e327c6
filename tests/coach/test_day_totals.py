"""What a day comes to, which muscles went without training, what to train next: told from the sets, none invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coach.evaluation.scenes import SQUAT, SQUAT_KO, TODAY
from bot.coach.facts import Facts, PastSet
from bot.coach.hearing.muscles import single_groups
from bot.coach.telling.neglected import work_of
from tests.coach.conversation import last_answer
from tests.coach.test_muscles import HISTORY, past

PLANK = PastSet("plank", "plank", TODAY, 0, hold_s=60.0)
BENCH = (past("bench_press", "bench press", 0, 8, 70.0), past("bench_press", "bench press", 0, 6, 70.0))
UNNAMED = (past("unknown", "your exercise", 0, 5), past("unknown", "your exercise", 0, 7))
DAY = Facts(TODAY, SQUAT, (*BENCH, PLANK, past("squat", "squat", 0, 8), *UNNAMED, *HISTORY))  # today also 8 with 60 kg
KOREAN_DAY = replace(DAY, this=SQUAT_KO, language="ko")


@pytest.mark.parametrize("asked", ["today's total", "how much did i lift today", "total volume today", "sum up today"])
async def test_a_day_is_told_exercise_by_exercise_and_nothing_is_added_that_cannot_be(asked: str) -> None:
    said = await last_answer(DAY, asked)
    assert "Bench press: weight times reps comes to 980 kg." in said
    assert "Squat: weight times reps comes to 480 kg over the 1 set whose weight I know." in said
    assert "Plank: 1 set, held for 60 s." in said
    assert "Unnamed: 2 sets of which I don't know the exercise" in said
    assert "That is 7 sets; I don't add one exercise to another." in said
    assert "1460" not in said
    assert "12 reps" not in said


async def test_a_day_is_told_in_korean() -> None:
    said = await last_answer(KOREAN_DAY, "오늘 총 몇 키로 들었어")
    assert "Bench press: 무게와 횟수를 곱하면 모두 980 kg예요." in said
    assert "서로 다른 운동은 더하지 않아요" in said


async def test_of_a_day_without_sets_none_is_told() -> None:
    facts = Facts(TODAY, None, HISTORY)
    assert "I have no set from you today. The last day from which I have a set is March 6" in await last_answer(
        facts, "today's total"
    )
    assert "I have no sets from then." in await last_answer(DAY, "yesterday's total")


async def test_the_total_of_an_exercise_is_that_exercise_s() -> None:
    assert "In all you did 16 reps of squat today" in await last_answer(DAY, "total reps of squats today")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            "which muscles have i neglected",
            "no set worked these: biceps and calves. These only helped in exercises for",
        ),
        ("what muscles haven't i trained this week", "From March 9, 2026 to March 10, 2026 no set worked these: core"),
        ("did i skip any body parts last week", "From March 2, 2026 to March 8, 2026 no set worked these: biceps"),
        ("which muscle group is lagging behind", "I only know of the sets you sent me."),
    ],
)
async def test_muscles_that_went_without_are_told(asked: str, told: str) -> None:
    assert told in await last_answer(Facts(TODAY, SQUAT, HISTORY), asked)


async def test_muscles_that_went_without_are_told_in_korean() -> None:
    facts = Facts(TODAY, SQUAT_KO, HISTORY, language="ko")
    for asked in ("이번 주에 안 한 근육이 뭐야", "어떤 근육을 소홀히 했어", "빠진 부위 있어?"):
        assert "이 근육을 쓰는 세트가 없었어요" in await last_answer(facts, asked)


async def test_who_sent_nothing_neglected_nothing_that_is_known() -> None:
    assert "don't have a set" in await last_answer(Facts(TODAY), "which muscles have i neglected")


def test_every_muscle_group_is_none_helped_or_main() -> None:
    work = work_of(HISTORY)
    assert {*work.none, *work.helped, *work.main} == set(single_groups())
    assert len(work.none) + len(work.helped) + len(work.main) == len(single_groups())


async def test_what_to_train_rests_on_what_was_done() -> None:
    said = await last_answer(Facts(TODAY, SQUAT, HISTORY), "what should i train today")
    assert "this was longest ago: Deadlift, March 4, 2026: 5 reps with 100 kg. Bench press, March 4" in said
    assert "No set of the last seven days worked these: biceps and calves." in said
    assert "Good for your biceps" in said
    assert "Squat: done today or yesterday" in said


async def test_who_trained_once_is_told_what_that_left_out() -> None:
    facts = Facts(TODAY, None, (past("squat", "squat", 2, 8),))
    assert "No set of the last seven days worked these" in await last_answer(facts, "what should i train today")


async def test_an_exercise_that_loads_what_hurts_is_not_suggested() -> None:
    facts = Facts(TODAY, None, (past("bench_press", "bench press", 2, 8), past("plank", "plank", 2, 1)))
    assert "good for your thighs: squat, lunge" in (await last_answer(facts, "what should i train today")).lower()
    hurt = await last_answer(facts, "my knee hurts when i squat", "what should i train today")
    assert "lunge" not in hurt


async def test_sets_that_were_done_long_ago_are_no_regular_training() -> None:
    old = tuple(replace(one, done_on=one.done_on - timedelta(90)) for one in HISTORY)
    assert "longest ago" not in await last_answer(Facts(TODAY, None, old), "what should i train today")


@pytest.mark.parametrize("asked", ["how many reps did i do today", "오늘 몇 개 했는지 알려줘요", "how many sets today"])
async def test_a_set_of_another_day_is_not_told_as_one_of_today(asked: str) -> None:
    facts = Facts(TODAY + timedelta(5), SQUAT, HISTORY)
    said = await last_answer(facts, asked)
    assert "I have no set from you today." in said or "오늘은 받은 세트가 없어요." in said
    assert "8 " not in said


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("squat tonnage in march", "Weight times reps comes to"),
        ("which muscles am i skipping", "no set worked these: biceps and calves"),
        ("오늘 모두 얼마나 했어", "서로 다른 운동은 더하지 않아요"),
        ("gimme a workout for today", "Of what you train regularly, this was longest ago"),
        ("what is training volume", "Volume is how much you do"),
    ],
)
async def test_other_words_for_the_same(asked: str, told: str) -> None:
    assert told in await last_answer(KOREAN_DAY if "오늘" in asked else DAY, asked)
