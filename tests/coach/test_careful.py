"""What hurts is remembered: who asks for leave to train is answered with care, and nobody is told to load more."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Told, Turn
from bot.coach.hearing.told import aching
from tests.coach.conversation import COACH, last_answer


async def _last(scene: str, *questions: str) -> str:
    return await last_answer(SCENES[scene], *questions)


@pytest.mark.parametrize(
    ("scene", "questions", "held"),
    [
        ("squat", ("i hurt my knee skiing last winter", "can i still squat?"), "squat, which loads your knee"),
        ("squat", ("my knee hurts", "can i still squat?", "ok what about jumping"), "Train around your knee"),
        ("squat", ("my knee hurts", "can i squat", "and deadlifts?"), "deadlift puts little load on your knee"),
        ("squat", ("my hip hurts when i go down", "ok", "should i squat tomorrow or rest"), "which loads your hip"),
        ("squat", ("i have a bad back", "so can i still do planks?"), "plank, which loads your back"),
        ("grind", ("my shoulder is a bit sore after benching", "is it ok to bench tomorrow"), "loads your shoulder"),
        ("log", ("my elbow hurts when i curl", "can i keep curling"), "biceps curl, which loads your elbow"),
        ("round", ("my wrist hurts from the bag", "should i keep boxing"), "which loads your wrist"),
        ("none", ("i had knee surgery two years ago", "can i do lunges"), "operated on, ask a doctor"),
        ("pose", ("i have bad knees, is this pose ok",), "Train around your knee"),
        ("pose", ("i have bad knees, is this pose ok", "what about my arms"), "elbow is at 176°"),
        ("squat", ("i hurt my knee", "should i put more weight on next time"), "Stay at 60 kg while your knee"),
        ("squat", ("ok. my knee hurts a bit when i go down",), "With aching knees"),
        ("squat", ("are swings ok with a bad back",), "With a sore lower back"),
        ("plank", ("can i do pull ups with my dodgy left shoulder?",), "With a touchy shoulder"),
        ("squat_ko", ("무릎이 좀 아파", "그래도 스쿼트 해도 돼?"), "스쿼트는 무릎에 부담이 가요"),
        ("squat_ko", ("허리를 다쳤어", "데드리프트 해도 될까"), "데드리프트는 허리에 부담이 가요"),
        ("squat_ko", ("손목이 아파", "더 올려도 될까요"), "손목도 조심하세요"),
        ("squat", ("my wrist hurts", "should i add weight"), "mind your wrist: no step up while it hurts in the squat"),
        ("clean", ("my wrist hurts", "can i do pull ups"), "pull-up, which loads your wrist"),
        ("clean", ("my elbow hurts", "is it ok to do leg curls"), "leg curl puts little load on your elbow"),
        (
            "clean",
            ("my elbow hurts", "can i leg press", "ok and back extensions?"),
            "extension puts little load on your",
        ),
        ("clean", ("my ankle is sore today", "what weight next"), "mind your ankle"),
        ("clean", ("my wrist hurts", "how do i keep progressing"), "Since you told me of your wrist"),
        ("plank", ("my lower back hurts", "should i hold longer next time"), "Hold no longer than now"),
        ("squat", ("my shoulder is sore", "week plan please"), "Since you told me of your shoulder"),
    ],
)
async def test_leave_is_given_with_care_for_what_hurts(scene: str, questions: tuple[str, ...], held: str) -> None:
    assert held in await _last(scene, *questions)


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("how many reps", "8 complete reps"),
        ("can i trust the count", "count of 8 reps"),
        ("should i squat deeper", "For more depth"),
        ("can i see my history", "March 3, 2026"),
        ("and the fastest?", "The fastest was rep 1"),
    ],
)
async def test_other_questions_are_answered_as_ever(question: str, held: str) -> None:
    assert held in await _last("squat", "my knee hurts", question)


async def test_leave_is_no_matter_where_nothing_hurts() -> None:
    assert "loads your" not in await _last("squat", "can i still squat?")


@pytest.mark.parametrize(
    ("said", "parts"),
    [
        ("my shoulder is a bit sore after benching", ("shoulder",)),
        ("the bench hurts my wrists", ("wrist",)),
        ("무릎이 좀 아파", ("knee",)),
        ("my wife's knee hurts", ()),
        ("is shoulder pain normal", ()),
        ("my knees don't hurt", ()),
    ],
)
def test_what_aches_today_is_heard(said: str, parts: tuple[str, ...]) -> None:
    assert aching([said]) == parts


async def test_what_ached_in_another_sitting_is_over() -> None:
    turns = [Turn("user", "my shoulder is sore", minutes_ago=300.0)]
    said = [one.text async for one in COACH.answer("is it ok to bench tomorrow", SCENES["grind"], turns)]
    assert "loads your shoulder" not in " ".join(said)


async def test_a_bodyweight_told_beside_a_question_is_kept_and_the_question_answered() -> None:
    said = await _last("squat", "how much protein should i eat i'm 80 kg")
    assert said.startswith("Noted: you weigh 80 kg")
    assert "about 130 g a day" in said


def test_what_would_be_is_not_kept() -> None:
    assert COACH.learn("should i cut if i weigh 90 kg").facts == ()
    assert COACH.learn("how much should i lift i weigh 70 kg").facts == (Told("bodyweight", "70.0"),)


async def test_the_same_care_does_not_stand_twice_on_a_screen_but_weight_is_never_added() -> None:
    asked = ("i have a bad back", "what should i fix?", "how do i fix it", "what was my tempo")
    assert "Since you told me of your back" in await _last("squat", *asked[:2])
    assert "Since you told me of your back" not in await _last("squat", *asked[:3])
    assert "back" in await _last("squat", *asked, "how much weight next time")


@pytest.mark.parametrize(
    ("scene", "text"),
    [
        ("squat_ko", "통증 있는데 무게 올려도 되나요"),
        ("squat", "can i go heavier with some pain"),
        ("squat_ko", "어깨 앞쪽이 찌릿했어요"),
    ],
)
async def test_with_pain_no_step_up_is_advised(scene: str, text: str) -> None:
    said = await last_answer(SCENES[scene], text)
    assert "목표" not in said
    assert "aim for" not in said
    assert "professional" in said or "전문가" in said
