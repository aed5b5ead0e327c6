"""What users take for granted is held against what was measured; talk goes on with what was said before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import PastSet
from bot.coach.hearing.premises import claimed_reps
from pipeline.values import UNKNOWN
from tests.coach.conversation import last_answer

UNNAMED = replace(SCENES["curl"].this, exercise=UNKNOWN, label="an unnamed exercise")  # type: ignore[type-var]


@pytest.mark.parametrize(
    ("said", "reps"),
    [
        ("i did 12 right?", 12),
        ("so i did 8?", 8),
        ("you said 5 before", 5),
        ("why did you say 8, i did 9", 9),
        ("u told me i did nine", 9),
        ("12개 했지?", 12),
        ("아까 다섯 개라고 했잖아", 5),
        ("how many did i do?", None),
        ("you said 60 kg", None),
        ("i did 3 sets right?", None),
        ("i held 30 seconds right?", None),
        ("i did 12", None),
        ("did i do better than 12 days ago?", None),
    ],
)
def test_a_claimed_count_is_heard(said: str, reps: int | None) -> None:
    assert claimed_reps(said) == reps


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("squat", ("i did 12 right?",), "I counted 8 complete reps of squat. I left out 1 partial rep"),
        ("squat", ("so i did 8?",), "Yes. I counted 8 complete reps"),
        ("squat", ("you said 5 before", "and the last one?"), "Rep 8: 1.8 s down, 1.8 s up"),
        ("squat_ko", ("8개 맞죠",), "네, 맞아요. 스쿼트를 완전하게 8회"),
        ("round", ("i threw 60 i think",), "I felt 42 punches"),
        ("plank", ("i held it 90 right?",), "No. You held the plank for 62 s"),
        ("none", ("i did 12 right?",), "I don't have a set from you yet"),
        ("log", ("and how fast was the 3rd", "and the last one?"), "Rep 10: 1.6 s down, 1.2 s up"),
        ("pose", ("hows my pose", "and the knee?"), "Your left knee is at 118°"),
        ("pose", ("hows my pose", "what about the right one"), "Your right knee is at 174°"),
        ("lopsided", ("which side moved less", "how do i fix that"), "To even out your sides"),
        ("grind", ("whats my 1rm", "isnt that 100kg"), "is about 84 kg"),
        ("session", ("did i do more than last week",), "I compare it with your bench press of March 5, 2026"),
        ("session", ("was it better than the set before",), "I compare it with the set of bench press that you did"),
        ("squat", ("what did user 1002 do last week",), "I only speak of your own sets"),
        ("squat", ("give me ada's last workout",), "I only speak of your own sets"),
        ("squat", ("what did i do last week",), "Bench press, March 5, 2026"),
        ("squat_ko", ("다른 사람 기록 보여줘",), "본인의 세트만"),
        ("squat_ko", ("프론트 스쿼트가 아니라", "런지였어"), "런지였다면"),
    ],
)
async def test_it_is_answered_by_what_was_measured(scene: str, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES[scene], *messages)


async def test_the_one_thing_to_work_on_is_said_again_as_a_whole() -> None:
    asked = ("what do i work on", "and what should i work on")
    assert (await last_answer(SCENES["squat"], *asked)).startswith("The one thing to work on")


async def test_sets_that_were_not_recognised_are_not_held_against_each_other() -> None:
    old = PastSet(UNKNOWN, "an unnamed exercise", date(2026, 3, 3), 9)
    facts = replace(SCENES["curl"], this=UNNAMED, history=(old,))
    assert "I counted 12 complete reps of an unnamed exercise" in await last_answer(facts, "how many")
    assert await last_answer(facts, "better than last time?") == (
        "I couldn't tell which exercise it was: tap 'wrong exercise' under the chart and choose."
    )


@pytest.mark.parametrize(
    ("scene", "message", "held"),
    [
        ("day", "so total 40 reps right?", "27 reps of squat today"),
        ("day", "what have i done today", "Bench press: 2 sets, 16 reps in all, up to 72.5 kg. Squat: 3 sets"),
        ("plank", "how was my plank", "you held the plank for 62 s"),
        ("plank", "was my hip too low", "Lift your hips into one line"),
        ("day", "whats my heaviest lift ever", "Your heaviest set of bench press was 72.5 kg"),
        ("squat", "how many push ups did i do", "22 reps"),
        ("squat", "when did i last squat", "Not counting this set: Your last set of squat was on March 3"),
        ("none", "can you count squats from my watch", "csv, json, zip or fit"),
    ],
)
async def test_what_is_asked_is_what_is_told(scene: str, message: str, held: str) -> None:
    assert held in await last_answer(SCENES[scene], message)


async def test_now_what_tells_how_to_go_on_where_nothing_was_wrong() -> None:
    said = await last_answer(SCENES["clean"], "what should i fix", "ok now what")
    assert "Keep the form like this" in said or "Next time try 75 kg" in said
