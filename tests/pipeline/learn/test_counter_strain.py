"""Tracks made harder keep what they show."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.learn.counter.strain import mirrored, strained, thinned, trembling, with_drops, with_waits
from pipeline.reps import count_reps
from tests.pipeline.stick_figures import Lift, lifted

SET = lifted("squat", [Lift(1.0, 0.1, 0.9, 0.2)] * 4, jitter_m=0.002).track


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 1000))
def test_a_strained_set_has_as_many_repetitions(seed: int) -> None:
    assert count_reps(strained(SET, np.random.default_rng(seed))).complete == 4


def test_mirrored_twice_is_as_before() -> None:
    again = mirrored(mirrored(SET))
    assert again.image_px == pytest.approx(SET.image_px)
    assert again.world_m == pytest.approx(SET.world_m)


def test_thinned_frames_keep_their_times() -> None:
    sparse = thinned(SET, 15.0)
    assert np.isin(sparse.times_s, SET.times_s).all()
    assert np.diff(sparse.times_s) == pytest.approx(1 / 15, abs=1e-6)


def test_waits_last_as_long_as_told() -> None:
    assert with_waits(SET, 1.0, 2.0).duration_s == pytest.approx(SET.duration_s + 3.0, abs=0.05)


def test_drops_keep_both_ends() -> None:
    fewer = with_drops(SET, 0.5, np.random.default_rng(1))
    assert len(fewer.times_s) < len(SET.times_s)
    assert (fewer.times_s[0], fewer.times_s[-1]) == (SET.times_s[0], SET.times_s[-1])


def test_tremble_is_of_the_size_told() -> None:
    off_m = trembling(SET, 0.01, np.random.default_rng(1)).world_m - SET.world_m
    assert off_m[..., 0].std() == pytest.approx(0.01, rel=0.5)  # well seen landmarks by 1, hidden ones by up to 3
