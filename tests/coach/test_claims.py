"""A number that somebody wants confirmed is agreed to or not, whatever it is of."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES, SQUAT
from bot.coach.facts import past_set
from bot.coach.hearing.claims import claim_in, difference_in
from bot.coach.hearing.pointing import NOTHING_SPOKEN
from pipeline.values import Caveat, Doubt
from tests.coach.conversation import COACH, last_answer


@pytest.mark.parametrize(
    ("scene", "text", "held"),
    [
        ("session", "my first set was 70 for 10 right?", "Yes. Set 1: 10 reps with 70 kg."),
        ("session", "first set was 9, wasn't it", "No. Set 1: 10 reps with 70 kg."),
        ("squat", "last week i had 7 on tuesday, correct?", "Yes. Squat, March 3, 2026: 7 reps with 57.5 kg."),
        ("squat", "rep 8 took 1.8 seconds, right?", "Rep 8: 1.8 s down, 1.8 s up."),  # of one phase, not in all
        ("squat", "the last rep was 80 degrees, right", "No. Rep 8"),
        ("squat", "bench was 70 for 6, right?", "Yes. Bench press, March 5, 2026: 6 reps with 70 kg."),
        ("squat_ko", "마지막거 1.8초 걸린거 맞죠", "8번째 반복은"),
        ("squat", "it was 57.5 last time, wasn't it?", "Yes. Squat, March 3, 2026: 7 reps with 57.5 kg."),
        ("squat", "it was 62 last time, wasn't it?", "No. Squat, March 3, 2026: 7 reps with 57.5 kg."),
        ("session", "i'm cooked. first set was 10 right", "Yes. Set 1: 10 reps"),
        ("squat", "i counted ten. you say eight", "I counted 8 complete reps"),
        ("squat", "that was 12, wasn't it", "No. I counted 8 complete reps"),
    ],
)
async def test_it_is_held_against_what_it_is_of(scene: str, text: str, held: str) -> None:
    assert (await last_answer(SCENES[scene], text)).startswith(held)


@pytest.mark.parametrize(
    "text", ["i'm 35, right?", "12 is enough right?", "so i should do 12 right", "nice set, right?"]
)
def test_a_number_of_something_else_is_no_claim(text: str) -> None:
    assert claim_in(COACH._listener.understand(text), SCENES["squat"]) is None


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("session", ("first set had 10, right?", "so 4 less"), "Yes. Reps: 6 reps (this set), 10 reps"),
        ("squat", ("so two more than last time",), "No. Reps: 8 reps (this set), 7 reps (March 3, 2026)."),
        ("session", ("so 10 kg more than the first set",), "No. Weight: "),
    ],
)
async def test_a_difference_that_is_taken_for_granted_is_held_against_both(
    scene: str, messages: tuple[str, ...], held: str
) -> None:
    assert (await last_answer(SCENES[scene], *messages)).startswith(held)


@pytest.mark.parametrize("text", ["10 more", "i lost 3 kg", "2 kg 빠졌어요", "5 more reps next time?", "so 3 sets"])
def test_a_plan_or_a_bodyweight_is_no_difference(text: str) -> None:
    assert difference_in(COACH._listener.understand(text), SCENES["squat"], NOTHING_SPOKEN) is None


async def test_no_word_is_said_on_a_count_that_is_not_sure() -> None:
    torn = replace(SQUAT, caveats=(Caveat(Doubt.COUNT_UNSURE, {"runner_up": 9}),))
    facts = replace(SCENES["squat"], this=torn, history=(replace(past_set(SQUAT), rep_count=5),))
    assert (await last_answer(facts, "second set was 8, right?")).startswith("Set 2: 8 reps")


def test_a_long_message_costs_no_time() -> None:
    start = time.perf_counter()
    for text in ("first set 8 " * 340, "12 right " * 450, "a, " * 1300, "3번 " * 1300):
        claim_in(replace(COACH._listener.understand("was it 8?"), text=text), SCENES["squat"])
        claim_in(replace(COACH._listener.understand("was it 8?"), text=text[:100]), SCENES["squat"])
        difference_in(
            replace(COACH._listener.understand("was it 8?"), text=text[:100]), SCENES["squat"], NOTHING_SPOKEN
        )
    assert time.perf_counter() - start < 0.5
