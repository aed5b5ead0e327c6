"""An even clock changes no movement: sines within 1 % of their size, gaps marked to the sample, nothing bridged."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sensors import resample
from pipeline.sensors.clock import gaps, step_s
from pipeline.values import Array, MotionLog

SINE_SHARE = 0.01


def logged(times_s: Array, hz: float = 0.7) -> MotionLog:
    """A sine of hz in every axis, and rotation a quarter of a turn ahead."""
    phase = 2 * np.pi * hz * times_s
    return MotionLog(times_s, np.column_stack([np.sin(phase)] * 3), np.column_stack([np.cos(phase)] * 3), "test")


def jittered(rate_hz: float, seconds: float, seed: int = 0) -> Array:
    """Times off by a tenth of a step to either side."""
    count = round(rate_hz * seconds)
    return (np.arange(count) + np.random.default_rng(seed).uniform(-0.1, 0.1, count)) / rate_hz


@pytest.mark.parametrize("rate_hz", [10.0, 20.0, 25.0, 50.0, 100.0, 200.0])
@pytest.mark.parametrize("logged_hz", [50.0, 100.0, 200.0])
def test_a_slow_movement_is_the_same_at_every_rate(rate_hz: float, logged_hz: float) -> None:
    log = logged(jittered(logged_hz, 20.0))
    even = resample(log, rate_hz)
    phase = 2 * np.pi * 0.7 * even.times_s
    damping = np.sinc(0.7 / rate_hz)  # the mean over a step is a little less than the peak: 0.8 % at 10 Hz
    wanted = np.sin(phase) * (damping if logged_hz > 1.25 * rate_hz else 1.0)
    inner = slice(2, -2)
    assert np.abs(even.acceleration_m_s2[inner, 0] - wanted[inner]).max() < SINE_SHARE
    assert np.diff(even.times_s) == pytest.approx(1.0 / rate_hz)
    assert even.measured.all()


def test_what_is_too_quick_for_the_new_clock_is_averaged_away() -> None:
    """A vibration of 40 Hz, read off at 25 Hz, would look like a movement of 10 Hz."""
    log = logged(np.arange(2000) / 200.0, hz=40.0)
    inner = resample(log, 25.0).acceleration_m_s2[3:-3]
    assert float(np.sqrt((inner**2).mean())) < 0.2 * np.sqrt(0.5)


@given(st.floats(0.5, 60.0), st.sampled_from([10.0, 25.0, 50.0, 100.0]), st.integers(0, 50))
def test_a_gap_is_marked_and_nothing_else(lasts_s: float, rate_hz: float, seed: int) -> None:
    times_s = jittered(50.0, 10.0, seed)
    times_s = np.concatenate((times_s[:250], times_s[250:] + lasts_s))
    even = resample(logged(times_s), rate_hz)
    inside = (even.times_s > times_s[249]) & (even.times_s < times_s[250])
    assert np.array_equal(even.measured, ~inside)
    assert np.array_equal(np.isfinite(even.acceleration_m_s2).all(axis=1), even.measured)
    assert len(gaps(times_s)) == 1


@given(st.floats(-1e6, 1e6))
def test_a_shift_of_time_shifts_the_clock_and_nothing_else(shift_s: float) -> None:
    times_s = jittered(50.0, 5.0)
    log, moved = resample(logged(times_s), 25.0), resample(logged(times_s + shift_s, hz=0.0), 25.0)
    assert len(log.times_s) == pytest.approx(len(moved.times_s), abs=1)
    assert moved.times_s[0] == pytest.approx(log.times_s[0] + shift_s)


def test_rotation_that_was_measured_for_a_part_stays_a_part() -> None:
    log = logged(np.arange(500) / 50.0)
    rotation = log.rotation_rad_s.copy()
    rotation[:250] = np.nan
    even = resample(MotionLog(log.times_s, log.acceleration_m_s2, rotation, "test"), 50.0)
    assert np.array_equal(np.isfinite(even.rotation_rad_s).all(axis=1), np.arange(500) >= 250)


@pytest.mark.parametrize("count", [0, 1, 2])
def test_hardly_any_samples_are_resampled_too(count: int) -> None:
    even = resample(logged(np.arange(count) / 50.0), 50.0)
    assert len(even.times_s) == len(even.acceleration_m_s2) == count


def test_the_usual_step_is_told_across_gaps() -> None:
    times_s = np.concatenate((np.arange(100), np.arange(200, 220), np.arange(400, 600))) / 50.0
    assert step_s(times_s) == pytest.approx(0.02)
