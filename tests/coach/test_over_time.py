"""What is asked of weeks of training: totals, how often, since when, two weeks and two exercises, what to train."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.coach.evaluation.scenes import SCENES, SQUAT, SQUAT_KO, TODAY
from bot.coach.facts import Facts, PastSet
from pipeline.values import Tempo
from tests.coach.conversation import last_answer

MONDAY = date(2026, 3, 2)  # of last week
BEAT = {"squat": Tempo(1.9, 0.2, 1.1, 0.8, 25.0), "deadlift": Tempo(2.0, 0.1, 1.5, 0.8, 23.0)}


def week(back: int) -> tuple[PastSet, ...]:
    """Three days of a week, newest first: the weights grow by 2.5 kg a week, the push-ups shrink by one."""
    monday = MONDAY - timedelta(7 * back)
    return (
        PastSet("push_up", "push-up", monday + timedelta(4), 15 + back),
        PastSet("plank", "plank", monday + timedelta(4), 0, hold_s=60.0),
        PastSet("deadlift", "deadlift", monday + timedelta(2), 5, BEAT["deadlift"], weight_kg=90 - 2.5 * back),
        PastSet("squat", "squat", monday, 8, BEAT["squat"], weight_kg=55 - 2.5 * back),
    )


HISTORY = tuple(past for back in range(5) for past in week(back))  # since Monday, February 2
ENGLISH = Facts(TODAY, SQUAT, HISTORY)  # today is Tuesday, March 10: 8 squats with 60 kg
KOREAN = replace(ENGLISH, this=SQUAT_KO, language="ko")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("was last week better than the week before", "Last week: 4 sets on 3 days, 28 reps in all."),
        ("was last week better than the week before", "Up, by the best set of each: deadlift and squat."),
        ("was last week better?", "The week before last: 4 sets on 3 days, 29 reps in all."),
        ("was february better than january", "February: 16 sets on 12 days"),
        ("was february better than january", "January: no sets from you."),
        ("compare this month with february", "By the best sets, this month was better."),
        ("was march 2025 better than february", "March 2025: no sets from you."),
        ("how many reps from january to february", "In all 16 sets in that time"),
        ("what did i do in february 2024", "I have no sets from then."),
        ("what did i do on march 4, 2025", "I have no sets from then."),
        ("did i train more this week than last week", "This week: 1 set on 1 day, 8 reps in all."),
        ("this month vs last month", "this month isn't over yet"),
        ("how many push-ups have I done in total", "Push-up: 5 sets, 85 reps in all."),
        ("how many push ups have i done so far", "on 5 days, the first on February 6, 2026"),
        ("total squats all time", "Squat: 6 sets, 48 reps in all, up to 60 kg."),
        ("how many workouts have i done", "In all I have 21 sets from you"),
        ("how many reps this month", "Push-up: 1 set, 15 reps in all."),
        ("how much weight have i lifted this month in total", "comes to 1370 kg over the 3 sets"),
        ("how much weight did i lift in february in total", "over the 8 sets whose weight I know"),
        ("is my squat slower than my deadlift?", "The slower one of them to lift is deadlift."),
        ("do i lift more on deadlift or squat", "Deadlift, March 4, 2026: 5 reps with 90 kg."),
        ("do i lift more on deadlift or squat", "The heavier one of them is deadlift."),
        ("is my push up faster than my squat?", "I have no times of push-up"),
        ("when did i start", "Squat, February 2, 2026: 8 reps with 45 kg. That was 36 days ago."),
        ("how often do i train", "Over the last 4 weeks you trained on 12 days, about 3 days a week."),
        ("how often did i train last week", "That was on 3 days"),
        ("total volume last week", "Weight times reps comes to 890 kg over the 2 sets whose weight I know."),
        ("total reps last month", "In all 16 sets in that time, with 122 reps in total."),
        ("total plank time", "Plank: 5 sets, 300 s in all, held for 60 s at the longest."),
        ("how many reps did i do last week", "with 28 reps in total"),
        ("compare squat and deadlift", "The heavier one of them is deadlift."),
        ("my streak", "The longest break in that time was 3 days."),
        ("how much did my deadlift improve since february", "From the first to the last that is 10 kg more (12 %)."),
        ("when will i squat 100", "I name no date"),
        ("which exercise do i do most", "by number of sets: Squat: 6 sets"),
        ("what should i train today", "this was longest ago: Deadlift, March 4, 2026"),
        ("what should i train today", "Squat: done today or yesterday"),
        ("what did you measure exactly", "In this set I measured the number of reps, the time of each"),
        ("how many calories did i burn", "can't measure that"),
    ],
)
async def test_it_is_answered_from_all_sets(asked: str, told: str) -> None:
    assert told in await last_answer(ENGLISH, asked)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("지난주가 그 전주보다 나았어?", "지난주: 3일, 4세트, 모두 28회."),
        ("이번 달이 2월보다 나았어?", "2월: 12일, 16세트"),
        ("이번 달이 2월보다 나았어?", "이번 달이 더 나았어요"),
        ("지지난주에 뭐 했어?", "2026년 2월 27일"),
        ("푸시업 지금까지 총 몇 개 했어?", "5세트, 모두 85회"),
        ("스쿼트가 데드리프트보다 느려?", "올릴 때 더 느려요"),
        ("나 언제부터 운동했어?", "36일 전이에요"),
        ("지난주 총 볼륨", "모두 890 kg예요"),
        ("2월보다 데드 얼마나 늘었어?", "2026년 3월 4일: 90 kg, 5회."),
        ("지난주보다 나아졌어?", "이번 60 kg, 그날 55 kg"),
        ("플랭크 총 몇 초 했어", "5세트, 모두 300초, 최장 60초"),
        ("일주일에 몇 번 운동해?", "지난 4주 동안 12일"),
        ("내가 뭘 제일 많이 해?", "스쿼트: 6세트"),
        ("오늘 뭐 운동할까?", "2026년 3월 4일: 90 kg"),
        ("플랭크 제일 오래 버틴 게 몇 초야?", "60초"),
        ("정확히 뭘 측정했어?", "이 세트에서 잰 것: 반복 횟수"),
    ],
)
async def test_it_is_answered_in_korean(asked: str, told: str) -> None:
    assert told in await last_answer(KOREAN, asked)


@pytest.mark.parametrize("asked", ["which one was better", "so which month was better?"])
async def test_which_of_two_months_was_better_is_told_of_those_just_compared(asked: str) -> None:
    said = await last_answer(ENGLISH, "compare february with this month", asked)
    assert said == "By the best sets, this month was better."


async def test_what_is_older_than_the_history_is_in_the_sums() -> None:
    old = PastSet("squat", "squat", date(2024, 5, 6), 20, weight_kg=20.0)
    facts = replace(ENGLISH, log=(*ENGLISH.logged, old))
    assert "Squat: 7 sets, 68 reps in all, up to 60 kg." in await last_answer(facts, "how many squats all time")
    assert "Squat, May 6, 2024: 20 reps with 20 kg." in await last_answer(facts, "when did i start")


async def test_a_part_that_hurts_is_spared() -> None:
    said = await last_answer(ENGLISH, "my back hurts a bit when i lift", "what should i train today")
    assert "Deadlift" not in said
    assert "Push-up, March 6, 2026" in said


async def test_who_has_trained_little_gets_a_plan_and_no_habit() -> None:
    new = Facts(TODAY, SQUAT, HISTORY[:2])
    assert "full-body" in await last_answer(new, "what should i train today")
    assert "a week" not in await last_answer(new, "how often do i train")
    assert "don't have a set from you" in await last_answer(Facts(TODAY), "how often do i train")


async def test_times_that_were_not_measured_are_not_told() -> None:
    half = replace(BEAT["deadlift"], concentric_s=math.nan)
    untimed = replace(ENGLISH, history=tuple(replace(past, tempo=past.tempo and half) for past in HISTORY))
    said = await last_answer(untimed, "is my squat slower than my deadlift?")
    assert "I have no times of deadlift" in said
    assert "nan" not in said


async def test_one_set_is_one() -> None:
    one = replace(ENGLISH, history=())
    assert "over the 1 set whose" in await last_answer(one, "total weight this week")


async def test_without_weights_none_are_added_up() -> None:
    bare = replace(ENGLISH, this=None, history=tuple(replace(past, weight_kg=None) for past in HISTORY))
    said = await last_answer(bare, "how much weight have i lifted so far in total")
    assert "I don't know the weight of any of these sets" in said
    assert not re.search(r"\d (?:kg|lb)", said)


async def test_a_total_of_today_is_todays() -> None:
    assert "In all you did 24 reps of bench press today." in await last_answer(SCENES["session"], "total reps today")


async def test_how_often_something_was_done_is_of_that_exercise_alone() -> None:
    told = await last_answer(KOREAN, "지난주에 데드리프트 몇 번 했어?")
    assert "1세트예요. Deadlift" in told  # of the four sets of that week
    assert "no sets from then" in await last_answer(ENGLISH, "how often did I do lunges last week")
