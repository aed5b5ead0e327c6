"""Two repetitions held against each other: read from the question, told from the facts, held to them by the guard."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import LOWERING_S, SCENES, SQUAT, TODAY
from bot.coach.facts import Facts, FactsOptions, set_facts
from bot.coach.guard.guard import guard_for_model, guard_for_rules
from bot.coach.hearing.intents import Listener
from bot.coach.hearing.numbered import rep_numbers
from bot.coach.reply import reply
from bot.coach.talk import Talk
from pipeline.catalogue import exercises
from pipeline.report import from_json, to_json
from pipeline.values import Caveat, Doubt
from tests.pipeline.reports import FIVE_SQUATS

LISTENER = Listener(exercises().values())


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("was my third rep slower than the first", (3, 1)),
        ("was rep 8 slower than rep 2", (8, 2)),
        ("compare reps 2 and 7", (2, 7)),
        ("was the first deeper than the eighth", (1, 8)),
        ("rep 3 vs the last one", (3, -1)),
        ("was the first one slower than the last", (1, -1)),
        ("세 번째가 첫 번째보다 느렸어?", (3, 1)),
        ("difference between 1 and 3", (1, 3)),
        ("what's the diff between #2 and #5?", (2, 5)),
        ("compare 1 to 3 please", (1, 3)),
        ("1번이랑 3번 차이가 뭐야", (1, 3)),
        ("1번 3번 비교해줘", (1, 3)),
        ("difference between 1 kg and 3 kg", ()),
        ("difference between 1rm and 3rm", ()),
        ("difference between 1 and 3 sets", ()),
        ("difference between set 1 and 3", ()),
        ("compare 5 and 10 kg", ()),
        ("1세트랑 3세트 차이", ()),
        ("was rep 2 better than last time", (2,)),
        ("is rep 3 with 60 kg ok", (3,)),
        ("is the first set better than the second", ()),
    ],
)
def test_the_repetitions_named_are_read(text: str, numbers: tuple[int, ...]) -> None:
    assert rep_numbers(text) == numbers


@pytest.mark.parametrize(
    ("scene", "question", "held"),
    [
        ("squat", "was rep 8 slower than rep 2", "Rep 8 was slower than rep 2: lifting took 1.8 s on rep 8 and 1.0 s"),
        ("squat", "was my third rep slower than the first", "Rep 3 and rep 1 were alike"),
        ("squat", "was the second rep lowered slower than the seventh", "lowering took 2.3 s on rep 2 and 1.9 s"),
        ("squat", "was the first deeper than the eighth", "Rep 1 was deeper than rep 8: the range was 98°"),
        ("squat", "did rep 8 take longer than rep 2", "Rep 8 was longer than rep 2: it lasted"),
        ("squat", "compare reps 2 and 7", "The range of rep 2 was 97°."),
        ("squat", "was rep 2 better than the last one", "Rep 2 was faster than rep 8"),
        ("round", "was number 6 harder than number 10", "Number 6 was harder than number 10: a peak of 9.2 g"),
        ("squat_ko", "여덟 번째가 두 번째보다 느렸어?", "8번째 반복이 2번째보다 느렸어요"),
    ],
)
def test_they_are_held_against_each_other(scene: str, question: str, held: str) -> None:
    answer = reply(LISTENER, question, SCENES[scene])
    judge = guard_for_rules(SCENES[scene], answer.known_texts("en"))
    assert held in " ".join(answer.sentences)
    assert {one: judge.objection(one) for one in answer.sentences} == dict.fromkeys(answer.sentences)


@pytest.mark.parametrize(
    "lie",
    [
        "Rep 2 was slower than rep 8.",
        "Rep 8 was faster than rep 2: lifting took 1.8 s on rep 8 and 1.0 s on rep 2.",
        "Rep 8 was slower than rep 2: lifting took 1.0 s on rep 8 and 1.8 s on rep 2.",
        "Rep 8 was deeper than rep 1.",
        "Rep 8 and rep 1 were alike.",
        "Rep 1 was harder than rep 8.",
    ],
)
def test_no_lie_about_a_pair_is_shown(lie: str) -> None:
    assert not guard_for_model(SCENES["squat"], (), ()).passes(lie)


def test_a_true_word_about_a_pair_is() -> None:
    assert guard_for_model(SCENES["squat"], (), ()).passes(
        "Rep 8 was slower than rep 2: lifting took 1.8 s on rep 8 and 1.0 s on rep 2."
    )


@pytest.mark.parametrize(
    "caveat", [Caveat(Doubt.VIEW_HIDES_RANGE, {"view": "front"}), Caveat(Doubt.BENT_TOO_FAR, {"joint": "elbow"})]
)
@pytest.mark.parametrize(
    "question", ["how deep was rep 2 then?", "deepest rep?", "how deep was i", "tell me about rep 2"]
)
def test_no_degrees_are_told_where_the_range_is_a_guess(question: str, caveat: Caveat) -> None:
    stored = from_json(to_json(replace(FIVE_SQUATS, caveats=(caveat,))))
    facts = Facts(TODAY, set_facts(stored, TODAY, FactsOptions("squat")))
    assert facts.this is not None
    assert math.isnan(facts.this.range_deg)
    assert "°" not in " ".join(reply(LISTENER, question, facts).sentences)


def test_degrees_are_told_where_it_does_not() -> None:
    facts = Facts(TODAY, set_facts(FIVE_SQUATS, TODAY, FactsOptions("squat")))
    assert "°" in " ".join(reply(LISTENER, "how deep was i", facts).sentences)


def test_who_asks_is_never_left_without_a_word() -> None:
    rep = replace(SQUAT.reps[0], number=12, eccentric_s=LOWERING_S[0])
    facts = Facts(TODAY, replace(SQUAT, reps=(rep,)))
    plain = replace(reply(LISTENER, "how many reps", facts), sentences=("You did 99 reps.",))
    assert Talk("how many reps", facts, (), plain).safe_sentences[0].startswith("I can't answer that one")
