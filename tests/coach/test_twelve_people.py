"""What twelve people who never met the coach wrote, twenty messages each, before anybody looked at its lists."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES, SQUAT, TODAY
from bot.coach.facts import Facts
from bot.coach.hearing.openers import to_the_point
from bot.coach.language import say
from bot.coach.safety import gate
from bot.wish import wish
from pipeline.values import Caveat, Doubt
from tests.coach.conversation import last_answer

NOT_SURE, NOT_KNOWN = "If I understand you right:", "I can't answer that one"


@pytest.mark.parametrize("text", ["just tell me yes or no", "than when", "did my hand drop"])
async def test_what_no_phrasing_speaks_for_is_not_answered_with_some_topic(text: str) -> None:
    answer = await last_answer(SCENES["squat"], text)
    assert answer.startswith((NOT_SURE, NOT_KNOWN))


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("um hey so i was wondering like how many reps i did", "how many reps i did"),
        ("hold on how many was that", "how many was that"),
        ("nice um and what should i fix", "and what should i fix"),
        ("안녕하세요 처음인데 어떻게 쓰는 건가요?", "어떻게 쓰는 건가요?"),
        ("thanks for the help today", "thanks for the help today"),
        ("what do you know about me", "what do you know about me"),
        ("was it like last time", "was it like last time"),
        ("good", "good"),
        ("감사합니다 수고하세요", "감사합니다 수고하세요"),
    ],
)
def test_what_leads_up_to_a_question_is_taken_off(said: str, asked: str) -> None:
    assert to_the_point(said) == asked


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("session", ("cool cool so how long should i rest between you know the sets",), "Rest 2 to 3 minutes"),
        ("session", ("hold on how many reps was it on the first set again",), "Set 1: 10 reps"),
        ("squat", ("hoow many rps did i do",), "8 complete reps"),
        ("squat", ("whats my bst sqaut",), "Your heaviest set of squat"),
        ("none", ("Good morning dear, I am 74, what do I do now?",), "a clip of one set"),
        ("curl", ("was every lowering at least three seconds?",), "No lowering lasted 3 s."),
        ("squat", ("was every lowering at least 2 s",), "in 6 of 8 reps. 2 more fell short by less"),
        ("squat", ("fastest ecc",), "The fastest was rep 8: 1.8 s for the lowering."),
        ("squat_ko", ("가장 빨리 내려간 반복",), "내릴 때 1.8초"),
        ("squat_ko", ("몇 번째가 제일 느렸어요", "다음엔 몇 키로로 할까요"), "60 kg 그대로"),
        ("none", ("hi there never worked out before, where do i start",), "Start with 2 or 3 days"),
        ("squat_ko", ("제일 깊게 내려간 건 몇 번째였나요",), "1번째 반복으로"),
        ("round", ("how many in the first 30 seconds",), "26 punches in the first 30 s"),
        ("round", ("how many punches in the last 2 minutes",), "lasted no longer than 60 s"),
        ("squat", ("how many reps in the first 10 seconds",), "You finished 2 reps"),
        ("day", ("sbd total?",), "no set with a weight yet of: deadlift"),
        ("day", ("was set 2 deeper than set 1",), "97° (set 2), 98° (set 1). That is too close for me to tell apart"),
        ("day", ("gm vs rdl for posterior chain",), "Neither is better in general"),
        ("squat_ko", ("엉덩이 운동 추천",), "힙 쓰러스트"),
        ("none", ("best exercises for chest",), "Good for your chest: push-up"),
        ("curl", ("do you do snatches",), "Yes, I know that one as snatch"),
        ("curl", ("do you know atlas stones",), "I don't know an exercise of that name"),
        ("none", ("i haven't eaten since yesterday, can i train",), "Eat something first"),
        (
            "squat_ko",
            ("허리가 조금 뻐근한데 괜찮을까요", "어제부터 아무것도 안 먹었는데 운동해도 될까요"),
            "먼저 뭘 좀 드세요",
        ),
        ("squat", ("do you sell my data",), "go to no company but Telegram"),
        ("pose_again", ("is it better than the one before", "which joints changed"), "Your left knee was at 141°"),
        ("squat_ko", ("잘못 센 것 같아요", "어떻게 고치나요"), "횟수 고치기"),
    ],
)
async def test_it_is_answered_to_the_point(scene: str, messages: tuple[str, ...], held: str) -> None:
    answer = await last_answer(SCENES[scene], *messages)
    assert held in answer


async def test_exercises_that_load_what_aches_are_not_recommended() -> None:
    answer = await last_answer(SCENES["none"], "i have a bad knee", "best exercises for my legs")
    assert "squat" not in answer.lower().split("good for your legs")[-1]


@pytest.mark.parametrize(
    "text",
    [
        "my shoulder feels kind of funny not like painful just funny",
        "could you tell if i compensated with my shoulder?",
        "what exercise would be good for someone my age?",
        "no food for 20 hours, can i lift",
        "오늘 아무것도 못 먹었는데 가도 됨?",
    ],
)
def test_it_is_no_emergency(text: str) -> None:
    assert gate.check(text, "en") is None


@pytest.mark.parametrize(
    "text",
    [
        "haven't eaten since sunday",
        "i havent eaten since yesterday because i feel fat",
        "며칠째 굶고 있어요",
        "어제부터 안 먹었어요 살찔까 봐 무서워요",
    ],
)
def test_who_starves_is_told_where_help_is(text: str) -> None:
    alarm = gate.check(text, "en")
    assert alarm is not None
    assert alarm.kind == "eating"


def test_a_tight_chest_is_heard_though_nothing_was_eaten() -> None:
    alarm = gate.check("i haven't eaten since yesterday and my chest is tight", "en")
    assert alarm is not None
    assert alarm.kind == "heart"


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("delete everything you know about me", "forget"),
        ("제 기록 전부 지워주세요", "forget"),
        ("show me everything you have stored", "export"),
        ("Can you ring me every Tuesday morning?", "remind"),
    ],
)
def test_a_wish_is_heard(text: str, command: str) -> None:
    found = wish(text)
    assert found is not None
    assert found.command == command


@pytest.mark.parametrize("text", ["call me captain", "what do you know about me", "everything you said was wrong"])
def test_it_is_no_wish(text: str) -> None:
    assert wish(text) is None


@pytest.mark.parametrize("seconds", [10, 300])
async def test_what_some_seconds_hold_is_as_unsure_as_the_count(seconds: int) -> None:
    torn = replace(SQUAT, caveats=(Caveat(Doubt.COUNT_UNSURE, {"runner_up": 9}),))
    asked = f"how many in the first {seconds} seconds"
    answers = [await last_answer(Facts(TODAY, one), asked) for one in (replace(SQUAT, caveats=()), torn)]
    assert [say("en", "doubt_count_unsure") in answer for answer in answers] == [False, True]
