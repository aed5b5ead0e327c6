"""Movements that the naming networks were not taught are asked about, and what these name stays as it is."""

from __future__ import annotations

import numpy as np
import pytest

import pipeline.recognize
from pipeline.catalogue import exercises
from pipeline.learn.simulate.track import textbook
from pipeline.recognize import recognize
from pipeline.recognize.extra_movements import ask_if_suspected, extra_movements
from pipeline.recognize.network import network
from pipeline.values import UNKNOWN, Candidate, Recognition

CRUNCH = Recognition("crunch", 0.97, (Candidate("sit_up", 0.02), Candidate("leg_raise", 0.01)))
DEAD_BUG = Candidate("dead_bug", 0.9)


def test_it_knows_the_names_of_the_networks_in_their_order_and_behind_them_those_that_stand_aside() -> None:
    names = extra_movements().names
    assert names[: len(network().names)] == network().names
    assert set(names[len(network().names) :]) <= {name for name, entry in exercises().items() if entry.aside}
    assert not any(exercises()[name].aside for name in network().names[:-1])


def test_what_is_suspected_is_asked_about_first_and_what_was_named_next() -> None:
    asked = ask_if_suspected(CRUNCH, DEAD_BUG)
    assert (asked.name, asked.confidence) == (UNKNOWN, 0.9)
    assert [one.name for one in asked.alternatives] == ["dead_bug", "crunch", "sit_up"]


def test_of_what_is_unknown_anyhow_the_suspected_is_asked_about_first() -> None:
    unsure = Recognition(UNKNOWN, 0.4, (Candidate("crunch", 0.4), Candidate("sit_up", 0.2), Candidate("plank", 0.1)))
    assert [one.name for one in ask_if_suspected(unsure, DEAD_BUG).alternatives] == ["dead_bug", "crunch", "sit_up"]


def test_nothing_suspected_changes_nothing_and_who_does_nothing_is_not_asked() -> None:
    idle = Recognition("no_exercise", 0.99)
    assert ask_if_suspected(CRUNCH, None) is CRUNCH
    assert ask_if_suspected(idle, DEAD_BUG) is idle


@pytest.mark.parametrize("name", ["dead_bug", "bird_dog", "arm_circles"])
def test_a_movement_that_stands_aside_is_asked_about_and_named_as_nothing_else(name: str) -> None:
    seen = recognize(textbook(exercises()[name], duration_s=10.0, rep_s=2.5, yaw_deg=60.0))
    assert not seen.known
    assert seen.alternatives[0].name == name


@pytest.mark.parametrize("name", ["crunch", "squat", "push_up", "jumping_jack", "lunge"])
def test_of_what_the_networks_know_nothing_else_is_suspected(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    track = textbook(exercises()[name], duration_s=10.0, rep_s=2.5, yaw_deg=60.0)
    with_it = recognize(track)
    monkeypatch.setattr(pipeline.recognize, "ask_if_suspected", lambda recognition, _: recognition)
    assert recognize(track) == with_it


def test_windows_in_which_something_is_not_known_suspect_nothing() -> None:
    inputs = extra_movements().session.get_inputs()[0].shape[1]
    assert extra_movements().suspected(np.full((3, inputs), np.nan, dtype=np.float32)) is None
