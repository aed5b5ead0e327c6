"""Simulated athletes: every movement can be played, and what is played is what the data say."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import Movement, exercises
from pipeline.learn.simulate.body import ANKLE, ELBOW, HIP, KNEE, SHOULDER, WRIST, Body
from pipeline.learn.simulate.faults import Faults, spoil
from pipeline.learn.simulate.picture import Cropping, framed
from pipeline.learn.simulate.rhythm import Rhythm
from pipeline.learn.simulate.strangers import draw_stranger
from pipeline.learn.simulate.track import Scene, draw_movement, simulate, textbook
from pipeline.values import Array, PoseTrack

VARIANTS = [(name, k) for name, entry in exercises().items() for k in range(len(entry.movements))]
SQUAT = exercises()["squat"]


def angle_deg(track: PoseTrack, a: int, corner: int, b: int) -> Array:
    first, second = (track.world_m[:, end] - track.world_m[:, corner] for end in (a, b))
    cosine = (first * second).sum(axis=1) / np.linalg.norm(first, axis=1) / np.linalg.norm(second, axis=1)
    return np.asarray(np.rad2deg(np.arccos(np.clip(cosine, -1, 1))))


def length_m(track: PoseTrack, a: int, b: int) -> Array:
    return np.asarray(np.linalg.norm(track.world_m[:, a] - track.world_m[:, b], axis=1))


def test_every_movement_plays() -> None:
    for name, variant in VARIANTS:
        movement = Movement.parse(exercises()[name].movements[variant])
        rng = np.random.default_rng(variant)
        track = simulate(movement, Scene.drawn(movement, 48, 12.0, rng), rng)
        assert track.world_m.shape == (48, 33, 3), name
        assert np.isfinite(track.world_m).all(), name
        assert np.isfinite(track.image_px).all(), name
        assert np.abs(track.world_m).max() < 2.5, name  # metres from the hips: nobody reaches farther


def test_a_textbook_squat_bends_as_its_data_say() -> None:
    track = textbook(SQUAT, duration_s=8.0, rep_s=2.0, yaw_deg=90.0)
    knee = angle_deg(track, HIP, KNEE, ANKLE)
    # the data: 6 degrees of flexion at rest, 122 at the turn; knees go outwards too, which adds up to 4 degrees
    assert knee.max() == pytest.approx(174, abs=4)
    assert knee.min() == pytest.approx(58, abs=4)
    turns = track.times_s[1:-1][(knee[1:-1] < knee[:-2]) & (knee[1:-1] < knee[2:])]
    assert turns == pytest.approx([1, 3, 5, 7], abs=1 / 30)


def test_a_textbook_push_up_keeps_the_hands_where_they_are() -> None:
    track = textbook(exercises()["push_up"], yaw_deg=90.0)
    hands = track.image_px[:, [WRIST, WRIST + 1]].mean(axis=1)
    height_px = np.ptp(track.image_px[..., 0])
    assert np.ptp(hands, axis=0).max() < 0.05 * height_px


def test_a_curl_of_arms_in_turn_moves_one_arm_at_a_time() -> None:
    track = textbook(exercises()["biceps_curl"], variant=1, duration_s=4.0, rep_s=2.0)
    left, right = (angle_deg(track, SHOULDER + k, ELBOW + k, WRIST + k) for k in (0, 1))
    first = track.times_s < 1.9
    assert np.ptp(left[first]) > 100
    assert np.ptp(right[first]) < 1


@settings(max_examples=25)
@given(yaw=st.floats(-180, 180), rep_s=st.floats(0.8, 5))
def test_bones_keep_their_lengths_whatever_the_camera(yaw: float, rep_s: float) -> None:
    track = textbook(SQUAT, duration_s=4.0, rep_s=rep_s, yaw_deg=yaw)
    body = Body()
    for (a, b), length in {
        (HIP, KNEE): body.thigh,
        (KNEE, ANKLE): body.shin,
        (SHOULDER, ELBOW): body.upper_arm,
    }.items():
        assert length_m(track, a, b) == pytest.approx(length, abs=1e-6)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_a_drawn_rhythm_stays_within_reach(seed: int) -> None:
    rng = np.random.default_rng(seed)
    times_s = np.arange(64) / 12
    rhythm = Rhythm.drawn(times_s, (0.5, 6.0), rng)
    assert rhythm.phase.min() > -0.2
    assert rhythm.phase.max() < 1.4
    assert (np.diff(rhythm.number) >= 0).all()


def test_the_same_seed_gives_the_same_track() -> None:
    tracks = []
    for _ in range(2):
        rng = np.random.default_rng(7)
        movement = draw_movement(SQUAT, rng)
        tracks.append(simulate(movement, Scene.drawn(movement, 48, 12.0, rng), rng))
    assert np.array_equal(tracks[0].world_m, tracks[1].world_m)
    assert np.array_equal(tracks[0].image_px, tracks[1].image_px)


def test_people_differ() -> None:
    rng = np.random.default_rng(7)
    movement = draw_movement(SQUAT, rng)
    first, second = (simulate(movement, Scene.drawn(movement, 48, 12.0, rng), rng) for _ in range(2))
    assert np.abs(first.world_m - second.world_m).max() > 0.05


@pytest.mark.parametrize("seed", range(12))
def test_strangers_can_be_played(seed: int) -> None:
    rng = np.random.default_rng(seed)
    movement, faults = draw_stranger(rng)
    track = simulate(movement, Scene.drawn(movement, 48, 12.0, rng, faults), rng)
    assert np.isfinite(track.world_m).all()


def test_strangers_stay_the_same_whatever_names_stand_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = [draw_stranger(np.random.default_rng(seed)) for seed in range(12)]
    fewer = {name: entry for name, entry in exercises().items() if not entry.aside}
    monkeypatch.setattr("pipeline.learn.simulate.strangers.exercises", lambda: fewer)
    assert [draw_stranger(np.random.default_rng(seed)) for seed in range(12)] == drawn


@pytest.mark.parametrize(("yaw_deg", "far"), [(90.0, 0), (-90.0, 1)])
def test_seen_from_a_side_the_limbs_behind_the_body_are_guessed(yaw_deg: float, far: int) -> None:
    world = textbook(SQUAT, duration_s=4.0, yaw_deg=yaw_deg).world_m
    depth_m = world[..., 2].mean(axis=0)
    assert depth_m[SHOULDER + far] > depth_m[SHOULDER + 1 - far]  # away from the camera
    exact = dict.fromkeys(("bias", "drift", "shared_drift", "jitter", "tilt_rad"), 0.0)
    never = {f"{what}_chance": 0.0 for what in ("pull", "swap", "lost", "invented_legs")}
    seen = spoil(world, 30.0, Faults(squeeze=(1.0, 1.0), **exact, **never), np.random.default_rng(1))
    moved_m = np.abs(seen - world).max(axis=(0, 2))
    assert moved_m[WRIST + far] > 0.02
    assert moved_m[WRIST + 1 - far] == pytest.approx(0, abs=1e-9)


def outside(track: PoseTrack) -> npt.NDArray[np.bool_]:
    """(T, 33): where a landmark lies beyond the picture's edge."""
    edges = [track.width_px, track.height_px]
    return np.asarray(((track.image_px < 0) | (track.image_px > edges)).any(axis=2))


def test_a_picture_holds_all_of_a_body_that_is_not_cut_off() -> None:
    track = textbook(SQUAT, duration_s=4.0)
    whole = framed(track, np.random.default_rng(1), Cropping(share=0.0))
    assert not outside(whole).any()
    moved = whole.image_px - track.image_px
    assert moved == pytest.approx(np.broadcast_to(moved[0, 0], moved.shape), abs=1e-9)


@settings(max_examples=25)
@given(seed=st.integers(0, 10_000))
def test_a_cut_spares_the_trunk(seed: int) -> None:
    track, rng = textbook(SQUAT, duration_s=4.0), np.random.default_rng(seed)
    whole, cut = (framed(track, rng, Cropping(share=share)) for share in (0.0, 1.0))
    trunk = [SHOULDER, SHOULDER + 1, HIP, HIP + 1]
    assert outside(cut)[:, trunk].mean() <= 0.1  # the edge leaves nine tenths of them inside, frame by frame
    assert cut.width_px * cut.height_px < whole.width_px * whole.height_px
