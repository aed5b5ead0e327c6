"""Of a set whose times are not sure the coach tells them as rough, in every answer that tells one; it judges none."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from bot.coach import Coach, Facts
from bot.coach.evaluation.scenes import GRIND, HISTORY, LOPSIDED, SQUAT, TODAY, TODAYS
from bot.coach.facts import FactsOptions, set_facts
from bot.coach.facts.comparing import was_a_grind
from bot.coach.guard.guard import Guard
from bot.coach.model.prompt import facts_text
from bot.coach.model.scripted import ScriptedModel
from pipeline.values import Caveat, Doubt
from tests.coach.conversation import last_answer
from tests.pipeline.reports import FIVE_SQUATS

DONE_ON = date(2026, 3, 10)
ROUGH = Caveat(Doubt.TIMES_UNSURE)
SURE = Facts(this=set_facts(FIVE_SQUATS, DONE_ON, FactsOptions("squat")), today=DONE_ON, language="en")
UNSURE = set_facts(replace(FIVE_SQUATS, caveats=(ROUGH,)), DONE_ON, FactsOptions("squat"))
ENGLISH = replace(SURE, this=UNSURE)
KOREAN = replace(SURE, this=replace(UNSURE, label="스쿼트"), language="ko")
SLOWING = replace(SQUAT, caveats=(ROUGH,))  # from 1.0 to 1.8 s of lifting: more than rough times hide
THEN = HISTORY[1]  # a squat
SAID = "times are rough"


@pytest.mark.parametrize(
    "asked",
    [
        "what was my tempo?",
        "how long was the lowering?",
        "how long did i pause at the bottom?",
        "did i slow down?",
        "how long was rep 3?",
        "how were rep 2 and rep 4?",
        "was rep 1 slower than rep 5?",
        "time under tension?",
        "which rep was the slowest?",
        "how much speed did i lose?",
        "how was my set?",
    ],
)
async def test_a_time_is_told_as_rough_where_it_is_and_that_once(asked: str) -> None:
    answer = await last_answer(replace(ENGLISH, this=SLOWING), asked)
    assert answer.count(SAID) == 1
    assert SAID not in await last_answer(replace(ENGLISH, this=replace(SLOWING, caveats=())), asked)


async def test_it_is_said_behind_all_the_times_it_is_true_of() -> None:
    answer = await last_answer(ENGLISH, "how were rep 2 and rep 4?")
    assert answer.index("Rep 4:") < answer.index(SAID)


@pytest.mark.parametrize("asked", ["how deep was i?", "how many reps?", "what was the range of my deepest rep?"])
async def test_where_no_time_is_told_none_is_called_rough(asked: str) -> None:
    assert SAID not in await last_answer(replace(ENGLISH, this=SLOWING), asked)


@pytest.mark.parametrize("asked", ["템포가 어땠어?", "3번째 반복은 몇 초였어?", "긴장 시간은?", "느려졌어?"])
async def test_in_korean_too(asked: str) -> None:
    assert (await last_answer(KOREAN, asked)).count("시간이 대략적이에요") == 1


async def test_the_speed_of_a_joint_is_as_rough_as_its_times() -> None:
    assert SAID in await last_answer(replace(ENGLISH, this=replace(LOPSIDED, caveats=(ROUGH,))), "how fast was i?")


async def test_a_rough_tempo_is_not_held_against_the_usual_one() -> None:
    sure, rough = [await last_answer(facts, "what was my tempo?") for facts in (SURE, ENGLISH)]
    assert len(rough.split(". ")) <= len(sure.split(". "))
    assert "usual" not in rough


async def test_small_differences_of_rough_times_are_no_differences() -> None:
    lifting_s = [1.0, 1.1, 1.2, 1.3, 1.3]
    reps = [replace(rep, concentric_s=one_s) for rep, one_s in zip(SQUAT.reps, lifting_s, strict=False)]
    sure = replace(SQUAT, reps=tuple(reps), caveats=())
    rough = replace(sure, caveats=(ROUGH,))
    assert "You slowed down" in await last_answer(replace(SURE, this=sure), "did i slow down?")
    answer = await last_answer(replace(SURE, this=rough), "did i slow down?")
    assert "can't tell for sure whether your pace changed" in answer
    assert "slowest" not in answer
    for claimed in ("You slowed down on the last rep.", "You kept a steady pace.", "You didn't slow down."):
        assert not Guard(replace(SURE, this=rough)).passes(claimed)
    assert "alike" in await last_answer(replace(SURE, this=rough), "was rep 1 slower than rep 4?")


def test_no_set_is_called_a_grind_by_rough_times() -> None:
    assert was_a_grind(GRIND)
    assert not was_a_grind(replace(GRIND, caveats=(ROUGH,)))


@pytest.mark.parametrize(
    ("now", "before", "said"), [(False, True, "so its times are rough"), (True, False, "so times are rough")]
)
async def test_a_tempo_against_last_time_is_as_rough_as_either(now: bool, before: bool, said: str) -> None:
    slow = replace(THEN, tempo=SQUAT.tempo and replace(SQUAT.tempo, eccentric_s=1.2), rough_times=before)
    this = replace(SQUAT, caveats=(ROUGH,) if now else (), weight_kg=None)
    facts = Facts(TODAY, this, (slow,))
    answer = await last_answer(facts, "was that slower than last time?")
    assert "about 2 s (this set), about 1 s (March 3, 2026). That is about 1 s slower." in answer
    assert said in answer
    assert "rough" not in await last_answer(
        replace(facts, this=replace(this, caveats=()), history=(replace(slow, rough_times=False),)), "compare that"
    )


async def test_another_set_of_the_day_has_its_own_doubt() -> None:
    earlier = replace(TODAYS[1], rough_times=True)
    facts = Facts(TODAY, replace(SURE.this or SQUAT, exercise="bench_press", label="bench press"), (earlier,))
    answer = await last_answer(facts, "how was the first set?")
    assert "Set 1 went about 1.5 s down" in answer
    assert "its times are rough" in answer


def test_a_model_reads_that_times_are_rough_beside_the_times() -> None:
    told = facts_text(replace(ENGLISH, this=SLOWING))
    assert "2.1 s down" in told
    assert told.count(SAID) == 1
    assert SAID not in facts_text(SURE)


@pytest.mark.parametrize(
    ("model", "doubts"),
    [
        ("Your lowering took 2.1 s in a typical rep.", 1),
        ("Sink until your hips reach knee height.", 0),
        ("I couldn't tell well when each rep begins and ends, so times are rough.", 1),
    ],
)
async def test_what_a_model_tells_of_times_is_called_rough(model: str, doubts: int) -> None:
    coach = Coach(ScriptedModel([model]))
    facts = replace(ENGLISH, this=SLOWING)
    said = [one async for one in coach.answer("what should i fix?", facts)]
    assert model in [one.text for one in said if one.voice == "model"]
    assert len(re.findall(SAID, " ".join(one.text for one in said))) == doubts


async def test_rough_times_are_told_to_half_a_second() -> None:
    rough = await last_answer(replace(ENGLISH, this=SLOWING), "did i slow down?")
    assert "about 1 s on the first rep and about 2 s on the last" in rough
    assert not re.search(r"\d\.[1-46-9] s", rough)
    assert "1.8 s on the last" in await last_answer(
        replace(ENGLISH, this=replace(SLOWING, caveats=())), "did i slow down?"
    )
