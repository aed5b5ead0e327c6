"""The choice among counts is judged on sources that taught it nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.learn.counter import choice
from pipeline.learn.counter.choice import Example, Weights, answered, left_out


def example(source: str, count: int) -> Example:
    """A clip with one candidate of so many repetitions."""
    return Example(np.array([count]), np.ones((1, 1)), np.zeros(1), frozenset({count}), source)


def test_a_source_is_answered_by_who_was_taught_by_the_others_and_by_simulation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taught_by: list[set[str]] = []

    def fitted(examples: Sequence[Example]) -> Weights:
        taught_by.append({one.source for one in examples})
        return Weights(np.array([float(len(taught_by))]), np.zeros(1))

    monkeypatch.setattr(choice, "fitted", fitted)
    shown = [example(source, number) for number, source in enumerate(("a", "b", "a", "c", "simulated"), start=1)]
    assert left_out(shown, [["a"], ["b", "c"]]) == [1, 2, 3, 4, -1]
    assert taught_by == [{"b", "c", "simulated"}, {"a", "simulated"}]


def test_the_count_is_answered_for_which_most_speaks_together() -> None:
    candidates = Example(np.array([8, 9, 9]), np.array([[1.0], [0.6], [0.6]]), np.ones(1), frozenset({9}), "a")
    assert answered(candidates, Weights(np.ones(1), np.zeros(1))) == 9
    assert answered(candidates, Weights(np.ones(1), np.full(1, 3.0))) == 0
