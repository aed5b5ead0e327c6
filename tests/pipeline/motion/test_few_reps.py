"""What is told of a run of few repetitions, by what the recogniser sees of it and how the others lie."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.motion.few_reps import RULES, RunFacts, are_sets
from pipeline.motion.recognize import WindowScores
from pipeline.recognize import NO_EXERCISE
from pipeline.values import UNKNOWN, Recognition

SECONDS = np.arange(2.5, 400.0)


def run(start_s: float, reps: int, name: str) -> RunFacts:
    return RunFacts((start_s, start_s + 3.0 * reps), reps, Recognition(name, 0.0 if name == UNKNOWN else 0.9))


def resting(*trained_s: tuple[float, float]) -> WindowScores:
    """Rest but for these spans."""
    work = np.any([(start <= SECONDS) & (end >= SECONDS) for start, end in trained_s], axis=0)
    probability = np.column_stack([np.where(work, 0.98, 0.005), np.where(work, 0.01, 0.99), np.full(len(work), 0.005)])
    return WindowScores(SECONDS, ("squat", "rest", UNKNOWN), probability / probability.sum(axis=1, keepdims=True))


LONG_RESTS = (run(20, 8, "squat"), run(120, 8, "squat"), run(220, 8, "squat"))
SHORT_RESTS = (run(20, 8, "squat"), run(55, 8, "squat"), run(90, 8, "squat"))


def is_told(one: RunFacts, others: Sequence[RunFacts]) -> bool:
    scores = resting(*(other.span_s for other in others))
    *firm, last = are_sets([*others, one], scores)
    assert all(firm)
    return last


@pytest.mark.parametrize("reps", [1, 3])
def test_few_that_look_like_rest_are_a_set_only_where_sets_follow_one_another_closely(reps: int) -> None:
    beside = run(90 + 24 + 5, reps, NO_EXERCISE)
    assert is_told(beside, SHORT_RESTS)
    assert not is_told(run(220 + 24 + 5, reps, NO_EXERCISE), LONG_RESTS)
    assert not is_told(run(350, reps, NO_EXERCISE), SHORT_RESTS)


def test_more_of_what_looks_like_rest_are_an_exercise_without_a_name() -> None:
    assert is_told(run(300, RULES.reps + 1, NO_EXERCISE), LONG_RESTS)


def test_one_without_a_name_amid_rest_is_none_where_rests_are_long() -> None:
    assert not is_told(run(300, 1, UNKNOWN), LONG_RESTS)
    assert is_told(run(300, 1, UNKNOWN), SHORT_RESTS)
    assert is_told(run(300, 2, UNKNOWN), LONG_RESTS)
    assert is_told(run(300, 1, "squat"), LONG_RESTS)


def test_short_sets_do_not_tell_how_long_rests_are() -> None:
    short = tuple(run(start_s, RULES.reps, "squat") for start_s in (20, 120, 220))
    assert is_told(run(300, 1, UNKNOWN), short)


def test_one_without_a_name_amid_work_is_told() -> None:
    scores = resting(*(one.span_s for one in LONG_RESTS), (290.0, 320.0))
    assert are_sets([*LONG_RESTS, run(300, 1, UNKNOWN)], scores)[-1]


def test_a_log_without_windows_keeps_what_has_a_name() -> None:
    none = WindowScores(np.empty(0), ("squat", "rest", UNKNOWN), np.empty((0, 3)))
    assert are_sets([run(0, 1, "squat"), run(0, 1, UNKNOWN)], none) == [True, True]
