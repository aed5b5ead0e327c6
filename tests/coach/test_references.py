"""What a message points at without naming it, and what it puts right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.coach import Coach
from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Turn
from bot.coach.hearing.corrections import Correction, correction
from bot.coach.hearing.intents import Listener
from bot.coach.hearing.references import on_another_day
from bot.coach.reply import correction_of, reply
from pipeline.catalogue import exercises

LISTENER = Listener(exercises().values())
DAY, SQUAT = SCENES["day"], SCENES["squat"]


def _said(question: str, scene: str = "day", before: str = "") -> str:
    turns = (Turn("user", before), Turn("assistant", "Fine.")) if before else ()
    return " ".join(reply(LISTENER, question, SCENES[scene], turns=turns).sentences)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("and the second one?", "Set 2: 9 reps"),
        ("what about the first", "Set 1: 10 reps"),
        ("how was the last one", "Set 3: 8 reps"),
        ("which one was the best", "The best of these was set 2"),
        ("두 번째는?", "Set 2"),
    ],
)
def test_of_several_sets_a_bare_ordinal_means_one_of_them(question: str, held: str) -> None:
    assert held in _said(question)


def test_two_sets_are_told_side_by_side() -> None:
    said = _said("how did the third compare to the first")
    assert "Set 3: 8 reps" in said
    assert "Set 1: 10 reps" in said
    before = _said("was the last set worse than the one before")
    assert "Set 3: 8 reps" in before
    assert "Set 2: 9 reps" in before


def test_where_repetitions_are_spoken_of_an_ordinal_means_a_repetition() -> None:
    assert "Rep 2" in _said("and the second one", before="how was rep 1")
    assert "Rep 2" in _said("how was the second rep")
    assert "Rep 2" in _said("the second one?", "squat")  # a single set
    assert "Rep 3" in _said("was the third one slower?", "squat")


def test_the_talk_goes_on_with_another_exercise() -> None:
    assert "bench press" in _said("and the bench?")
    assert "72.5 kg" in _said("what about bench")


def test_a_day_is_told_exercise_by_exercise() -> None:
    said = _said("what did i train today altogether")
    assert "Squat: 3 sets, 27 reps in all, up to 60 kg." in said
    assert "Bench press: 2 sets, 16 reps in all, up to 72.5 kg." in said


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("it was lunges not squats", Correction(exercise="lunge")),
        ("that's not a squat but a deadlift", Correction(exercise="deadlift")),
        ("no, that was a leg press", Correction(exercise="leg_press")),
        ("i actually did 9", Correction(reps=9)),
        ("I did nine reps", Correction(reps=9)),
        ("i meant 6 reps", Correction(reps=6)),
        ("it was 12 reps not 10", Correction(reps=12)),
        ("you missed a rep", Correction()),
        ("the bar was 65 kg", Correction(weight_kg=65.0)),
        ("that was a muscle up, and I weighed 20 kg", Correction(exercise="muscle_up")),
        ("that was a bench press, i used 80 kg", Correction(exercise="bench_press", weight_kg=80.0)),
        ("it was a deadlift with 60 kilos", Correction(exercise="deadlift")),
        ("it was a clean and jerk", None),
        ("아홉 개가 아니라 10개였어", Correction(reps=10)),
        ("7개 했어", Correction(reps=7)),
        ("이건 데드리프트야", Correction(exercise="deadlift")),
        ("이거 뭐야", None),
        ("rename it to lunge", Correction(exercise="lunge")),
        ("can you change this set to a deadlift?", Correction(exercise="deadlift")),
        ("count it as a push-up please", Correction(exercise="push_up")),
        ("set it to 12", Correction(reps=12)),
        ("should i change it to lunges?", None),
        ("can i change to dumbbells", None),
        ("오늘 몇 개 했어?", None),
        ("was that a deadlift?", None),
        ("i did deadlifts yesterday", None),
        ("that was a good squat session", None),
        ("i did 3 sets", None),
        ("i did 20 minutes of cardio", None),
        ("how many did i do", None),
    ],
)
def test_what_a_message_puts_right(text: str, meant: Correction | None) -> None:
    assert correction(text, LISTENER) == meant


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("i think it was 6", 6),
        ("it was 6", 6),
        ("no, six", 6),
        ("no wait, 6", 6),
        ("6 not 5", 6),
        ("must have been 7", 7),
        ("i think you missed one", None),
        ("여섯 개 한 것 같아", 6),
        ("6개였던 것 같은데", 6),
    ],
)
def test_a_count_that_is_thought_to_be_another_is_put_right(text: str, count: int | None) -> None:
    assert correction_of(LISTENER, text, SQUAT) == Correction(reps=count)


@pytest.mark.parametrize(
    "text", ["6", "it was 60", "i think it was 6 pm", "rpe was 7", "set 6", "i think it was 8", "go to 6"]
)
def test_another_number_is_no_count(text: str) -> None:
    assert correction_of(LISTENER, text, SQUAT) is None


def test_a_hold_has_no_count_to_put_right() -> None:
    assert correction_of(LISTENER, "i think it was 60", SCENES["plank"]) is None
    assert correction_of(LISTENER, "i did 40", SCENES["plank"]) is None


def test_what_is_known_already_needs_no_correction() -> None:
    assert correction_of(LISTENER, "i did 8", SQUAT) is None
    assert correction_of(LISTENER, "that was a squat", SQUAT) is None
    assert correction_of(LISTENER, "that was a deadlift", SCENES["none"]) is None
    told = correction_of(LISTENER, "that was a squat, i used 80 kg", SQUAT)
    assert told == Correction(weight_kg=80.0)


async def test_the_coach_says_how_to_put_it_right() -> None:
    said = [one.text async for one in Coach(exercises=exercises().values()).answer("i actually did 9", SQUAT)]
    assert "I counted 8 complete reps of squat." in said
    assert "fix the count" in said[-1]


def test_a_count_that_the_user_set_holds() -> None:
    assert SQUAT.this is not None
    corrected = replace(SQUAT, this=replace(SQUAT.this, corrected_reps=10))
    said = reply(LISTENER, "how many reps", corrected).sentences
    assert said == ("You set the count of this set to 10 reps; I had counted 8 reps.",)
    compared = " ".join(reply(LISTENER, "was that better than last time", corrected).sentences)
    assert "10 reps now, 7 reps before" in compared


def test_where_no_other_day_is_known_the_set_just_before_is_compared_and_said_to_be_that() -> None:
    today = SCENES["session"]
    assert today.this is not None
    alone = replace(today, history=tuple(past for past in today.history if past.done_on == today.this.done_on))
    said = " ".join(reply(LISTENER, "was that better than last time?", alone).sentences)
    assert "just before" in said


TODAY = SQUAT.today  # a Tuesday; squats on March 3 (a week before), February 24 and 10, and today


@pytest.mark.parametrize(
    ("question", "weeks_later", "held"),
    [
        (
            "compare with last week",
            0,
            "I compare it with your squat of March 3, 2026. You used more weight than that day",
        ),
        ("was that better than last month", 0, "I compare it with your squat of February 24, 2026"),
        (
            "compare with last week",
            4,
            "I have no other set of squat from then. I compare it with your squat of March 3",
        ),
        ("did i do more than yesterday?", 0, "I have no other set of squat from then. I compare it with your squat of"),
        ("how much more than last week", 4, "I have no other set of squat from then. I compare it with your squat of"),
        ("지난주에 비해 어때", 4, "I have no other set of squat from then. I compare it with your squat of March 3"),
        ("was that better than last time", 0, "You used more weight than last time"),
        (
            "compared to 2 months ago",
            0,
            "I have no other set of squat from then. I compare it with your squat of March 3",
        ),
        ("3주 전보다 어때?", 0, "I have no other set of squat from then. I compare it with your squat of March 3"),
        ("한 달 전이랑 비교해줘", 0, "I compare it with your squat of February 24, 2026"),
    ],
)
def test_a_comparison_is_with_the_days_that_were_named_or_says_that_there_are_none(
    question: str, weeks_later: int, held: str
) -> None:
    later = replace(SQUAT, today=TODAY + timedelta(weeks=weeks_later))
    said = " ".join(reply(LISTENER, question, on_another_day(question, later)).sentences)
    assert held in said
    assert ("no other set" in said) == ("no other set" in held)


def test_in_korean_it_says_so_too() -> None:
    question, later = "지난주랑 비교해줘", replace(SQUAT, today=TODAY + timedelta(weeks=4), language="ko")
    said = " ".join(reply(LISTENER, question, on_another_day(question, later)).sentences)
    assert said.startswith("그때 하신 다른")
    assert "3월 3일" in said


def test_a_comparison_with_another_day_is_told_whole_though_its_words_stand_above() -> None:
    before = _said("compare with last week", "squat")
    turns = (Turn("user", "compare with last week"), Turn("assistant", before))
    question = "compare with last month"
    said = reply(LISTENER, question, on_another_day(question, SQUAT), turns=turns).sentences
    assert said[0] == "I compare it with your squat of February 24, 2026."
    assert len(said) > 2


def test_a_comparison_with_the_best_is_with_the_best() -> None:
    said = _said("how did i do compared to my best", "squat")
    assert "57.5 kg" in said
    assert "last time" not in said
