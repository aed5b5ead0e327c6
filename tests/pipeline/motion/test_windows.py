"""A log cut into windows: even, gaps marked, short logs played again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.motion.axes import SEEN, along_axes
from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import FRAMES, WINDOW_S, windows
from pipeline.values import Floats, MotionLog
from tests.pipeline.motion.logs import swinging, turned


@pytest.mark.parametrize("rate_hz", [10.0, 25.0, 50.0, 96.3, 200.0])
def test_any_rate_gives_the_same_windows(rate_hz: float) -> None:
    cut, wanted = windows(swinging(20.0, rate_hz)), windows(swinging(20.0, 25.0))
    assert cut.centres_s == pytest.approx(wanted.centres_s, abs=0.05)
    # straight lines between ten samples a second, and means over a step, miss a swing of 6 m/s² at 0.5 Hz by little
    assert np.abs(cut.acceleration_m_s2 - wanted.acceleration_m_s2).max() < 0.25


@settings(max_examples=20)
@given(st.floats(0.6, 60.0), st.integers(5, 50))
def test_windows_cover_the_log_and_stay_inside(duration_s: float, hop: int) -> None:
    log = swinging(duration_s, 40.0)
    cut = windows(log, hop)
    assert cut.acceleration_m_s2.shape == (len(cut), FRAMES, 3)
    half_s = min(WINDOW_S, log.duration_s) / 2
    assert cut.centres_s[0] == pytest.approx(log.times_s[0] + half_s, abs=0.05)
    assert cut.centres_s[-1] == pytest.approx(log.times_s[-1] - half_s, abs=0.05)
    assert (np.diff(cut.centres_s) <= hop / RATE_HZ + 1e-6).all()


@pytest.mark.parametrize("samples", [0, 1, 2, 10])
def test_too_short_to_show_movement_gives_no_window(samples: int) -> None:
    whole = swinging(2.0, 25.0)
    log = MotionLog(
        whole.times_s[:samples], whole.acceleration_m_s2[:samples], whole.rotation_rad_s[:samples], "device"
    )
    assert len(windows(log)) == 0


def test_a_short_log_is_played_again() -> None:
    cut = windows(swinging(2.0, 25.0))
    assert len(cut) == 1
    assert cut.acceleration_m_s2[0, :40] == pytest.approx(cut.acceleration_m_s2[0, 51:91], abs=1e-6)


def test_a_long_gap_has_no_windows_and_a_short_one_is_bridged() -> None:
    whole = swinging(60.0, 50.0, start_s=0.0)
    lost = ((whole.times_s > 20) & (whole.times_s < 40)) | (np.abs(whole.times_s - 10) < 0.3)
    holed = MotionLog(whole.times_s[~lost], whole.acceleration_m_s2[~lost], whole.rotation_rad_s[~lost], "device")
    centres_s = windows(holed).centres_s
    assert not ((centres_s > 21) & (centres_s < 39)).any()
    assert ((centres_s > 8) & (centres_s < 12)).sum() == 4


def test_without_a_gyroscope_rotation_is_zero_and_said_to_be_missing() -> None:
    log = swinging(10.0, 25.0)
    blind = MotionLog(log.times_s, log.acceleration_m_s2, np.full_like(log.rotation_rad_s, np.nan), "device")
    assert windows(log).gyroscope
    assert not windows(blind).gyroscope
    assert not windows(blind).rotation_rad_s.any()


def rows_of(log: MotionLog) -> Floats:
    cut = windows(log)
    return along_axes(cut.acceleration_m_s2, cut.rotation_rad_s, np.ones(len(cut), np.float32))


@settings(max_examples=15)
@given(st.integers(0, 10_000), st.booleans())
def test_rows_that_turn_along_do_not_change_with_turns_and_signs(seed: int, mirrored: bool) -> None:
    log = swinging(12.0, 25.0)
    rows, other = rows_of(log), rows_of(turned(log, seed, mirrored=mirrored))
    assert rows.shape == (len(rows), SEEN, FRAMES)
    assert rows[:, 12:] == pytest.approx(other[:, 12:], abs=2e-3)  # the first twelve are the sensor's own axes


@pytest.mark.parametrize("signs", [(1, -1, -1), (-1, 1, -1), (-1, -1, 1), (-1, -1, -1), (1, 1, -1)])
def test_rows_with_signs_evened_out_do_not_change_with_half_turns_and_makers_signs(signs: tuple[int, int, int]) -> None:
    log = turned(swinging(12.0, 25.0), seed=3)
    handedness = np.prod(signs)  # of the turn that is left when the maker's sign is taken out
    flipped = MotionLog(log.times_s, log.acceleration_m_s2 * signs, log.rotation_rad_s * signs * handedness, log.source)
    assert rows_of(flipped)[:, 6:] == pytest.approx(rows_of(log)[:, 6:], abs=2e-3)
