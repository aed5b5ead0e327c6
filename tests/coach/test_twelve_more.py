"""What twelve more people wrote, unlike those before: a boxer, a child, one who dictates, one in shorthand."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.hearing.corrections import bare_count, sure_count
from bot.coach.hearing.openers import to_the_point
from bot.coach.hearing.several import asked_apart
from bot.coach.hearing.shares import share_asked
from bot.coach.language import say
from bot.coach.safety.gate import YOUNG, check, replies
from bot.coach.telling.plans import days_of_plan
from tests.coach.conversation import COACH, last_answer

UNHEARD = say("en", "part_unheard")


@pytest.mark.parametrize(
    ("scene", "asked", "held"),
    [
        ("squat", "first, how many did i do, second, how long did it take?", ("8 complete reps", "29.6 s")),
        ("squat", "can you tell me how many i did and how long it took", ("8 complete reps", "29.6 s")),
        ("none", "do i need to eat before training, how much protein, and is coffee ok?", ("1.6 g", "400 mg")),
        ("squat", "what's my max, what colour was the bar, and did i slow down?", ("76", "You slowed down", UNHEARD)),
        ("day", "when did i last bench, and how many squats did i do", ("72.5 kg", "8 complete reps")),
        ("day", "how much did i lift in total today, and did i slow down?", ("16 reps in all", "You slowed down")),
        ("squat_ko", "몇 개 했어요? 그리고 템포는 어땠어요?", ("8회", "템포는")),
    ],
)
async def test_every_question_of_a_message_is_answered_and_one_not_understood_is_told(
    scene: str, asked: str, held: tuple[str, ...]
) -> None:
    answer = await last_answer(SCENES[scene], asked)
    assert all(one in answer for one in held), answer


@pytest.mark.parametrize(
    "asked",
    [
        "which was the fastest and which the slowest",
        "how many counted and how many didn't",
        "he wants 3 seconds down, was it?",
        "i trained, i ate and i slept",
        "what's a good warm-up and how long should it last",
        "compare reps 2 and 7",
    ],
)
async def test_what_is_one_question_is_answered_as_one(asked: str) -> None:
    assert UNHEARD not in await last_answer(SCENES["squat"], asked)


def test_messages_are_cut_quickly_whatever_they_hold() -> None:
    begun_s = time.process_time()
    for piece in ("how many ", "and ", "first, ", ", ", "if so ", "요 ", "가", "? ", "—", " "):
        asked_apart((piece * 4000)[:4000])
        share_asked((piece * 4000)[:4000])
        to_the_point((piece * 4000)[:4000])
    assert time.process_time() - begun_s < 3.0


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("squat", ("80% = ?",), "80 % of that estimate"),
        ("squat", ("what is 80% of my max heart rate",), "can't measure"),
        ("squat", ("r1 v r8",), "Rep 8: 1.8 s down"),
        ("squat", ("he wants 3 seconds down, was it?",), "No lowering lasted 3 s"),
        ("squat", ("compair to last tiem",), "I compare it with your squat of March 3"),
        ("squat", ("waht excersise was taht",), "I recognised it as squat"),
        ("squat", ("sorry i meant eight",), "Yes. I counted 8"),
        ("squat", ("how slow exactly, genius",), "Your tempo"),
        ("squat", ("+5 nxt wk?",), "60 kg"),
        ("session", ("last wk top set?",), "March 5, 2026: 6 reps with 70 kg"),
        ("squat", ("bench last 3 sessions",), "March 5, 2026: 6 reps with 70 kg"),
        ("squat", ("what should i fix", "huh what does that mean"), "For more depth"),
        ("squat", ("my friend does 40 how long til i can do that",), "I name no date"),
        ("squat", ("what did i neglect this month",), "no set worked these"),
        ("squat", ("90% e1rm for a double?",), "90 % of that estimate"),
        ("squat", ("was rep 4 quicker than rep 7", "how long would it take to get to 20"), "I name no date"),
        ("squat_ko", ("1번이랑 8번 중에 뭐가 더 빨랐어요",), "1번째 반복이 8번째보다 빨랐어요"),
        ("squat_ko", ("회식 때 술 마셨는데 운동해도 되나요",), "술기운"),
        ("squat_ko", ("몇 개나 더 할 수 있었을까요",), "%"),
        ("round", ("should i run in the morning",), "150 to 300"),
        ("pose", ("do you know the sanskrit name",), "warrior two"),
        ("round", ("how long was my longest break",), "The longest time between two punches"),
        ("round", ("first min vs last min",), "before the middle of the round"),
        ("round", ("speed in mph?",), "can't measure"),
        ("pose", ("are my arms level",), "I don't measure"),
        ("pose", ("is my left knee over my ankle",), "Your left knee is at 118°"),
        ("none", ("make me a 4 day upper lower split",), "With four days"),
        ("none", ("i can only train 2 days a week, give me a plan",), "With 2 days a week"),
        ("squat_ko", ("주 5일 루틴 짜줘",), "닷새면"),
        ("squat_ko", ("의자 잡고 해도 되나요",), "잡고 하셔도 돼요"),
        ("squat_ko", ("영상은 어떻게 보내나요",), "한 세트의 영상을 보내"),
        ("squat_ko", ("방금 영상 분석 됐어요?",), "8회"),
    ],
)
async def test_it_is_answered_to_the_point(scene: str, messages: tuple[str, ...], held: str) -> None:
    answer = await last_answer(SCENES[scene], *messages)
    assert held in answer, answer


async def test_a_photo_without_any_set_tells_what_was_measured() -> None:
    answer = await last_answer(replace(SCENES["pose"], this=None, history=()), "what did you measure")
    assert "118°" in answer


@pytest.mark.parametrize("asked", ["should i take creatine", "make me a plan", "what should i train today"])
async def test_who_said_to_be_a_child_gets_no_plan_and_no_dose_later_on(asked: str) -> None:
    answer = await last_answer(SCENES["squat"], "is that good for my age im 14", asked)
    assert answer == replies()[YOUNG]["en"]
    assert "8 complete reps" in await last_answer(SCENES["squat"], "im 14", "how many did i do")


def test_a_load_somebody_thinks_of_is_no_cry_for_help() -> None:
    for text in ("i was thinking maybe 110", "다음엔 백 킬로 생각 중이에요", "maybe i should take five kilos off"):
        assert check(text, "en") is None
    assert check("i was thinking of ending it all", "en") is not None


def test_elbows_that_drift_are_asked_about_and_one_out_of_its_joint_is_an_alarm() -> None:
    assert check("팔꿈치가 뒤로 빠졌나요", "ko") is None
    assert check("무릎이 안으로 모이나요?", "ko") is None
    assert check("팔꿈치가 빠졌어요", "ko") is not None


@pytest.mark.parametrize("text", ["no wait i meant one hundred and ten", "it was twenty five", "i did one hundred"])
def test_a_large_number_in_words_is_no_small_count(text: str) -> None:
    assert bare_count(text, 5) is None
    assert sure_count(text, 5, None) is None
    assert COACH.correction(text, SCENES["squat"]) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("how many reps, coach?", "how many reps?"),
        ("are you a robot", "are you a robot"),
        ("do i need a coach", "do i need a coach"),
    ],
)
def test_whom_it_is_said_to_is_no_part_of_the_question(said: str, asked: str) -> None:
    assert to_the_point(said).replace(" ?", "?") == asked


def test_without_days_no_plan_is_made_for_days() -> None:
    assert days_of_plan("make me a plan", SCENES["none"]) == ()
