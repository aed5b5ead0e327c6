"""What to do next time rests on the set, on what is stored, and on the weight that somebody has in mind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Facts
from bot.coach.hearing.wanted_load import wanted_load_kg
from tests.coach.conversation import last_answer

CLEAN, GRIND, SQUAT = (SCENES[name] for name in ("clean", "grind", "squat"))
UNWEIGHED = replace(CLEAN, this=replace(CLEAN.this, weight_kg=None))  # type: ignore[type-var]
ACHING = ("my shoulder hurts", "should i drop to 65")


@pytest.mark.parametrize(
    ("facts", "messages", "held"),
    [
        (SQUAT, ("should i drop to 50",), "Going from 60 kg down to 50 kg is a good way to clean this up"),
        (SQUAT, ("should i go to 65 next time",), "65 kg is not for next time yet."),
        (GRIND, ("should i drop to 65",), "down to 65 kg fits what I saw: the last ones already slowed"),
        (CLEAN, ("should i drop to 65",), "Nothing I measured says you need less than 72.5 kg"),
        (CLEAN, ("should i try 75",), "From 72.5 kg to 75 kg is a small step."),
        (CLEAN, ("can i go to 85 next time",), "more than one small step at once"),
        (CLEAN, ACHING, "down to 65 kg is the careful way"),
        (CLEAN, ("what should i squat next time",), "7 reps with 57.5 kg. I can't see how many good reps you had left"),
        (CLEAN, ("my knee hurts", "what should i squat next time"), "Go easy on the squat, which loads your knee"),
        (CLEAN, ("should i drop to 65 kg",), "Nothing I measured says you need less than 72.5 kg"),
        (UNWEIGHED, ("what should I do next time, thinking of 60 kg",), "I don't know the weight of this set"),
        (SCENES["plank"], ("what next",), "You held the plank for 62 s. Next time hold a few seconds longer"),
        (SCENES["squat_ko"], ("지난번이랑 비교해 줘", "50키로로 내릴까요"), "60 kg에서 50 kg로 낮추면"),
        (SCENES["squat_ko"], ("50키로로 낮출까요",), "60 kg에서 50 kg로 낮추면"),
    ],
)  # fmt: skip
async def test_the_next_load_is_held_against_what_was_seen(facts: Facts, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(facts, *messages)


@pytest.mark.parametrize(
    ("text", "wanted_kg"),
    [("from 50 to 45", 45.0), ("5 reps at 55 kg", 55.0), ("8 more reps", None), ("100 lbs", 45.4), ("500", None)],
)
def test_the_weight_in_mind_is_read(text: str, wanted_kg: float | None) -> None:
    read = wanted_load_kg(text, 50.0, "kg")
    assert read == (None if wanted_kg is None else pytest.approx(wanted_kg, abs=0.1))
