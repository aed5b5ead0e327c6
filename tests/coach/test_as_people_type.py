"""What a new user typed in a first hour and was answered badly: each is answered now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.coach import Facts
from bot.coach.evaluation.scenes import CLEAN, HISTORY, SCENES, SQUAT, SQUAT_KO, TODAY
from bot.coach.facts import Language, PastSet, SetFacts
from bot.coach.guard.guard import Guard, guard_for_rules
from bot.coach.hearing.several import several
from bot.coach.hearing.told import aching
from bot.coach.knowledge import topics
from bot.coach.safety.gate import check
from bot.coach.telling.intent_table import ABOUT_THE_SET
from bot.coach.words import is_korean
from pipeline.catalogue import find
from tests.coach.conversation import COACH, last_answer

FACTS = Facts(TODAY, replace(SQUAT, caveats=()), HISTORY)
KOREAN = Facts(TODAY, replace(SQUAT_KO, caveats=()), language="ko")


@pytest.mark.parametrize(
    ("asked", "parts"),
    [
        ("how many reps and how deep and how heavy?", ["8 complete reps", "your depth", "60 kg"]),
        ("how was my tempo and what should i fix", ["Your tempo", "The one thing to work on"]),
        ("what was my tempo? and did i slow down?", ["Your tempo", "You slowed down"]),
        ("reps and weight?", ["8 complete reps", "60 kg"]),
    ],
)
async def test_several_questions_in_one_message_are_all_answered(asked: str, parts: list[str]) -> None:
    answer = await last_answer(FACTS, asked)
    assert all(part in answer for part in parts)


async def test_in_korean_too() -> None:
    answer = await last_answer(KOREAN, "몇 개 했고 템포는 어땠어?")
    assert "8회" in answer
    assert "템포" in answer
    assert "의사가 정해야" in await last_answer(KOREAN, "고혈압인데 운동해도 돼?")


@pytest.mark.parametrize(
    "asked",
    [
        "how many counted and how many didn't",
        "what's the difference between rep 1 and rep 2",
        "which was the fastest and which the slowest",
        "i trained, i ate and i slept",
        "was set 1 better and set 2 worse",
    ],
)
def test_what_is_one_question_stays_one(asked: str) -> None:
    assert several(COACH._listener, asked) == ()


async def test_sets_of_a_time_are_counted_and_none_is_hidden() -> None:
    alike = tuple(PastSet("squat", "squat", TODAY - timedelta(day), 5, weight_kg=60.0) for day in (0, 0, 1, 1, 1, 1))
    facts = Facts(date(2026, 3, 13), replace(SQUAT, caveats=()), alike)
    answer = await last_answer(facts, "how many sets did i do this week")
    assert answer.startswith("Squat: 7 sets, 38 reps in all")
    two = replace(facts, history=alike[:1])
    assert "In all" not in await last_answer(two, "what did i do this week")
    assert "2 sets, 13 reps in all" in await last_answer(two, "how many sets did i do this week")
    assert not Guard(two).passes("In all 3 sets in that time.")


async def test_two_sets_alike_are_two_lines_although_an_injury_was_told() -> None:
    alike = (PastSet("squat", "squat", TODAY, 8, weight_kg=60.0),)
    answer = await last_answer(replace(FACTS, history=alike), "i have a bad knee", "what did i do this week")
    assert answer.count("8 reps with 60 kg") == 2


async def test_a_rep_that_went_wrong_is_told_of() -> None:
    at_fault = await last_answer(FACTS, "what was wrong with rep 7")
    assert "Sink until your hips" in at_fault
    assert "Rep 7:" in at_fault
    assert "Rep 1:" not in await last_answer(FACTS, "what's the number one thing holding back my form")
    fine = await last_answer(FACTS, "what was wrong with rep 2")
    assert "I found no fault in that rep" in fine
    assert "Rep 2:" in fine


async def test_the_last_rep_is_no_last_time() -> None:
    assert "Rep 8:" in await last_answer(FACTS, "was my last rep ok")
    assert "Your last set of squat" in await last_answer(FACTS, "what did i squat last time")


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("https://youtu.be/abc", "can't open links"),
        ("can i log a set without video", "sets that I measured"),
        ("how much does this cost", "no money"),
        ("can my girlfriend use this too", "their own Telegram"),
        ("resend my chart", "scroll up"),
        ("i dont want to squat anymore", "Swap within the same movement"),
        ("how do i get abs", "Fat loss"),
        ("i have high blood pressure", "your doctor to say"),
        ("heart condition ok to lift?", "your doctor to say"),
        ("that was my brother not me", "tap 'Delete'"),
        ("r u recording me", "deleted when its report is sent"),
        ("show me @sara's last set", "only speak of your own sets"),
        ("change my reps to 12", "fix the count"),
    ],
)
async def test_what_is_asked_of_the_house_is_answered(asked: str, words: str) -> None:
    assert words in await last_answer(FACTS, asked)


def test_who_is_tired_of_an_exercise_is_not_in_danger() -> None:
    assert check("i dont want to squat anymore", "en") is None
    alarm = check("i dont want to be here anymore", "en")
    assert alarm is not None
    assert alarm.kind == "self_harm"


async def test_a_day_without_sets_is_said_to_have_none_although_there_is_but_one_set() -> None:
    assert "no sets from then" in await last_answer(replace(FACTS, history=()), "what did i do yesterday")


async def test_a_count_is_put_right_in_korean() -> None:
    found = COACH.correction("12개로 바꿔줘", KOREAN)
    assert found is not None
    assert found.reps == 12


def test_what_is_well_again_is_spared_no_more() -> None:
    assert aching(["my knee is sore today"]) == ("knee",)
    assert aching(["my knee is sore today", "my knee is fine now"]) == ()
    assert aching(["my knee is sore today", "forget my knee"]) == ()
    assert aching(["my knee is fine now", "my knee is sore again"]) == ("knee",)


async def test_the_next_weight_is_told_in_korean() -> None:
    facts = Facts(TODAY, replace(CLEAN, label="벤치프레스"), language="ko")
    assert "75 kg" in await last_answer(facts, "무게 올려도 돼?")


def _named(one: SetFacts | PastSet, language: Language) -> str:
    entry = find(one.exercise)
    return entry.names[language] if entry else one.label


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("scene", [name for name, facts in SCENES.items() if facts.this and facts.language == "en"])
def test_the_guard_lets_the_rules_say_what_they_say(scene: str, language: Language) -> None:
    facts, notes = SCENES[scene], [topic.text(language) for topic in topics().values()]
    assert facts.this is not None
    this = replace(facts.this, label=_named(facts.this, language), findings=())
    history = tuple(replace(past, label=_named(past, language)) for past in facts.history)
    facts = replace(facts, this=this, history=history, language=language)
    judge = guard_for_rules(facts, notes)
    said = {sentence for tell in ABOUT_THE_SET.values() for sentence in tell(facts, this)}
    assert [sentence for sentence in sorted(said) if not judge.passes(sentence)] == []


@pytest.mark.parametrize(
    ("question", "scene", "held"),
    [
        ("how much should i lift", "none", "Start with a weight"),
        ("how deep should i squat", "none", "For more depth"),
        ("what should i train today", "squat", "three full-body days"),
        ("should i train when sick", "squat", "With a fever"),
        ("do u record my voice", "none", "I hear nothing"),
        ("it wasnt squat", "squat", "I recognised it as squat"),
        ("convert to pounds", "squat", "132.3 lb"),
    ],
)
async def test_what_a_new_user_asks_is_answered(question: str, scene: str, held: str) -> None:
    assert held in await last_answer(SCENES[scene], question)


def test_bare_korean_letters_are_korean() -> None:
    assert is_korean("ㄱㅅ")
    assert is_korean("ㅋㅋ")
    assert not is_korean("lol")
