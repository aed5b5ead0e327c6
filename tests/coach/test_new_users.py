"""Messages of people who meet the coach for the first time: signs instead of words, pain told in pieces, anger."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.safety import gate
from tests.coach.conversation import last_answer

EXAMPLES, SORRY = "Ask me in words, for example", "I'm sorry that wasn't helpful"
STOP_FOR_PAIN = "Stop the set for that kind of pain"


@pytest.mark.parametrize(
    ("messages", "held"),
    [
        (("?",), EXAMPLES),
        (("🤔",), EXAMPLES),
        (("👎",), SORRY),
        (("this is bullshit",), SORRY),
        (("60",), "A number alone doesn't tell me"),
        (("prove it",), "Nothing made me doubt the count of 8 reps"),
        (("how many lbs is that",), "132.3 lb"),
        (("my girlfriend left me",), "I'm sorry to hear that"),
        (("it hurts at the bottom",), STOP_FOR_PAIN),
        (("my knee hurts a bit", "sharp"), STOP_FOR_PAIN),
        (("my knee hurts a bit", "should i stop"), STOP_FOR_PAIN),
        (("which exercises do you know",), "the usual lifts and bodyweight exercises"),
        (("what's my best bench press?", "and when was that?", "how many days ago was that"), "bench press was 70 kg"),
        (("i have no motivation",), "A habit takes about two months"),
        (("is my face recognised",), "I recognise no faces"),
        (("i just did my first squats, were they ok?",), "8 complete reps"),
    ],
)
async def test_it_is_met_with_what_helps(messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES["squat"], *messages)


async def test_that_there_is_no_set_is_said_as_often_as_one_is_asked_for() -> None:
    assert "send me a clip" in await last_answer(SCENES["none"], "how often do i train", "when did i start")


async def test_an_injury_that_is_told_is_answered_with_care() -> None:
    told = await last_answer(SCENES["squat"], "my knee hurts")
    assert "Noted: your knee needs care." in told
    assert EXAMPLES not in told


@pytest.mark.parametrize("told", ["12개 했다고", "ㄹㅇ? 10개 한거 같은데", "12개 했는데?"])
async def test_who_counted_otherwise_learns_how_to_put_it_right(told: str) -> None:
    assert "횟수 고치기" in await last_answer(SCENES["squat_ko"], told)


@pytest.mark.parametrize(
    "text",
    [
        "and",
        "ok and swimming?",
        "im on my period and feel weak",
        "앉을 때 소리가 나요",
        "제가 68세인데 괜찮을까요",
        "중3번 했어",
    ],
)
def test_ordinary_talk_is_let_through(text: str) -> None:
    assert gate.check(text, "en") is None


@pytest.mark.parametrize(("text", "kind"), [("나 중3인데 운동해도 됨?", "child"), ("and i fainted", "faint")])
def test_what_others_must_care_for_is_stopped(text: str, kind: str) -> None:
    alarm = gate.check(text, "en")
    assert alarm is not None
    assert alarm.kind == kind
