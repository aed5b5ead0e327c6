"""Slow repetitions are counted from a second look at double speed, quick ones from the first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.motion.beat import beat_of, shipped_team
from pipeline.motion.count import find_runs
from pipeline.motion.looks import sees_better
from pipeline.motion.signals import motion_of
from pipeline.values import Array
from tests.pipeline.motion.wrist import Plan, simulate


def edges_s(start_s: float, reps: int, each_s: float) -> Array:
    return np.linspace(start_s, start_s + reps * each_s, reps + 1)


def test_where_the_first_look_sees_nothing_the_second_is_believed_unless_it_sees_quick_ones_or_one() -> None:
    assert sees_better(edges_s(5, 2, 3.0), [])
    assert not sees_better(edges_s(5, 6, 2.0), [])
    assert not sees_better(edges_s(5, 1, 6.0), [])


def test_a_whole_set_of_slow_repetitions_is_believed_instead_of_its_fragments() -> None:
    whole = edges_s(0, 10, 8.0)
    assert sees_better(whole, [edges_s(0, 1, 8.0), edges_s(16, 3, 8.0)])
    assert sees_better(whole, [edges_s(0, 5, 8.0)])
    assert not sees_better(whole, [edges_s(0, 10, 7.8)])
    assert not sees_better(edges_s(0, 2, 8.0), [edges_s(0, 1, 8.0)])


def test_quick_repetitions_are_never_given_up_for_slow_ones() -> None:
    assert not sees_better(edges_s(0, 10, 8.0), [edges_s(0, 10, 2.0)])
    assert not sees_better(edges_s(0, 10, 3.0), [edges_s(0, 2, 6.0)])


def test_a_log_without_gravity_is_looked_at_by_a_network_of_its_own() -> None:
    log = replace(simulate("swing", Plan(reps=3), np.random.default_rng(0)).log, has_gravity=False)
    motion = motion_of(log).between(1.0, 12.0).at_speed(2.0)
    own, other = (beat_of(motion, shipped_team(gravity=gravity)) for gravity in (False, True))
    of_each = [beat_of(motion, [one]).rate for one in shipped_team()]
    assert other.rate == pytest.approx(np.mean(of_each, axis=0))
    assert beat_of(motion).rate == pytest.approx(own.rate)
    assert beat_of(motion).rate != pytest.approx(other.rate)


@pytest.mark.parametrize("seed", [0, 1])
def test_eight_repetitions_of_eight_seconds_are_one_run(seed: int) -> None:
    slow = Plan(there_s=3.0, pause_s=0.5, back_s=3.5, rest_s=1.0, reps=8, jitter=0.06)
    runs = find_runs(motion_of(simulate("swing", slow, np.random.default_rng(seed)).log))
    assert [run.reps for run in runs] == pytest.approx([8], abs=1)
