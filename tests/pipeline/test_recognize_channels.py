"""What the recogniser looks at: unchanged by where the camera stands, by mirrors, by how long a gap is bridged."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import exercises
from pipeline.learn.simulate.track import MIRROR, textbook
from pipeline.recognize.channels import channels
from pipeline.recognize.summary import summarize
from pipeline.recognize.windows import FRAMES, HOP, RATE_HZ, Floats, Windows, windows
from pipeline.values import PoseTrack

LUNGE = textbook(exercises()["lunge"], duration_s=9.0, rep_s=2.2, yaw_deg=30.0)


def summary(track: PoseTrack) -> Floats:
    return summarize(channels(windows(track)))


def turned(track: PoseTrack, yaw_rad: float, stretch: float = 1.0) -> PoseTrack:
    """The same body turned in its own room, or larger; its picture left as it is."""
    sin, cos = np.sin(yaw_rad), np.cos(yaw_rad)
    world = stretch * track.world_m @ np.array([[cos, 0, -sin], [0, 1, 0], [sin, 0, cos]])
    return PoseTrack(track.times_s, track.image_px, world, track.visibility, track.width_px, track.height_px)


@settings(max_examples=20)
@given(st.floats(-np.pi, np.pi))
def test_angles_between_bones_do_not_depend_on_where_the_camera_stands(yaw_rad: float) -> None:
    first, second = (channels(windows(track)) for track in (LUNGE, turned(LUNGE, yaw_rad)))
    corners = slice(37, 41)  # cosines of elbow, shoulder, hip and knee in space
    assert np.abs(first.left[..., corners] - second.left[..., corners]).max() < 1e-4
    positions = slice(0, 18)  # of a side's joints, body turned to face forward
    assert np.abs(first.left[..., positions] - second.left[..., positions]).max() < 2e-3


def test_a_mirror_swaps_sides_and_changes_no_summary() -> None:
    world = LUNGE.world_m[:, MIRROR] * [-1, 1, 1]
    image = np.array([LUNGE.width_px, 0]) + LUNGE.image_px[:, MIRROR] * [-1, 1]
    mirrored = PoseTrack(LUNGE.times_s, image, world, LUNGE.visibility, LUNGE.width_px, LUNGE.height_px)
    assert np.abs(summary(mirrored) - summary(LUNGE)).max() < 5e-3


def test_a_larger_picture_is_the_same_picture() -> None:
    image = LUNGE.image_px * 1.7 + [40, -25]
    larger = PoseTrack(LUNGE.times_s, image, LUNGE.world_m, LUNGE.visibility, 1280, 2200)
    assert np.abs(summary(larger) - summary(LUNGE)).max() < 5e-3


@settings(max_examples=30)
@given(st.integers(1, 500))
def test_windows_cover_the_track_to_its_end(frames: int) -> None:
    times_s = np.arange(frames) / RATE_HZ
    image = np.cumsum(np.ones((frames, 33, 2)), axis=0)
    track = PoseTrack(times_s, image, np.ones((frames, 33, 3)), np.ones((frames, 33)), 640, 480)
    cut = windows(track)
    whole = max(frames - FRAMES, 0)
    wanted = 1 + whole // HOP + (whole % HOP > 0) if frames >= 6 else 0
    assert len(cut) == wanted
    assert cut.image_px[-1:].max(initial=frames) == pytest.approx(frames, abs=0.01)


def test_long_gaps_are_left_out_and_short_ones_bridged() -> None:
    image = LUNGE.image_px.copy()
    image[60:66] = np.nan  # a fifth of a second
    bridged = PoseTrack(LUNGE.times_s, image, LUNGE.world_m, LUNGE.visibility, 720, 1280)
    assert np.isfinite(windows(bridged).image_px).all()
    image[30:250] = np.nan
    assert len(windows(PoseTrack(LUNGE.times_s, image, LUNGE.world_m, LUNGE.visibility, 720, 1280))) == 0


def test_summaries_are_finite_even_where_landmarks_fall_together() -> None:
    still = Windows(np.zeros((2, FRAMES, 19, 3), np.float32), np.zeros((2, FRAMES, 19, 2), np.float32))
    assert np.isfinite(summarize(channels(still))).all()
