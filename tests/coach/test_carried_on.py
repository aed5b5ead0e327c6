"""What was spoken of is carried on: the period, the quantity; days and months are told as they were asked for."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from tests.coach.conversation import last_answer


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("squat", ("how much volume this week", "and the week before?"), "last week: "),
        ("squat", ("how many squats this week", "more than the week before?"), "7 reps (last week)"),
        ("grind", ("whats my 1rm", "has that gone up since february"), "Estimated one-rep maximum"),
        ("squat", ("summary of february please",), "February: 3 sets on 3 days"),
        ("squat_ko", ("2월 요약",), "2월: "),
        ("squat", ("how many days since my last bench",), "March 5, 2026: 6 reps with 70 kg. That was 5 days ago."),
        ("squat", ("how many days since i started",), "In all I have"),
        ("squat", ("degrees of what?",), "Those degrees are of your knee"),
        ("pose", ("118 is which joint?",), "Your left knee is at 118°"),
        ("pose", ("how's my warrior",), "The photo shows warrior two"),
        ("plank", ("was i shaking",), "How still you were I could not measure"),
        ("pose", ("how was my squat last week",), "Squat"),
        ("round", ("how many breaks did i take",), "The longest time between two punches"),
        ("round", ("how long was my rest between the rounds",), "I don't measure the rest between sets"),
    ],
)
async def test_it_is_answered_of_what_was_spoken_of(scene: str, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES[scene], *messages)
