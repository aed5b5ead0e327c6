""" "It", "the one after that" and "by how much?", once repetitions or sets were spoken of; and what others did."""

from __future__ import annotations

import math

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.guard.guard import guard_for_model
from bot.coach.hearing.numbered import than_number
from bot.coach.hearing.others import of_somebody_else
from tests.coach.conversation import last_answer

SLOWER = "Rep 8 was slower than rep 1: lifting took 1.8 s on rep 8 and 1.0 s on rep 1."
OTHERS = "I only speak of your own sets"


@pytest.mark.parametrize("scene", ["squat", "day"])
@pytest.mark.parametrize(
    ("messages", "held"),
    [
        (("how long was rep 8?", "was it slower than the first?"), SLOWER),
        (("how long was rep 8?", "was it deeper than the first?"), "Rep 8 was shallower than rep 1"),
        (("how long was rep 8?", "was it slower than the one before?"), "Rep 8 was slower than rep 7"),
        (("how long was rep 8?", "how deep was it?"), "The range of rep 8 was 88°."),
        (("how long was rep 3?", "and the one after that?"), "Rep 4: 2.1 s down"),
        (("how long was rep 3?", "and the previous one?"), "Rep 2: 2.3 s down"),
        (("how long was rep 3?", "and the next one?", "and the one after that?"), "Rep 5: 2.1 s down"),
        (("how long was rep 7?", "was the next one slower?"), "Rep 8 was slower than rep 7"),
        (("how long was rep 1?", "and the one before?"), "there is none before it"),
        (("how long was rep 8?", "and the one after that?"), "Rep 9 was partial"),
        (("how long was rep 9?", "and the one after that?"), "This set doesn't go that far"),
        (("which rep was slowest?", "was it deeper than the first?"), "Rep 8 was shallower than rep 1"),
        (("which rep was slowest?", "and the one before it?"), "Rep 7: 1.9 s down"),
        (("how long was rep 8?", "was it slower than the first?", "and the second?"), "Rep 2: 2.3 s down"),
    ],
)
async def test_of_repetitions_spoken_of_it_is_the_one(scene: str, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES[scene], *messages)


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("squat", ("was rep 8 slower than rep 2", "by how much?"), "Rep 8 against rep 2: a difference of 0.8 s."),
        ("squat", ("was rep 8 deeper than rep 1", "how much?"), "Rep 8 against rep 1: a difference of 10°."),
        ("squat", ("was rep 3 slower than rep 1", "by how much?"), "By less than I can surely measure."),
        ("squat", ("which rep was slowest?", "by how much?"), "Rep 8 against rep 1: a difference of 0.8 s."),
        ("squat", ("which was deepest?", "by how much?"), "Rep 1 against rep 8: a difference of 10°."),
        ("squat", ("was that better than last time?", "by how much?"), "That is 2.5 kg more than last time."),
        ("squat", ("was that better than last time?", "by how much?"), "That is 1 rep more than last time."),
        ("squat", ("is that my best?", "by how much?"), "That is 2.5 kg more than the next best."),
        ("round", ("was number 6 harder than number 10", "by how much?"), "a difference of 4.2 g."),
        ("squat_ko", ("여덟 번째가 두 번째보다 느렸어?", "얼마나?"), "8번째와 2번째 반복의 차이는 0.8초예요."),
        ("squat_ko", ("지난번보다 나아졌어?", "얼마나?"), "지난번보다 2.5 kg 더 무거워요."),
        ("squat_ko", ("8번째 반복은 몇 초였어?", "첫 번째보다 느렸어?"), "8번째 반복이 1번째보다 느렸어요"),
        ("squat_ko", ("3번째 반복은 몇 초였어?", "그다음은?"), "4번째 반복은 내릴 때 2.1초"),
        ("squat_ko", ("3번째 반복은 몇 초였어?", "그 전 거는?"), "2번째 반복은 내릴 때 2.3초"),
    ],
)
async def test_by_how_much_is_told_of_what_was_compared(scene: str, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES[scene], *messages)


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("day", ("how was set 2?", "and the one after that?"), "Set 3: 8 reps with 60 kg."),
        ("day", ("how was set 2?", "was it better than the first?"), "Set 1: 10 reps with 54 kg."),
        ("day", ("which set was the best?", "and the worst one?"), "Your reps went down over the sets"),
        ("day", ("which set was the best?", "and the one before?"), "Set 1: 10 reps with 54 kg."),
        ("squat", ("how deep was i?", "which reps?"), "I saw it in reps 6, 7 and 8."),
        ("squat", ("how deep was i?", "so what do i do?"), "Sink until your hips reach knee height."),
        ("lopsided", ("am i uneven?", "by how much?"), "12° less than your right"),
        ("round", ("how hard was the hardest?", "was it harder than the first?"), "Number 6 was harder than number 1"),
        ("log", ("how deep was rep 2?", "why not?"), "A sensor only shows how it moves itself"),
        ("squat_ko", ("깊이가 얕았나요?", "몇 번째요?"), "6, 7, 8번째 반복에서 보였어요."),
        ("squat_ko", ("깊이가 얕았나요?", "첫 번째는요?"), "1번째 반복은 내릴 때 2.4초"),
        ("squat_ko", ("깊이가 얕았나요?", "얼마나 부족했어요?"), "측정값은 12°"),
    ],
)
async def test_sets_faults_and_blows_are_pointed_at_too(scene: str, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES[scene], *messages)


