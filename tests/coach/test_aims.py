"""Goals in numbers: told once, kept, and asked for later."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Aim, Told, Turn
from bot.coach.hearing.aims import bare_goal
from bot.coach.hearing.open_goals import goal_of, goals_in
from bot.coach.hearing.told import learn, outdated, remembered
from tests.coach.conversation import COACH, last_answer


@pytest.mark.parametrize(
    ("text", "aim"),
    [
        ("my goal is a 100 kg squat", Aim("squat", "kg", 100)),
        ("i want to bench 100 kg this year", Aim("bench_press", "kg", 100)),
        ("I wanna bench 100kg one day", Aim("bench_press", "kg", 100)),
        ("my goal: 10 strict pull ups", Aim("pull_up", "reps", 10)),
        ("my goal is 20 push-ups by christmas", Aim("push_up", "reps", 20)),
        ("this year's goal is a 100 kg squat", Aim("squat", "kg", 100)),
        ("my target is 12 reps", Aim("deadlift", "reps", 12)),
        ("my goal is a 1:30 plank", Aim("plank", "s", 90)),
        ("목표는 푸시업 20개에요", Aim("push_up", "reps", 20)),
        ("플랭크 1분 30초 버티고 싶어요", Aim("plank", "s", 90)),
    ],
)
def test_a_goal_in_numbers_is_kept(text: str, aim: Aim) -> None:
    (told,) = COACH.learn(text, "deadlift").facts
    assert told == Told("aim", str(aim))
    assert told.aim == aim


@pytest.mark.parametrize(
    "text",
    [
        "my goal is to lose 10 kg",
        "my goal is 80 kg",  # of the body, or of the bar
        "my goal is 3 sets of 10 squats",
        "my goal is 100 push ups a day",
        "my goal is to squat 140 by christmas",  # kilograms or pounds, no repetitions
        "my friend's goal is a 100 kg squat",
        "her target is 20 push-ups",
        "my goal was a 100 kg squat but i dropped it",
        "친구 목표는 스쿼트 100kg이에요",
        "next time i want to squat 60 kg",
        "is a 100 kg squat a good goal?",
        "i don't want to squat 100 kg",
        "i want to know if a 100 kg squat is ok",
        "목표가 60kg이면 괜찮나요?",
        "my goal is 2 min",  # of a deadlift
        "goal: 15 curls w 10kg",
    ],
)
def test_what_is_no_goal_of_one_set_is_not_kept_as_one(text: str) -> None:
    assert not any(one.aim for one in COACH.learn(text, "deadlift").facts)


def test_goals_of_two_exercises_are_kept_and_a_new_one_replaces_the_old() -> None:
    squat, bench, more = (
        Told("aim", f"{name}:kg:{kg}") for name, kg in (("squat", 100), ("bench_press", 80), ("squat", 120))
    )
    learned = learn("so", lambda _: more)
    assert outdated((squat, bench), learned) == (squat,)
    assert remembered((squat, bench), learned) == (bench, more)


async def test_how_far_a_goal_is_is_told_of_the_best_set() -> None:
    told = "my goal is a 100 kg squat"
    assert "40 kg to go." in await last_answer(SCENES["squat"], told)
    assert "40 kg to go. Your heaviest set of squat was 60 kg" in await last_answer(
        SCENES["squat"], told, "how far am i"
    )
    assert "your goal is 100 kg in the squat" in await last_answer(SCENES["squat"], told, "what's my goal")
    assert "no date" in await last_answer(SCENES["squat"], told, "when will i get there")
    assert "58 s to go" in await last_answer(SCENES["plank"], "goal is 2 min, how far")
    assert "already" in await last_answer(SCENES["squat"], "my goal is 10 squats", "how close am i to my goal")
    assert "40 kg 남았어요" in await last_answer(SCENES["squat_ko"], "목표는 스쿼트 100키로예요", "얼마나 남았어요")


async def test_who_asks_for_the_way_to_a_goal_that_was_never_told_is_asked_for_it() -> None:
    assert "Tell me the number first" in await last_answer(SCENES["squat"], "how far am i from my goal")


@pytest.mark.parametrize(
    ("answer", "kept"),
    [("140 kg", "squat:kg:140"), ("the first", "squat:kg:140"), ("reps", "squat:reps:140"), ("hm dunno", None)],
)
async def test_a_bare_number_is_asked_back_and_the_answer_is_kept(answer: str, kept: str | None) -> None:
    asked = await last_answer(SCENES["squat"], "my goal is to squat 140 by christmas")
    assert list(goals_in(asked)) == ["squat:kg:140", "squat:reps:140"]
    assert [goal_of(name, "en") for name in goals_in(asked)] == list(goals_in(asked).values())
    learned = COACH.learn(answer, "squat", [Turn("assistant", asked)])
    assert [str(one.aim) for one in learned.facts] == ([kept] if kept else [])


@pytest.mark.parametrize(
    "text",
    ["my goal is a squat at 60 years", "i'm 60 and my goal is to squat", "my goal is to squat in 3 weeks", "squat 140",
     "i want to squat like i was 20"],
)  # fmt: skip
def test_a_number_of_something_else_is_not_asked_back(text: str) -> None:
    assert bare_goal(text, COACH.exercise_in, "squat") is None


def test_a_goal_may_name_its_exercise_by_a_part_or_not_at_all() -> None:
    (swing,) = COACH.learn("i want to swing the 16 kg by easter", "kettlebell_swing").facts
    (hold,) = COACH.learn("want to hold a minute on each side", "side_plank").facts
    assert (swing.value, hold.value) == ("kettlebell_swing:kg:16", "side_plank:s:60")
