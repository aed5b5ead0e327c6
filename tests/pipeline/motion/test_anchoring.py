"""Repetitions of a simulated wrist counted from turn to turn are counted from rest to rest; others stay as they are."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.motion.anchoring import anchor_to_rest, rests_outside
from pipeline.motion.count import Run, _at_rest
from pipeline.motion.phases import read_movement, without_idle_ends
from pipeline.motion.signals import Motion, motion_of
from pipeline.values import Array
from tests.pipeline.motion.wrist import Plan, Simulated, simulate

PLANS = (Plan(), Plan(2.4, 0.3, 1.2, 0.3), Plan(1.0, 1.5, 1.0, 0.4), Plan(0.8, 0.2, 2.0, 0.4))


def made(plan: Plan, seed: int = 0) -> tuple[Motion, Simulated, tuple[float, float]]:
    one = simulate("swing", plan, np.random.default_rng(seed))
    motion = motion_of(one.log)
    return motion, one, (float(motion.times_s[0]), float(motion.times_s[-1]))


def turns_s(one: Simulated) -> Array:
    return np.array([(rep.arrives_s + rep.leaves_s) / 2 for rep in one.reps])


@pytest.mark.parametrize("plan", PLANS)
@pytest.mark.parametrize("seed", range(3))
def test_from_turn_to_turn_becomes_from_rest_to_rest(plan: Plan, seed: int) -> None:
    motion, one, room_s = made(plan, seed)
    edges_s = anchor_to_rest(motion, turns_s(one), room_s)
    assert len(edges_s) - 1 == plan.reps
    usual_s = plan.there_s + plan.pause_s + plan.back_s + plan.rest_s
    assert np.abs(edges_s - one.edges_s).mean() < 0.35 * usual_s


@pytest.mark.parametrize("plan", PLANS)
def test_from_rest_to_rest_stays_and_is_seen_to_be_so(plan: Plan) -> None:
    motion, one, room_s = made(plan)
    assert np.array_equal(anchor_to_rest(motion, one.edges_s, room_s), one.edges_s)
    assert rests_outside(motion, one.edges_s, room_s)
    assert not rests_outside(motion, turns_s(one), room_s)


def test_rest_or_a_turn_on_one_side_alone_tells_nothing_of_the_edges() -> None:
    motion, one, room_s = made(Plan())
    late_s, late_turns_s = one.edges_s[3:], turns_s(one)[3:]  # the set goes on before them
    assert not rests_outside(motion, late_s, room_s)
    assert np.array_equal(anchor_to_rest(motion, late_turns_s, room_s), late_turns_s)


def test_without_room_outside_nothing_is_said() -> None:
    motion, one, _ = made(Plan())
    tight_s = (float(one.edges_s[0]), float(one.edges_s[-1]))
    assert np.array_equal(anchor_to_rest(motion, turns_s(one), tight_s), turns_s(one))
    assert not rests_outside(motion, one.edges_s, tight_s)


def test_what_hardly_moves_before_and_after_a_set_is_no_repetition() -> None:
    motion, one, _ = made(Plan(lead_s=6.0))
    first_s, last_s = one.edges_s[0], one.edges_s[-1]
    runs = [np.array([first_s - 5, first_s - 2]), one.edges_s, np.array([last_s + 1, last_s + 3, last_s + 5])]
    kept = without_idle_ends(motion, runs, read_movement(motion, [one.edges_s]))
    assert [edges_s.tolist() for edges_s in kept] == [one.edges_s.tolist()]


def test_the_next_likely_number_grows_with_the_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """A count from turn to turn misses one repetition, whichever of the two numbers it was."""
    motion = Motion(np.arange(200) / 25, np.ones((200, 3)))
    edges_s = np.array([1.0, 3.0, 5.0])
    monkeypatch.setattr("pipeline.motion.count.anchor_to_rest", lambda *_: np.array([0.0, 2.0, 4.0, 6.0]))
    monkeypatch.setattr("pipeline.motion.count.rests_outside", lambda *_: True)
    runs = [Run(edges_s, 0.5, other, rest_seen=False) for other in (3, 0, None)]
    assert [(one.reps, one.runner_up) for one in _at_rest(motion, runs)] == [(3, 4), (3, 0), (3, None)]
