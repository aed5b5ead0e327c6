"""The counter's parts: turning points at every threshold, arrays of many candidates, the network in numpy."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.reps import count_reps, other_number
from pipeline.reps.batch import Windows, medians
from pipeline.reps.beat import network_outputs
from pipeline.reps.choice import count_chances, probability_near, runner_up, shipped_scorer
from pipeline.reps.cycles import _excursions, _far_from_rest_doubted
from pipeline.reps.features import CANDIDATE_FEATURES, NOTHING_FEATURES
from pipeline.reps.turning import levels, turning_points
from pipeline.values import Cycle
from tests.pipeline.stick_figures import Lift, lifted

ZIGZAG = np.interp(np.arange(61), [0, 10, 20, 30, 40, 50, 60], [0.0, 1.0, 0.1, 1.0, 0.7, 0.9, 0.0])


def test_a_threshold_finds_the_swings_at_least_that_large() -> None:
    assert turning_points(ZIGZAG, 0.5) == [0, 10, 20, 30, 60]
    assert turning_points(ZIGZAG, 0.1) == [0, 10, 20, 30, 40, 50, 60]
    assert turning_points(ZIGZAG, 2.0) == []


def test_levels_are_every_count_that_a_threshold_could_give() -> None:
    found = list(levels(ZIGZAG))
    assert [level.cycles for level in found] == [3, 2, 1, 0]
    assert all(level.kept >= level.dropped for level in found)


@given(st.lists(st.floats(-1, 1), min_size=9, max_size=80))
def test_turning_points_alternate_and_their_swings_are_large_enough(values: list[float]) -> None:
    signal = np.array(values)
    points = turning_points(signal, 0.3)
    swings = np.diff(signal[points])
    assert (np.abs(swings) >= 0.3).all()
    assert (np.sign(swings[1:]) == -np.sign(swings[:-1])).all()


@given(st.lists(st.lists(st.floats(-5, 5), min_size=1, max_size=6), min_size=1, max_size=5))
def test_medians_of_padded_rows_are_medians(rows: list[list[float]]) -> None:
    padded = np.array([row + [99.0] * (6 - len(row)) for row in rows])
    known = np.array([[True] * len(row) + [False] * (6 - len(row)) for row in rows])
    assert medians(padded, known) == pytest.approx([float(np.median(row)) for row in rows])


def test_windows_sum_both_ends_included() -> None:
    values = np.arange(10.0)
    assert Windows(values).sums(np.array([0, 3]), np.array([9, 3])).tolist() == [45.0, 3.0]


def test_the_network_adds_what_each_layer_sees_at_its_reach() -> None:
    weights = {
        "reaches": np.array([2.0]),
        "in_w": np.eye(1)[None].repeat(1, axis=0),
        "in_b": np.zeros(1),
        "a0_w": np.array([[[1.0]], [[0.0]], [[0.0]]]),  # two frames back
        "a0_b": np.zeros(1),
        "b0_w": np.array([[1.0]]),
        "b0_b": np.zeros(1),
        "out_w": np.array([[1.0, 1.0, 1.0, 1.0]]),
        "out_b": np.zeros(4),
    }
    outputs = network_outputs(weights, np.array([[1.0], [0.0], [0.0], [0.0]]))
    assert outputs[:, 0] == pytest.approx(1 / (1 + np.exp(-np.array([1.0, 0.0, 1.0, 0.0]))))
    assert outputs[:, 3] == pytest.approx(np.log1p(np.exp([1.0, 0.0, 1.0, 0.0])))


def test_nothing_is_the_answer_where_no_candidate_is() -> None:
    assert count_chances([], np.zeros(0), -3.0) == {0: 1.0}


@pytest.mark.parametrize(("runner_up", "other"), [(2, 3), (4, 4), (None, None)])
def test_the_other_number_is_never_the_one_that_is_told(runner_up: int | None, other: int | None) -> None:
    cycles = [Cycle(n, n + 0.5, n + 1.0, complete=n < 2) for n in range(3)]
    assert other_number(runner_up, 3, cycles) == other


def test_the_shipped_weights_know_every_feature() -> None:
    scorer = shipped_scorer()
    assert scorer.candidate.shape == (len(CANDIDATE_FEATURES),)
    assert scorer.nothing.shape == (len(NOTHING_FEATURES),)


@pytest.mark.parametrize(
    ("chances", "chosen", "told"),
    [
        ({0: 0.05, 5: 0.75, 6: 0.2}, 5, 6),
        ({0: 0.05, 5: 0.85, 6: 0.1}, 5, None),
        ({0: 0.1, 7: 0.14, 8: 0.13, **dict.fromkeys(range(9, 16), 0.09)}, 7, 8),
        ({0: 0.45, **dict.fromkeys(range(1, 6), 0.11)}, 0, None),
        ({0: 1.0}, 0, None),
    ],
)
def test_a_count_that_is_one_of_many_is_told_with_another(
    chances: dict[int, float], chosen: int, told: int | None
) -> None:
    assert runner_up(chances, chosen) == told


def test_counts_within_a_tenth_of_each_other_are_about_the_same() -> None:
    chances = {0: 0.01, 9: 0.1, 13: 0.5, 14: 0.3, 16: 0.09}
    assert probability_near(chances, 13) == pytest.approx(0.8)
    assert probability_near(chances, 9) == pytest.approx(0.1)
    assert probability_near(chances, 0) == pytest.approx(0.01)


def test_a_long_set_of_small_hops_that_is_one_more_or_less_is_told_with_its_doubt() -> None:
    count = count_reps(lifted("jump_rope", [Lift(0.21, 0.0, 0.21, 0.0)] * 23, jitter_m=0.006, before_s=0.1).track)
    assert abs(count.complete - 23) <= 1
    assert count.confidence >= 0.6 or count.runner_up in (22, 23, 24)


@pytest.mark.parametrize(("ends", "doubted"), [(0.2, False), (0.8, True)])
def test_times_of_what_ends_far_from_rest_are_doubted(ends: float, doubted: bool) -> None:
    times_s, cycle = np.arange(0.0, 3.0, 1.0), Cycle(0.0, 1.0, 2.0, spread_s=0.1)
    (told,) = _far_from_rest_doubted([cycle], times_s, np.array([0.0, 1.0, ends]))
    assert math.isinf(told.spread_s) == doubted


@pytest.mark.parametrize("attempts", [0, 1, 2, 3])
def test_each_small_attempt_between_two_repetitions_is_one_and_what_lies_between_two_of_them_is_none(
    attempts: int,
) -> None:
    small = [0.45, 0.0] * attempts  # of the usual range: too little to count, too much to be nothing
    ways = np.interp(np.arange(0.0, 3.0 + 2 * attempts, 1 / 30), np.arange(3.0 + 2 * attempts), [1.0, 0.0, *small, 1.0])
    times_s = np.arange(len(ways)) / 30
    found = _excursions(times_s, ways, 0, len(ways) - 1, 1.0)
    assert [cycle.turn_s for cycle in found] == pytest.approx([2.0 + 2 * number for number in range(attempts)], abs=0.1)
    assert not any(cycle.complete for cycle in found)
