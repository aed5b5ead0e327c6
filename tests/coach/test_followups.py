"""Messages that go on with what was asked before: the topic stays, what they name is new."""

from __future__ import annotations

from datetime import date

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Turn
from bot.coach.guard.guard import guard_for_model, guard_for_rules
from bot.coach.hearing.days import done_on
from bot.coach.hearing.intents import Listener
from bot.coach.hearing.spans import Days
from bot.coach.reply import reply
from pipeline.catalogue import exercises
from tests.coach.conversation import last_answer

LISTENER = Listener(exercises().values())
TUESDAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("scene", "before", "said", "held"),
    [
        ("squat", "which rep was slowest", "and the fastest?", "The fastest was rep 1: 1.0 s"),
        ("squat", "which rep was slowest", "the quickest one?", "The fastest was rep 1"),
        ("squat", "which rep was slowest", "what about the deepest", "The deepest was rep 1: its range was 98°"),
        ("squat", "how deep was i", "and the shallowest one?", "The shallowest was rep 8: its range was 88°"),
        ("squat", "which rep was slowest", "and the shortest?", "The shortest was rep"),
        ("squat", "which rep was slowest", "and the first?", "Rep 1: 2.4 s down"),
        ("squat", "which rep was slowest", "and the last one?", "Rep 9 was partial"),
        ("squat", "how was rep 2", "and 5?", "Rep 5: 2.1 s down"),
        ("squat", "which rep was slowest", "why?", "Reps slow down as you tire"),
        ("squat", "how many reps", "how?", "33 body points"),
        ("squat", "how many reps", "really?", "few frames"),
        ("squat", "how many reps", "are you sure about that?", "few frames"),
        ("squat", "what exercise was it", "are you sure?", "91 %"),
        ("squat", "how many reps", "and the lowering?", "Lowering took 2.1 s"),
        ("squat", "how many reps", "and last week?", "Squat, March 3, 2026: 7 reps with 57.5 kg."),
        ("squat", "how many reps", "and yesterday?", "no sets from then"),
        ("squat", "how many reps", "what about bench?", "March 5, 2026: 6 reps with 70 kg"),
        ("squat", "how heavy was that", "and in pounds?", "132.3 lb"),
        ("squat_lb", "how heavy was that", "in kg?", "60 kg"),
        ("squat", "how was my set", "so?", "hips reach knee height"),
        ("squat", "what should i fix", "and then?", "60 kg"),
        ("squat", "how many reps", "what about squats?", "8 complete reps"),
        ("lopsided", "how many reps", "what about the left?", "left side moved 12° less"),
        ("curl", "which rep was slowest", "and the fastest?", "They were alike"),
        ("log", "how many", "deepest?", "couldn't judge depth"),
        ("squat_ko", "제일 느린 건 몇 번째야", "제일 빠른 건?", "1번째 반복으로, 올릴 때 1.0초"),
        ("squat_ko", "몇 번 했어", "왜?", "관절"),
    ],
)
def test_a_short_message_goes_on_with_the_one_before(scene: str, before: str, said: str, held: str) -> None:
    facts = SCENES[scene]
    first = reply(LISTENER, before, facts)
    turns = (Turn("user", before), Turn("assistant", " ".join(first.sentences)))
    answer = reply(LISTENER, said, facts, turns=turns)
    judge = guard_for_rules(facts, answer.known_texts(facts.language))
    assert held in " ".join(answer.sentences)
    assert {one: judge.objection(one) for one in answer.sentences} == dict.fromkeys(answer.sentences)


def test_a_follow_up_may_follow_a_follow_up() -> None:
    turns = (Turn("user", "which rep was slowest"), Turn("user", "and the fastest?"))
    assert reply(LISTENER, "and the last?", SCENES["squat"], turns=turns).sentences[0].startswith("Rep 9")


@pytest.mark.parametrize(
    "lie",
    [
        "The fastest was rep 8: 1.8 s for the lifting.",
        "The deepest was rep 8: its range was 88°.",
        "The shallowest was rep 1: its range was 98°.",
        "The longest was rep 1: it lasted 3.8 s.",
        "The slowest was rep 1: 1.0 s for the lifting.",
    ],
)
def test_another_repetition_is_never_called_the_most(lie: str) -> None:
    assert not guard_for_model(SCENES["squat"], (), ()).passes(lie)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("and yesterday?", date(2026, 3, 9), date(2026, 3, 9)),
        ("what did i do last week", date(2026, 3, 2), date(2026, 3, 8)),
        ("how did the bench go on thursday", date(2026, 3, 5), date(2026, 3, 5)),
        ("what did i do last tuesday", date(2026, 3, 3), date(2026, 3, 3)),
        ("how much did i squat in february", date(2026, 2, 1), date(2026, 2, 28)),
        ("what did i lift in december", date(2025, 12, 1), date(2025, 12, 31)),
        ("지난달에 뭐 했어", date(2026, 2, 1), date(2026, 2, 28)),
        ("what did i squat on feb 10", date(2026, 2, 10), date(2026, 2, 10)),
        ("what did i do on the 3rd of march", date(2026, 3, 3), date(2026, 3, 3)),
        ("what did i lift on december 24th", date(2025, 12, 24), date(2025, 12, 24)),
        ("2월 10일에 뭐 했어", date(2026, 2, 10), date(2026, 2, 10)),
        ("what did i do 5 days ago", date(2026, 3, 5), date(2026, 3, 5)),
        ("what did i do three weeks ago", date(2026, 2, 16), date(2026, 2, 22)),
        ("how much did i bench 2 months ago", date(2026, 1, 1), date(2026, 1, 31)),
        ("3달 전에 뭐 했어", date(2025, 12, 1), date(2025, 12, 31)),
        ("2월에 벤치 얼마 들었어", date(2026, 2, 1), date(2026, 2, 28)),
    ],
)
def test_days_of_the_past_are_read(text: str, first: date, last: date) -> None:
    assert done_on(text, TUESDAY) == Days(first, last)


@pytest.mark.parametrize(
    "text", ["was that better than last week", "plan this week", "remind me on monday", "how many", "may 5 reps do"]
)
def test_a_comparison_or_a_plan_asks_for_no_days(text: str) -> None:
    assert done_on(text, TUESDAY) is None


@pytest.mark.parametrize(
    ("messages", "held"),
    [
        (("is my left weaker?", "by how much in percent?"), "12° less than your right"),  # was the speed that was lost
        (("is my left weaker?", "and what can i do about it"), "one arm or leg at a time"),  # was that nothing is wrong
    ],
)
async def test_what_is_asked_after_the_sides_stays_with_them(messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES["lopsided"], *messages)


async def test_of_a_log_the_pace_is_told_beside_that_it_shows_no_form() -> None:
    answer = await last_answer(SCENES["log"], "tell me one thing to change")
    assert "can't tell your form" in answer
    assert "Your pace was steady" in answer
