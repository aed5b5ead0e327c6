"""No unsupported number, no unfounded more or less is ever shown; what is true gets through."""

from __future__ import annotations

import random
import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from bot.coach.evaluation.asked import read_lines
from bot.coach.evaluation.liar import lying_turn
from bot.coach.evaluation.measure import lies
from bot.coach.evaluation.scenes import SCENES, SHALLOW
from bot.coach.evaluation.scenes import SQUAT as SQUAT_SET
from bot.coach.facts import Facts, SetFacts
from bot.coach.guard.guard import guard_for_model, guard_for_rules
from bot.coach.telling.form import fix
from bot.coach.telling.next_time import next_load

SQUAT = SCENES["squat"]
TURNS = 150
TOPIC = "Lower under control for 2 to 4 seconds. Rest 2 to 3 minutes."
JUDGE = guard_for_model(SQUAT, [], [TOPIC])


@pytest.mark.parametrize("sentence", read_lines("true_sentences.txt"))
def test_what_the_facts_bear_out_is_shown(sentence: str) -> None:
    assert JUDGE.objection(sentence) is None


@pytest.mark.parametrize("sentence", read_lines("false_sentences.txt"))
def test_what_the_facts_do_not_bear_out_is_not_shown(sentence: str) -> None:
    assert not JUDGE.passes(sentence)


@pytest.mark.slow
async def test_of_many_lying_turns_no_lie_is_shown() -> None:
    found = await lies(TURNS)
    assert found.told > 2 * TURNS
    assert found.shown == 0


@pytest.mark.parametrize("scene", ["plank", "curl", "none"])
async def test_lies_about_a_squat_are_lies_in_other_scenes_too(scene: str) -> None:
    rng = random.Random(7)
    judge = guard_for_model(SCENES[scene], [], [])
    numbers = [lie for _ in range(200) for lie in lying_turn(rng, SQUAT)[1] if any(letter.isdigit() for letter in lie)]
    supported_by_chance = {"You did 12 sets."}
    passed = {lie for lie in numbers if judge.passes(lie)} - supported_by_chance
    assert len(passed) <= len(numbers) // 100, passed


def test_numbers_of_the_notes_are_for_advice_only() -> None:
    assert JUDGE.passes("Lower for 2 to 4 seconds.")
    assert not JUDGE.passes("You lowered for 4 seconds.")
    assert not JUDGE.passes("Your lowering was 2 to 4 seconds.")


def test_babble_is_not_shown() -> None:
    assert [JUDGE.objection(text) for text in ("ʶ'SUgUUUUUISPR!", "Xq zzt the vvk wob.")] == ["words", "words"]


def test_a_sentence_of_the_rules_may_be_said_word_for_word() -> None:
    judge = guard_for_model(SQUAT, ["Anything from 0.5 to 8 seconds a rep grows muscle alike."], [])
    assert judge.passes("Anything from 0.5 to 8 seconds a rep grows muscle alike.")
    assert not judge.passes("Anything from 0.5 to 9 seconds a rep grows muscle alike.")


def _catalogue_cues() -> list[str]:
    rules = tomllib.loads(files("pipeline.catalogue").joinpath("rules.toml").read_text(encoding="utf-8"))
    return sorted(rule["cue"] for rule in rules.values())


@pytest.mark.parametrize("cue", _catalogue_cues())
def test_every_cue_of_the_catalogue_is_told(cue: str) -> None:
    facts = replace(SQUAT, this=replace(SQUAT_SET, findings=(replace(SHALLOW, cue=cue),)))
    judge = guard_for_rules(facts, [])
    said = [*fix(facts, _set_of(facts)), *next_load(facts, _set_of(facts)), cue]
    assert {sentence: judge.objection(sentence) for sentence in said} == dict.fromkeys(said)


def _set_of(facts: Facts) -> SetFacts:
    assert facts.this is not None
    return facts.this
