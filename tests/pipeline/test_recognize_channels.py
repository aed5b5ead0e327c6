"""What the recogniser looks at: unchanged by where the camera stands, by mirrors, by how long a gap is bridged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import exercises
from pipeline.learn.simulate.body import ANKLE, HIP, KNEE
from pipeline.learn.simulate.track import MIRROR, textbook
from pipeline.recognize.channels import channels
from pipeline.recognize.summary import summarize
from pipeline.recognize.windows import FRAMES, HOP, LANDMARKS_USED, RATE_HZ, Windows, windows
from pipeline.values import Floats, PoseTrack

LUNGE = textbook(exercises()["lunge"], duration_s=9.0, rep_s=2.2, yaw_deg=30.0)


def summary(track: PoseTrack) -> Floats:
    return summarize(channels(windows(track)))


def cut_at_the_knees() -> PoseTrack:
    height_px = int(LUNGE.image_px[:, KNEE : KNEE + 2, 1].min())
    return replace(LUNGE, height_px=height_px)


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


@pytest.mark.parametrize("track", [LUNGE, cut_at_the_knees()])
def test_a_mirror_swaps_sides_and_changes_no_summary(track: PoseTrack) -> None:
    world = track.world_m[:, MIRROR] * [-1, 1, 1]
    image = np.array([track.width_px, 0]) + track.image_px[:, MIRROR] * [-1, 1]
    mirrored = replace(track, image_px=image, world_m=world)
    assert summary(mirrored) == pytest.approx(summary(track), abs=5e-3, nan_ok=True)


def test_what_is_guessed_outside_the_picture_changes_no_summary() -> None:
    track = cut_at_the_knees()
    world, image = track.world_m.copy(), track.image_px.copy()
    world[:, KNEE:] += np.random.default_rng(3).normal(0, 0.2, world[:, KNEE:].shape)
    image[:, KNEE:] += 100.0
    other = replace(track, image_px=image, world_m=world)
    assert np.isnan(summary(track)).any()
    assert np.array_equal(summary(other), summary(track), equal_nan=True)
    seen, guessed = windows(LUNGE), windows(track, guessed=True)
    assert np.array_equal(guessed.world_m, seen.world_m)


@pytest.mark.parametrize(("share", "known"), [(0.3, True), (0.7, False)])
def test_what_is_mostly_outside_the_picture_is_not_known(share: float, known: bool) -> None:
    short = slice(0, round(FRAMES / RATE_HZ * 30))  # one window at the textbook's 30 frames a second
    image = LUNGE.image_px[short].copy()
    image[: round(share * len(image)), [HIP, ANKLE]] = -100.0
    cut = windows(PoseTrack(LUNGE.times_s[short], image, LUNGE.world_m[short], LUNGE.visibility[short], 720, 1280))
    hip, ankle = (LANDMARKS_USED.index(joint) for joint in (HIP, ANKLE))
    assert len(cut) == 1
    assert np.isfinite(cut.world_m[:, :, hip]).all()  # everything is measured from the trunk
    assert np.isfinite(cut.image_px[:, :, ankle]).all() == known


def test_a_larger_picture_is_the_same_picture() -> None:
    image = LUNGE.image_px * 1.7 + [40, -25]
    larger = PoseTrack(LUNGE.times_s, image, LUNGE.world_m, LUNGE.visibility, 1280, 2200)
    assert np.abs(summary(larger) - summary(LUNGE)).max() < 5e-3


@settings(max_examples=30)
@given(st.integers(1, 500))
def test_windows_cover_the_track_to_its_end(frames: int) -> None:
    times_s = np.arange(frames) / RATE_HZ
    image = np.cumsum(np.ones((frames, 33, 2)), axis=0)
    track = PoseTrack(times_s, image, np.ones((frames, 33, 3)), np.ones((frames, 33)), 640, 640)
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
