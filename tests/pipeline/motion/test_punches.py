"""Blows of known number and time, among guard and footwork, at any rate and however the sensor sits in the glove."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.motion.punches import punches_of
from pipeline.motion.rounds import group_times
from pipeline.values import Array, MotionLog

BLOW_S = 0.06  # half width of a blow


def round_of(at_s: Array, rate_hz: float, hardest_m_s2: float = 90.0, seed: int = 0) -> MotionLog:
    """Blows at these times, each of 80 to 100 % of the hardest, with smaller ones of the other hand between."""
    rng = np.random.default_rng(seed)
    times_s = np.arange(0, (at_s[-1] if len(at_s) else 0) + 3, 1 / rate_hz)
    along = rng.normal([0, 0, 9.81], 1.0, (len(times_s), 3))
    for punch_s in at_s:
        for delay_s, share in ((0.0, rng.uniform(0.8, 1.0)), (0.42, 0.2)):
            blow = hardest_m_s2 * share * np.exp(-(((times_s - punch_s - delay_s) / BLOW_S) ** 2) / 2)
            along += np.outer(blow, rng.normal(size=3) * 0.1 + [1, 0, 0])
    turned = along @ np.linalg.qr(rng.normal(size=(3, 3)))[0].T
    return MotionLog(times_s, turned, np.full_like(turned, np.nan), "glove")


@pytest.mark.parametrize("rate_hz", [20.0, 25.0, 50.0, 100.0, 200.0])
def test_every_punch_is_counted_at_every_rate(rate_hz: float) -> None:
    at_s = 1.5 + np.cumsum(np.random.default_rng(1).uniform(0.6, 1.6, 40))
    found = punches_of(round_of(at_s, rate_hz))
    assert len(found.cycles) == 40
    assert np.abs([cycle.turn_s for cycle in found.cycles] - at_s).max() < 0.06  # s


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.55, 2.5), min_size=1, max_size=30), st.floats(40, 150), st.integers(0, 99))
def test_punches_are_counted_however_hard_and_however_worn(steps_s: list[float], hardest: float, seed: int) -> None:
    found = len(punches_of(round_of(1 + np.cumsum(steps_s), 50.0, hardest, seed)).cycles)
    assert abs(found - len(steps_s)) <= 1  # a soft one that falls into another's swinging back is missed now and then


def test_guard_alone_is_no_punch() -> None:
    assert punches_of(round_of(np.empty(0), 50.0)).cycles == ()


def test_one_punch_ends_before_the_next_begins() -> None:
    cycles = punches_of(round_of(np.linspace(1, 10.5, 20), 100.0)).cycles
    assert all(before.end_s <= after.start_s + 0.02 for before, after in pairwise(cycles))


def test_a_round_ends_with_a_long_pause() -> None:
    assert group_times(np.array([1.0, 2.0, 3.0, 30.0, 31.0]), 10.0) == [(1.0, 3.0), (30.0, 31.0)]
    assert group_times(np.empty(0), 10.0) == []
