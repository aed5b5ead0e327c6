"""What a lifter asks of the set at hand: each repetition, the last two, the first one deeper, whether heels lifted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import PastSet
from bot.coach.hearing.corrections import Correction
from bot.coach.hearing.numbered import rep_numbers
from bot.coach.reply import correction_of
from bot.coach.safety import gate
from pipeline.values import Caveat, Doubt
from tests.coach.conversation import COACH, last_answer
from tests.coach.test_references import LISTENER


@pytest.mark.parametrize(
    ("messages", "held"),
    [
        (("how long did each take",), "Rep 5: 2.1 s down"),
        (("list all my reps",), "Rep 7: 1.9 s down"),
        (("how were the last two reps?",), "Rep 8: 1.8 s down"),
        (("how was rep 3?", "and the first two?"), "Rep 2: 2.3 s down"),
        (("was the 5th slower than the 1st",), "Rep 5 and rep 1 were alike"),
        (("was the 8th deeper than the 1st",), "Rep 8 was shallower than rep 1"),
        (("how much deeper was the first one?",), "The range of rep 1 was 98°."),
        (("compare rep 8 to rep 1", "which was deeper?"), "Rep 8 was shallower than rep 1"),
        (("which was deeper?",), "The deepest was rep 1"),
        (("deapest?",), "The deepest was rep 1"),
        (("difference between the fastest and the slowest",), "a difference of 0.8 s."),
        (("was rep 8 slower than rep 2", "by how much?", "is that a lot?"), "% of its speed"),
        (("what couldn't you see", "why not?"), "Put the phone at hip height"),
        (("did my heels lift?",), "I noted nothing of that in this set"),
        (("but my friend counted 12",), "fix the count"),
        (("how much slower was rep 8 than rep 2?",), "a difference of 0.8 s."),
        (("by how much was rep 8 slower than rep 2?",), "Rep 8 was slower than rep 2"),
        (("wats my tmepo",), "Your tempo: 2.1 s down"),
    ],
)
async def test_it_is_answered_from_the_set(messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES["squat"], *messages)


async def test_how_the_set_was_is_no_question_on_technique() -> None:
    assert "8회 하셨어요" in await last_answer(SCENES["squat_ko"], "내 스쿼트 어땠어?")


async def test_a_fault_that_is_asked_for_is_told_with_its_repetitions() -> None:
    assert "I noted nothing" not in await last_answer(SCENES["squat"], "how do i keep my heels down")
    assert "in reps 6, 7 and 8" in await last_answer(SCENES["squat"], "was i deep enough")


@pytest.mark.parametrize("asked", ["was my back straight?", "did i cheat"])
async def test_a_line_that_no_rule_judges_is_not_called_fine(asked: str) -> None:
    curl = SCENES["curl"].this
    assert curl is not None
    raised = replace(curl, exercise="lateral_raise", form_judged=("height",))
    told = await last_answer(replace(SCENES["curl"], this=raised), asked)
    assert "I didn't judge the line of your body" in told
    assert "no fault" not in told


async def test_a_line_is_fine_where_it_was_judged() -> None:
    curl = SCENES["curl"].this
    assert curl is not None
    for judged, told in ((("depth", "line"), "no fault in the line"), (("depth",), "I didn't judge the line")):
        pushed = replace(curl, exercise="push_up", form_judged=judged)
        assert told in await last_answer(replace(SCENES["curl"], this=pushed), "was my back straight?")


async def test_a_depth_that_no_rule_judged_is_measured_and_not_called_fine() -> None:
    curl = SCENES["curl"].this
    assert curl is not None
    for judged, fine in ((("depth",), True), (("line",), False), ((), False)):
        lunged = replace(curl, exercise="lunge", form_judged=judged)
        told = await last_answer(replace(SCENES["curl"], this=lunged), "was i deep enough?")
        assert ("no fault in depth" in told) is fine
        assert "120" in told


@pytest.mark.parametrize("doubt", [Doubt.VIEW_HIDES_RANGE, Doubt.BENT_TOO_FAR])
@pytest.mark.parametrize(("exercise", "place"), [("squat", "the side"), ("pull_up", "the front")])
async def test_where_to_film_an_exercise_from_is_said(exercise: str, place: str, doubt: Doubt) -> None:
    squat = SCENES["squat"].this
    assert squat is not None
    aslant = (Caveat(doubt, {"view": "angle"}),)
    hidden = replace(squat, exercise=exercise, findings=(), caveats=aslant)
    assert f"film from {place}" in await last_answer(replace(SCENES["squat"], this=hidden), "how deep did i go?")


async def test_of_a_press_on_the_back_no_other_place_for_the_camera_is_promised() -> None:
    squat = SCENES["squat"].this
    assert squat is not None
    hidden = replace(squat, exercise="bench_press", findings=(), form_judged=())
    pressed = replace(hidden, caveats=(Caveat(Doubt.VIEW_HIDES_RANGE, {"view": "side"}),))
    for question in ("how deep did i go?", "what should i fix"):
        assert "film from" not in await last_answer(replace(SCENES["squat"], this=pressed), question)


async def test_form_that_was_not_seen_is_not_to_be_kept() -> None:
    curl = SCENES["curl"].this
    assert curl is not None
    aslant = (Caveat(Doubt.VIEW_HIDES_RANGE, {"view": "angle"}),)
    told = [
        await last_answer(
            replace(SCENES["curl"], this=replace(curl, findings=(), caveats=caveats)), "what should i fix"
        )
        for caveats in ((), aslant)
    ]
    assert "Keep the form like this" in told[0]
    assert "Keep the form" not in told[1]
    assert "film from the side" in told[1]


async def test_what_the_view_hides_is_said_of_two_repetitions_too() -> None:
    assert "couldn't judge depth" in await last_answer(SCENES["log"], "was rep 3 deeper than rep 1")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("my friend counted 12", Correction(reps=12)),
        ("i used 80 kg", Correction(weight_kg=80.0)),
        ("i did it with 65 kilos", Correction(weight_kg=65.0)),
        ("can i used 80 kg?", None),
    ],
)
def test_what_is_put_right(text: str, meant: Correction | None) -> None:
    assert correction_of(LISTENER, text, SCENES["squat"]) == meant


def test_ordinals_in_figures_name_repetitions() -> None:
    assert rep_numbers("was the 5th slower than the 1st") == (5, 1)


async def test_a_pain_that_gets_sharp_is_an_injury() -> None:
    said = [one async for one in COACH.answer("it got worse, sharp pain now", SCENES["squat"])]
    assert {one.alarm for one in said} == {"injury"}


@pytest.mark.parametrize(
    "text", ["last year i did 15", "i did 12 two months ago", "작년엔 15개씩 했는데", "back in '09 i squatted 80"]
)
async def test_what_was_done_at_another_time_puts_no_count_right(text: str) -> None:
    facts = replace(SCENES["squat_ko" if "년" in text else "squat"])
    assert correction_of(LISTENER, text, facts) is None
    assert ("I only know the sets" if facts.language == "en" else "보내 주신 세트만") in await last_answer(facts, text)


async def test_a_day_of_which_sets_are_known_is_told() -> None:
    assert "10 reps with 50 kg" in await last_answer(SCENES["squat"], "on february 24 i did 12")


async def test_what_a_thing_helps_is_no_question_on_how_it_is_done() -> None:
    assert "works mostly the triceps" in await last_answer(SCENES["squat"], "do dips help?")


async def test_a_bodyweight_set_is_told_of_no_load() -> None:
    bare = replace(SCENES["grind"].this, weight_kg=None)  # type: ignore[type-var]
    assert "load" not in await last_answer(replace(SCENES["grind"], this=bare), "what should i fix?")
    assert "load" not in await last_answer(replace(SCENES["grind"], this=bare), "what weight next time?")


async def test_sets_in_which_nothing_was_counted_are_no_zero_reps() -> None:
    none = replace(SCENES["squat"].this, reps=(), tempo=None, findings=())  # type: ignore[type-var]
    for asked in ("total reps today", "what did i do today", "how much did i do today in all"):
        assert "0 reps" not in await last_answer(replace(SCENES["squat"], this=none), asked)


async def test_which_of_the_sets_of_a_day_a_count_went_to_is_said() -> None:
    facts = SCENES["session"]
    corrected = replace(facts, this=replace(facts.this, corrected_reps=7))  # type: ignore[type-var]
    said = " ".join([one.text async for one in COACH.counted_by_user(corrected, 1)])
    assert "That is set 3 of bench press today." in said


async def test_each_set_of_the_day_points_to_its_maximum() -> None:
    said = await last_answer(SCENES["session"], "e1rm per set")
    assert "Estimated one-rep maximum, today: 93.3 kg (set 1); 91.8 kg (set 2); 87 kg (set 3)." in said


async def test_a_part_of_a_name_in_the_log_names_its_exercise() -> None:
    carries = tuple(
        PastSet("farmers_carry", "파머스 캐리", date(2026, 3, day), 0, hold_s=30.0 + day, weight_kg=20.0)
        for day in (7, 2)
    )
    facts = replace(SCENES["squat_ko"], history=(*carries, *SCENES["squat_ko"].history))
    assert "20 kg, 37초" in await last_answer(facts, "저번 캐리랑 비교하면?")
    assert "20 kg" in await last_answer(facts, "캐리는 몇 초 들었어요?", "그거 무게는요")


@pytest.mark.parametrize(
    ("scene", "text", "told"),
    [
        ("squat", "pause length rep 4", "Pause at the turn, rep 4: 0.4 s."),
        ("squat", "mean lifting time reps 2-4", "Lifting time, reps 2, 3 and 4: 1.1 s on average over 3 reps."),
        ("plank", "how far was my back off", "against a limit of 165°"),
        ("session", "plan the next top set", "Next time try 75 kg"),
        ("squat", "what are lunges good for", "works mostly"),
        ("squat", "why did the last one slow down", "You slowed down"),
    ],
)
async def test_just_this_is_told(scene: str, text: str, told: str) -> None:
    assert told in await last_answer(SCENES[scene], text)


@pytest.mark.parametrize(
    "text",
    ["is my left knee locked out", "were my elbows fully locked out at the top?",
     "so pissed, been stuck at 60 for weeks", "sorry coach, i was out of line just now"],
)  # fmt: skip
def test_what_only_sounds_like_an_alarm_is_none(text: str) -> None:
    assert gate.check(text, "en") is None


@pytest.mark.parametrize(
    "text",
    ["my knee locked up", "is my knee locked? it won't bend", "my knee is locked", "i'm pissed", "i was out just now"],
)
def test_a_locked_knee_still_is_one(text: str) -> None:
    assert gate.check(text, "en") is not None
