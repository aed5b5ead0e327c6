"""Smoothing keeps what a body did and drops what only the landmarks did; angles are those of the figure."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.kinematics import JOINTS, body_scale_px_per_m, joint_angles, smooth
from pipeline.values import PoseTrack
from tests.pipeline.stick_figures import Lift, changed, lifted, without_frames

SQUATS = lifted("squat", [Lift()] * 3, yaw_deg=90).track


def test_the_grid_is_even_and_spans_the_track() -> None:
    even = smooth(SQUATS)
    assert np.allclose(np.diff(even.times_s), 1 / 30)
    assert even.times_s[0] == SQUATS.times_s[0]
    assert SQUATS.times_s[-1] - even.times_s[-1] < 1 / 30


@pytest.mark.parametrize("rate_hz", [15.0, 24.0, 60.0, 120.0])
def test_any_frame_rate_gives_the_same_knee_angle_within_3_degrees(rate_hz: float) -> None:
    expected = joint_angles(smooth(SQUATS))
    other = joint_angles(smooth(lifted("squat", [Lift()] * 3, yaw_deg=90, rate_hz=rate_hz).track))
    same = np.interp(expected.times_s, other.times_s, other.best_deg("knee"))
    assert np.abs(same - expected.best_deg("knee")).max() < 3.0


def test_a_short_gap_is_bridged_and_a_long_one_is_not() -> None:
    frames = np.arange(len(SQUATS.times_s))
    short, long = (without_rows(SQUATS, 30, 30 + gap) for gap in (12, 45))
    assert np.isfinite(smooth(short).image_px).all()
    inside = (frames >= 31) & (frames < 74)
    unknown = np.isnan(smooth(long).image_px[:, 0, 0])
    assert (unknown[: len(frames)] == inside[: len(unknown)]).mean() > 0.98
    assert ((smooth(long).visibility == 0).all(axis=1) == unknown).all()


def test_a_single_wild_frame_moves_the_angle_less_than_2_degrees() -> None:
    image, world = SQUATS.image_px.copy(), SQUATS.world_m.copy()
    image[60, 25:29] += 300
    world[60, 25:29] += 1
    wild = joint_angles(smooth(changed(SQUATS, image_px=image, world_m=world))).best_deg("knee")
    assert np.abs(wild - joint_angles(smooth(SQUATS)).best_deg("knee")).max() < 2.0


def test_nobody_seen_gives_an_empty_track() -> None:
    assert len(smooth(without_rows(SQUATS, 0, len(SQUATS.times_s))).times_s) == 0


def test_angles_of_a_textbook_squat_are_those_of_its_stations() -> None:
    knee = joint_angles(smooth(SQUATS)).best_deg("knee")
    assert knee.max() == pytest.approx(174, abs=4)
    assert 50 < knee.min() < 95


def test_every_joint_has_both_sides() -> None:
    angles = joint_angles(SQUATS)
    assert angles.image_deg.shape == (len(SQUATS.times_s), len(JOINTS), 2)
    assert np.abs(angles.side_deg("knee", 0) - angles.side_deg("knee", 1)).max() < 8.0  # perspective parts them
    assert angles.seen_share("knee") == pytest.approx(0.95)


def test_the_scale_follows_the_picture() -> None:
    near = body_scale_px_per_m(SQUATS.image_px)
    assert body_scale_px_per_m(SQUATS.image_px * 2) == pytest.approx(2 * near)
    assert near == pytest.approx(1.1 * 1280 / 3.5, rel=0.15)  # focal length over distance, px per metre


def without_rows(track: PoseTrack, first: int, last: int) -> PoseTrack:
    """Nobody found from frame `first` up to `last`."""
    image, world = track.image_px.copy(), track.world_m.copy()
    image[first:last], world[first:last] = np.nan, np.nan
    return changed(track, image_px=image, world_m=world)


def test_dropped_frames_do_not_move_the_angle_more_than_3_degrees() -> None:
    kept = np.random.default_rng(3).random(len(SQUATS.times_s)) > 0.3
    kept[[0, -1]] = True
    dropped = joint_angles(smooth(without_frames(SQUATS, kept))).best_deg("knee")
    assert np.abs(dropped - joint_angles(smooth(SQUATS)).best_deg("knee")).max() < 3.0
