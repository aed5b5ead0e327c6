"""Two exercises without rest between are two sets, each with its own number and its own doubt."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.motion.count import CountedSet
from pipeline.motion.exercise_changes import split_by_exercise
from pipeline.motion.recognize import WindowScores
from pipeline.values import UNKNOWN, Array

CLASSES = ("push_up", "back_squat", "bodyweight_squat", "rest", UNKNOWN)
EDGES_S = 2.0 * np.arange(21.0)  # twenty repetitions of 2 s


def scored(*names: str) -> WindowScores:
    """A window a second, in turn of these looks, each as long."""
    each = int(EDGES_S[-1]) // len(names)
    rows = [[0.96 if one == name else 0.01 for one in CLASSES] for name in names for _ in range(each)]
    return WindowScores(np.arange(len(rows), dtype=np.float64), CLASSES, np.array(rows))


def numbers(parts: tuple[CountedSet, ...]) -> list[int]:
    return [part.reps for part in parts]


def test_a_set_is_cut_where_its_exercise_changes() -> None:
    whole = CountedSet((EDGES_S,), 0.9, None)
    before, after = split_by_exercise(whole, scored("push_up", "bodyweight_squat"))
    assert (before.span_s, after.span_s) == ((0.0, 20.0), (20.0, 40.0))


@pytest.mark.parametrize("names", [("push_up",), ("back_squat", "bodyweight_squat")])
def test_one_exercise_stays_one_set_whatever_the_bar_is(names: tuple[str, ...]) -> None:
    assert numbers(split_by_exercise(CountedSet((EDGES_S,), 0.9, None), scored(*names))) == [20]


def test_few_repetitions_or_seconds_are_no_set_of_their_own() -> None:
    quick = CountedSet((EDGES_S[:4] / 2,), 0.9, None)
    assert numbers(split_by_exercise(quick, scored("push_up", "bodyweight_squat"))) == [3]


def test_one_repetition_before_a_pause_is_no_set_of_its_own() -> None:
    runs: tuple[Array, ...] = (np.array([0.0, 8.0]), 12.0 + EDGES_S[:8] * 2)
    assert numbers(split_by_exercise(CountedSet(runs, 0.9, None), scored("push_up", *["bodyweight_squat"] * 3))) == [8]


def test_runs_stay_whole_on_their_side() -> None:
    runs: tuple[Array, ...] = (EDGES_S[:6], EDGES_S[7:11], EDGES_S[10:])
    before, after = split_by_exercise(CountedSet(runs, 0.9, None), scored("push_up", "bodyweight_squat"))
    assert [len(run) - 1 for run in before.runs] == [5, 3]
    assert [len(run) - 1 for run in after.runs] == [10]


@pytest.mark.parametrize(("of_whole", "of_each"), [(None, None), (19, 9), (21, 11), (0, 0)])
def test_what_else_the_number_may_be_is_told_of_each_set_s_own(of_whole: int | None, of_each: int | None) -> None:
    parts = split_by_exercise(CountedSet((EDGES_S,), 0.4, of_whole), scored("push_up", "bodyweight_squat"))
    assert [part.runner_up for part in parts] == [of_each, of_each]
