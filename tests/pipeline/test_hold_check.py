"""A name that is a hold is asked about where the body moves, and kept where it does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import pipeline.recognize
from pipeline.catalogue import exercises
from pipeline.learn.simulate.track import textbook
from pipeline.recognize.hold_check import ask_if_not_held
from pipeline.values import UNKNOWN, Candidate, Recognition
from tests.pipeline.stick_figures import held

SQUATS = textbook(exercises()["squat"], duration_s=10.0, rep_s=2.5)
PLANK = Recognition("side_plank", 0.97, (Candidate("plank", 0.02), Candidate("superman", 0.01)))


def test_a_hold_of_a_body_that_moves_is_asked_about_first() -> None:
    asked = ask_if_not_held(PLANK, SQUATS)
    assert asked.name == UNKNOWN
    assert [one.name for one in asked.alternatives] == ["side_plank", "plank", "superman"]


def test_a_hold_that_is_held_keeps_its_name() -> None:
    assert ask_if_not_held(PLANK, held("side_plank", 8.0)) is PLANK


def test_repetitions_keep_their_name() -> None:
    squats = Recognition("squat", 0.98)
    assert ask_if_not_held(squats, SQUATS) is squats


@pytest.mark.parametrize(("held_s", "moving_s"), [(7.0, 10.0), (3.8, 2.5)])
def test_a_long_hold_or_one_of_most_of_the_time_keeps_its_name_though_else_is_filmed(
    held_s: float, moving_s: float
) -> None:
    still, moves = held("plank", held_s), textbook(exercises()["squat"], duration_s=moving_s, rep_s=2.5)
    both = replace(
        still,
        times_s=np.concatenate([still.times_s, still.times_s[-1] + 1 / 30 + moves.times_s]),
        image_px=np.concatenate([still.image_px, moves.image_px]),
        world_m=np.concatenate([still.world_m, moves.world_m]),
        visibility=np.concatenate([still.visibility, moves.visibility]),
    )
    assert ask_if_not_held(PLANK, both) is PLANK


def test_what_is_recognised_is_held_against_the_track(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.recognize, "decide", lambda *_: PLANK)
    assert pipeline.recognize.recognize(SQUATS).name == UNKNOWN
    assert pipeline.recognize.recognize(held("side_plank", 8.0)) is PLANK
