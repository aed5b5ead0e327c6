"""What ordinary people write: an exercise's name beside a question, a weight for a set, talk that is no symptom."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import CLEAN, HISTORY, SCENES, TODAYS
from bot.coach.facts import Facts
from bot.coach.safety import gate
from tests.coach.conversation import COACH, last_answer

SQUAT, PLANK, CURL = SCENES["squat"], SCENES["plank"], SCENES["curl"]
THREE_LOADS = Facts(CLEAN.done_on, replace(CLEAN, weight_kg=75.0), (*TODAYS, *HISTORY))


@pytest.mark.parametrize(
    ("facts", "text", "held"),
    [
        (SQUAT, "time", "time under tension"),
        (PLANK, "time", "You held the plank for 62 s."),
        (SQUAT, "push ups how many?", "Your last set of push-up"),
        (SQUAT, "last 5 reps", "Rep 5:"),
        (THREE_LOADS, "72.5 vs 75 speed", "Set 3: 6 reps with 75 kg."),
        (SQUAT, "which ones did i do that on", "reps 6, 7 and 8"),
        (CURL, "elbows in or out", "I found no fault"),
        (SQUAT, "Morning! Alfred here, eighty next month.", "Thanks for telling me."),
        (SQUAT, "8, up one from last tuesday, sweet", "8 reps now, 7 reps before"),
    ],
)
async def test_few_words_are_heard_for_what_they_ask(facts: Facts, text: str, held: str) -> None:
    assert held in await last_answer(facts, text)


async def test_torn_skin_of_a_hand_is_no_injury_and_the_talk_goes_on() -> None:
    assert "skin" in await last_answer(SQUAT, "my hand skin is broken little")
    assert "8 complete reps" in await last_answer(SQUAT, "my hand skin is broken little", "how many reps did i do")
    assert gate.check("i think my hand is broken", "en")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("maybe twelve but i was also counting out loud for my toddler so who knows", None),
        ("i keep forgetting to breathe during the set", None),
        ("my toddler wants to lift weights, can she squat", "child"),
        ("i can't breathe", "breath"),
    ],
)
def test_a_child_that_is_mentioned_and_a_held_breath_are_no_alarm(text: str, kind: str | None) -> None:
    alarm = gate.check(text, "en")
    assert (alarm.kind if alarm else None) == kind


async def test_after_an_alarm_it_is_told_how_the_bot_works() -> None:
    assert "deleted" in await last_answer(SQUAT, "i fainted after the last set", "what happens to my video")
    assert "deleted" not in await last_answer(SQUAT, "i fainted after the last set", "how do i squat deeper")


async def test_a_guess_is_never_its_first_words_alone() -> None:
    said = await last_answer(SQUAT, "what should i fix", "It means I must push more the hips?")
    assert not said.endswith("I can tell you is this.")


def test_not_hurting_heals_only_what_hurts_no_more() -> None:
    assert not COACH.learn("어깨에서 뚝 소리 나는데 안아파").healed
    assert [one.value for one in COACH.learn("이제 어깨 안 아파요").healed] == ["shoulder"]


def test_four_thousand_digits_hold_nobody_up() -> None:
    started = time.perf_counter()
    gate._kind_now("7" * 4000)
    gate._kind("1" * 4000)
    assert time.perf_counter() - started < 0.25
