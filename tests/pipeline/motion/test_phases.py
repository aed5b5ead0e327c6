"""Phases of a simulated wrist whose truth is known: limits of agreement of single repetitions (Bland and Altman)."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.motion.phases import Movement, _tilted, cycles_of, has_misplaced_edge, read_movement, settle_edges
from pipeline.motion.signals import RATE_HZ, Motion, motion_of
from pipeline.reps.count import Count
from pipeline.tempo import time_reps
from pipeline.values import Array, Curve
from tests.pipeline.motion.wrist import Plan, Simulated, simulate

SEEDS = range(6)


def errors_s(made: Simulated) -> Array:
    """(N, 3) way there, pause and way back of every repetition, measured minus true."""
    motion = motion_of(made.log)
    movement = read_movement(motion, [made.edges_s])
    read = Curve(motion.times_s, movement.values, "movement", "1")
    count = Count(cycles_of(motion, [made.edges_s], movement), read, read, 1.0, None, first_phase="concentric")
    reps = time_reps(count)
    true = np.array([(rep.starts_s, rep.arrives_s, rep.leaves_s, rep.ends_s) for rep in made.reps])
    measured = np.array([(rep.concentric_s, rep.pause_s, rep.eccentric_s) for rep in reps])
    return np.asarray(measured - np.diff(true))


def limits_s(kind: Literal["swing", "press"], plan: Plan, rate_hz: float) -> tuple[Array, Array]:
    """Bias and half width of the limits of agreement, seconds, of the way there, the pause, the way back."""
    every = np.concatenate([errors_s(simulate(kind, plan, np.random.default_rng(seed), rate_hz)) for seed in SEEDS])
    return every.mean(axis=0), 1.96 * every.std(axis=0)


@pytest.mark.parametrize("rate_hz", [100.0, 12.5])
def test_phases_of_a_swinging_forearm_are_right_to_a_fifth_of_a_second(rate_hz: float) -> None:
    for plan in (Plan(), Plan(there_s=0.7, pause_s=0.0, back_s=0.8, rest_s=0.0), Plan(2.0, 1.0, 3.0, 1.0)):
        bias, limits = limits_s("swing", plan, rate_hz)
        assert np.abs(bias).max() < 0.15  # s
        assert limits.max() < 0.22  # s, the published limits of single repetitions (Viecelli et al. 2020)


def test_phases_of_a_press_without_tilt_are_right_where_it_is_quick() -> None:
    bias, limits = limits_s("press", Plan(), 100.0)
    assert np.abs(bias).max() < 0.05  # s
    assert limits.max() < 0.1  # s


@pytest.mark.parametrize("kind", ["swing", "press"])
def test_the_way_in_which_a_sensor_is_worn_changes_no_phase(kind: Literal["swing", "press"]) -> None:
    made = simulate(kind, Plan(), np.random.default_rng(3))
    mirrored = replace(made, log=replace(made.log, acceleration_m_s2=-made.log.acceleration_m_s2[:, [2, 0, 1]]))
    assert np.allclose(errors_s(made), errors_s(mirrored), atol=1e-6)


def test_what_tilts_is_read_from_posture_and_what_does_not_is_not() -> None:
    swing, press = (
        simulate("swing", Plan(), np.random.default_rng(0)),
        simulate("press", Plan(), np.random.default_rng(0)),
    )
    assert read_movement(motion_of(swing.log), [swing.edges_s]).tilts
    assert not read_movement(motion_of(press.log), [press.edges_s]).tilts


def test_edges_at_the_turn_fold_no_way_over_and_are_told() -> None:
    made = simulate("swing", Plan(), np.random.default_rng(1))
    motion, true_s = motion_of(made.log), made.edges_s
    at_turns = np.array([(rep.arrives_s + rep.leaves_s) / 2 for rep in made.reps])
    mixed_s = np.concatenate([true_s[:5], at_turns[5:], true_s[-1:]])
    well, badly = read_movement(motion, [true_s]), read_movement(motion, [mixed_s])
    within = (motion.times_s > true_s[0]) & (motion.times_s < true_s[-1])
    assert np.corrcoef(well.values[within], badly.values[within])[0, 1] > 0.99
    assert not has_misplaced_edge(motion, [true_s], well)
    assert has_misplaced_edge(motion, [mixed_s], badly)


def test_edges_that_all_lie_at_turns_give_a_finite_way() -> None:
    made = simulate("swing", Plan(), np.random.default_rng(1))
    motion = motion_of(made.log)
    at_turns = np.array([(rep.arrives_s + rep.leaves_s) / 2 for rep in made.reps])
    assert np.isfinite(read_movement(motion, [at_turns]).values).all()
    assert np.isfinite(_tilted(np.tile([0.0, 0.0, 9.81], (50, 1)), [(0, 20), (20, 49)])).all()


@pytest.mark.parametrize("late", [-0.12, 0.12])
def test_edges_that_are_a_little_off_settle_where_a_press_turns_back(late: float) -> None:
    made = simulate("press", Plan(rest_s=0.0), np.random.default_rng(1))
    motion, usual_s = motion_of(made.log), float(np.median(np.diff(made.edges_s)))
    (edges_s,) = settle_edges(motion, [made.edges_s + late * usual_s])
    inner = slice(1, -1)  # the outermost have a neighbour on one side only
    assert np.abs(edges_s - made.edges_s)[inner].mean() < 0.6 * abs(late) * usual_s
    assert np.array_equal(settle_edges(motion, [made.edges_s])[0][inner], made.edges_s[inner])


def test_a_repetition_that_goes_there_and_back_twice_lasts_from_the_first_time_to_the_last() -> None:
    times_s = np.arange(0.0, 9.2, 1 / RATE_HZ)
    once = np.zeros(round(4.5 * RATE_HZ))
    for start_s, end_s, size in ((0.5, 1.5, 0.6), (2.0, 3.5, 1.0)):
        frames = np.arange(round(start_s * RATE_HZ), round(end_s * RATE_HZ))
        once[frames] = size * np.sin(np.pi * (frames / RATE_HZ - start_s) / (end_s - start_s)) ** 2
    values = np.resize(once, len(times_s))
    motion = Motion(times_s, np.tile([0.0, 0.0, 9.81], (len(times_s), 1)))
    cycles = cycles_of(motion, [np.array([0.0, 4.5, 9.0])], Movement(values, tilts=True))
    found = np.array([(one.start_s, one.turn_s, one.end_s) for one in cycles])
    assert found == pytest.approx(np.array([(0.5, 2.75, 3.5), (5.0, 7.25, 8.0)]), abs=0.12)  # s


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.4, 4.0), min_size=2, max_size=12), st.integers(0, 1000))
def test_edges_of_repetitions_however_uneven_stay_in_order(lengths_s: list[float], seed: int) -> None:
    """One beside repetitions of twice its length was squeezed to nothing, and the log had no report."""
    edges_s = 1.0 + np.concatenate([[0.0], np.cumsum(lengths_s)])
    count = int((edges_s[-1] + 1.0) * RATE_HZ)
    shaken = np.random.default_rng(seed).normal(0, 2.0, (count, 3)) + np.array([0.0, 0.0, 9.8])
    motion = Motion(np.arange(count) / RATE_HZ, shaken)
    (moved,) = settle_edges(motion, [edges_s])
    cycles = cycles_of(motion, [moved], read_movement(motion, [moved]))
    assert np.diff(moved).min() > 0.1
    assert len(cycles) == len(lengths_s)
