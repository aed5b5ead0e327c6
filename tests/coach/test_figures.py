"""Figures that are asked for in few words: a measure, and of which repetitions or sets."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from tests.coach.conversation import last_answer


@pytest.mark.parametrize(
    ("scene", "messages", "held"),
    [
        ("session", ("total reps?",), "In all you did 24 reps of bench press today."),
        ("day", ("total reps?",), "That is 5 sets; I don't add one exercise to another."),
        ("squat", ("total reps?",), "I counted 8 complete reps of squat."),
        ("session", ("load x reps for all three",), "Set 1: 10 reps with 70 kg. Set 2: 8 reps"),
        ("session", ("load for each set",), "Set 1: 10 reps with 70 kg. Set 2: 8 reps"),
        (
            "session",
            ("est 1rm off this", "off set 2 instead"),
            "Estimated one-rep maximum, set 2: 91.8 kg. It holds for a set near failure",
        ),
        ("squat", ("mean concentric per rep",), "Lifting time, this set: 1.3 s on average over 8 reps."),
        ("squat", ("last 3 reps ecc",), "Lowering time, reps 6, 7 and 8: 2.0 s (rep 6); 1.9 s (rep 7); 1.8 s (rep 8)."),
        ("squat", ("rep 4 ecc/con",), "Lowering time, rep 4: 2.1 s. Lifting time, rep 4: 1.2 s."),
        ("squat", ("rom first to last",), "Range: 88° (rep 8), 98° (rep 1). That is 10° less."),
        ("squat_ko", ("반복별 내리는 시간",), "내리는 시간(이번 세트): 1번째"),
        ("log", ("rom each rep",), "A sensor only shows how it moves itself"),
    ],
)
async def test_a_figure_is_told_of_what_it_was_asked_of(scene: str, messages: tuple[str, ...], held: str) -> None:
    assert held in await last_answer(SCENES[scene], *messages)


@pytest.mark.parametrize("text", ["concentric per rep and is my back safe", "rom like my brother", "tempo per set"])
async def test_where_more_is_said_it_is_no_such_message(text: str) -> None:
    said = await last_answer(SCENES["session"], text)
    assert "on rep 1," not in said
    assert "Set 1:" not in said
