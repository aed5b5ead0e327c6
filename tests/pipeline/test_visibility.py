"""MediaPipe's running mean of visibility is taken back exactly, and done again over time instead of pictures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.pose.visibility import SHARE, RawVisibility, SmoothedVisibility
from pipeline.values import Array


def seen(count: int, seed: int) -> Array:
    return np.random.default_rng(seed).uniform(0, 1, (count, 33))


def as_mediapipe_shows(pictures: Array) -> list[Array]:
    means = [pictures[0]]
    for picture in pictures[1:]:
        means.append((SHARE * picture + (1 - SHARE) * means[-1]).astype(np.float32).astype(np.float64))
    return means


@settings(deadline=None)
@given(st.integers(1, 40), st.integers(0, 2**31))
def test_the_mean_is_taken_back(count: int, seed: int) -> None:
    pictures, raw = seen(count, seed), RawVisibility()
    assert np.array([raw(mean) for mean in as_mediapipe_shows(pictures)]) == pytest.approx(pictures, abs=1e-5)


@settings(deadline=None)
@given(st.integers(2, 40), st.integers(0, 2**31))
def test_at_thirty_pictures_a_second_it_is_the_mean_of_mediapipe(count: int, seed: int) -> None:
    pictures, smoothed = seen(count, seed), SmoothedVisibility()
    means = [smoothed(number / 30, picture) for number, picture in enumerate(pictures)]
    assert np.array(means) == pytest.approx(np.array(as_mediapipe_shows(pictures)), abs=1e-5)


def test_fewer_pictures_settle_in_the_same_time() -> None:
    def after_a_second(rate_hz: int) -> float:
        smoothed = SmoothedVisibility()
        smoothed(0.0, np.zeros(33))
        return [float(smoothed(number / rate_hz, np.ones(33))[0]) for number in range(1, rate_hz + 1)][-1]

    assert after_a_second(12) == pytest.approx(after_a_second(60), abs=1e-9)