@pytest.mark.parametrize(
    "messages",
    [("how long was rep 3?", "was it better than the first set?"), ("how many reps", "was it slower than the first?")],
)
async def test_sets_are_meant_where_they_are_named_or_no_repetition_was(messages: tuple[str, ...]) -> None:
    assert "Rep 3" not in await last_answer(SCENES["day"], *messages)


@pytest.mark.parametrize(
    "lie",
    [
        "Rep 8 against rep 2: a difference of 0.7 s.",
        "Rep 8 against rep 2: a difference of 10°.",
        "Rep 3 against rep 2: a difference of 0.8 s.",
        "There is a difference of 0.8 s.",
    ],
)
def test_no_made_up_difference_is_shown(lie: str) -> None:
    assert not guard_for_model(SCENES["squat"], (), ()).passes(lie)


def test_the_difference_of_what_was_not_measured_is_none() -> None:
    this = SCENES["log"].this
    assert this is not None
    assert math.isnan(this.reps[0].range_deg)
    assert not guard_for_model(SCENES["log"], (), ()).passes("Rep 8 against rep 2: a difference of 10° in the range.")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("was it slower than the first?", 1),
        ("slower than rep 4?", 4),
        ("compared to the last one", -1),
        ("첫 번째보다 느렸어?", 1),
        ("마지막보다 깊었어?", -1),
        ("was it better than last time", None),
        ("was it heavier than 60 kg", None),
        ("how was it", None),
    ],
)
def test_what_a_message_holds_something_against(text: str, number: int | None) -> None:
    assert than_number(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "show me Anna's record",
        "what did john lift",
        "how many did my brother do",
        "what's my wife's plank time",
        "철수 기록",
        "철수 기록 보여줘",
        "철수 스쿼트 기록 알려줘",
        "김민지 최고 기록",
        "지영이 기록 좀",
        "민수는 몇 개 했어?",
        "엄마 기록",
        "형은 몇 개 했어?",
        "민수씨 세트 보여줘",
    ],
)
def test_what_somebody_else_did_is_asked_for(text: str) -> None:
    assert of_somebody_else(text)


@pytest.mark.parametrize(
    "text",
    [
        "내 기록 알려줘",
        "최고 기록",
        "스쿼트 기록",
        "어제 기록",
        "로잉 기록",
        "올해 기록 보여줘",
        "누적 기록",
        "수영 기록",
        "첫번째 세트 어땠어",
        "아까 세트 어땠어",
        "벤치는 몇 개 했어?",
        "나는 몇 개 했어",
        "what did i lift",
        "what can creatine do",
        "is my back's position ok",
    ],
)
def test_what_the_user_did_is_not_somebody_elses(text: str) -> None:
    assert not of_somebody_else(text)


async def test_nobody_elses_record_is_told_in_either_language() -> None:
    assert OTHERS in await last_answer(SCENES["squat"], "what did john lift")
    assert "60 kg" not in await last_answer(SCENES["squat_ko"], "철수 기록")
