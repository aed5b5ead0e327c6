"""As many repetitions come out as went in, wherever they start, however fast, from whichever side."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue.load import exercises
from pipeline.kinematics import smooth
from pipeline.reps import count_reps
from pipeline.values import PoseTrack
from tests.pipeline.stick_figures import Filmed, Lift, changed, held, lifted, without_frames

FRAME_S = 1 / 30
MIRROR = [0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(n + 1 if n % 2 else n - 1 for n in range(11, 33))]
EXERCISES = (
    "squat",
    "push_up",
    "barbell_biceps_curl",
    "shoulder_press",
    "pull_up",
    "deadlift",
    "lateral_raise",
    "sit_up",
    "lunge",
    "jumping_jack",
    "bench_press",
    "hip_thrust",
    "leg_extension",
)
SET = lifted("squat", [Lift(1.4, 0.2, 0.9, 0.4)] * 5, jitter_m=0.003)


@cache
def times_of_the_set() -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return times(SET.track)


def times(track: PoseTrack) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    cycles = count_reps(track).cycles
    return np.array([(cycle.start_s, cycle.turn_s, cycle.end_s) for cycle in cycles])


@pytest.mark.parametrize(("name", "reps"), [*((name, 6) for name in EXERCISES), ("squat", 1), ("deadlift", 1)])
def test_n_in_is_n_out(name: str, reps: int) -> None:
    filmed = lifted(name, [Lift(1.2, 0.1, 0.9, 0.3)] * reps, jitter_m=0.003)
    assert count_reps(filmed.track, exercises()[name]).complete == reps


@settings(max_examples=6)
@given(reps=st.integers(1, 40), yaw_deg=st.floats(-180, 180))
def test_any_number_from_any_side(reps: int, yaw_deg: float) -> None:
    filmed = lifted("squat", [Lift(0.8, 0, 0.7)] * reps, yaw_deg=yaw_deg, jitter_m=0.002)
    assert count_reps(filmed.track).complete == reps


@settings(max_examples=4)
@given(shift_s=st.floats(0, 5000))
def test_shifted_time_shifts_the_reps(shift_s: float) -> None:
    later = changed(SET.track, times_s=SET.track.times_s + shift_s)
    assert times(later) == pytest.approx(times_of_the_set() + shift_s, abs=0.01)


@settings(max_examples=4)
@given(speed=st.floats(0.6, 1.8))
def test_speed_times_k_divides_durations_by_k(speed: float) -> None:
    faster = changed(SET.track, times_s=SET.track.times_s / speed)
    assert times(faster) * speed == pytest.approx(times_of_the_set(), abs=0.15)


def test_a_mirrored_body_does_the_same_reps() -> None:
    image = SET.track.image_px[:, MIRROR] * [-1, 1] + [SET.track.width_px, 0]
    world = SET.track.world_m[:, MIRROR] * [-1, 1, 1]
    mirrored = changed(SET.track, image_px=image, world_m=world, visibility=SET.track.visibility[:, MIRROR])
    assert times(mirrored) == pytest.approx(times_of_the_set(), abs=1e-6)


@settings(max_examples=4)
@given(seed=st.integers(0, 1000))
def test_a_dropped_frame_moves_a_turning_point_by_at_most_a_frame(seed: int) -> None:
    kept = np.ones(len(SET.track.times_s), dtype=bool)
    kept[np.random.default_rng(seed).integers(1, len(kept) - 1)] = False
    assert times(without_frames(SET.track, kept)) == pytest.approx(times_of_the_set(), abs=FRAME_S)


@pytest.mark.parametrize("name", ["plank", "wall_sit", "squat", "push_up"])
def test_stillness_gives_none(name: str) -> None:
    assert count_reps(held(name, 8.0)).cycles == ()


def test_a_hold_gives_none_whatever_the_body_does() -> None:
    assert count_reps(SET.track, exercises()["plank"]).cycles == ()


def test_nobody_gives_none_and_an_unknown_curve() -> None:
    gone = changed(SET.track, image_px=np.full_like(SET.track.image_px, np.nan))
    count = count_reps(gone)
    assert count.cycles == ()
    assert np.isnan(count.curve.values).all()


def test_pictures_too_far_apart_to_be_bridged_give_none() -> None:
    track = lifted("squat", [Lift()] * 2).track
    seconds_apart = changed(track, times_s=np.arange(len(track.times_s)) * np.float64(1.7133))
    assert count_reps(seconds_apart).cycles == ()


def test_the_curve_is_the_joint_angle_where_the_joint_tells_the_story() -> None:
    count = count_reps(SET.track, exercises()["squat"])
    assert (count.curve.label, count.curve.unit) == ("knee angle", "°")
    assert len(count.curve.values) == len(smooth(SET.track).times_s)
    assert count_reps(SET.track).curve.label == "movement"


def test_starts_turns_and_ends_are_true_within_a_tenth_of_a_second() -> None:
    expected = np.array([(cycle.start_s, cycle.turn_s, cycle.end_s) for cycle in SET.cycles])
    assert times(SET.track) == pytest.approx(expected, abs=0.10)


def test_a_partial_rep_is_marked_and_not_counted() -> None:
    filmed = lifted("squat", [*[Lift(1.2, 0, 0.9, 0.3)] * 4, Lift(0.8, 0, 0.7, 0.3, reach=0.4)], jitter_m=0.002)
    count = count_reps(filmed.track)
    assert count.complete == 4
    assert [cycle.complete for cycle in count.cycles] == [True] * 4 + [False]


def test_alternating_sides_are_named() -> None:
    filmed = lifted("hammer_curl", [Lift(1.0, 0.1, 1.0, 0.3)] * 6, yaw_deg=20, jitter_m=0.002, variant=1)
    cycles = count_reps(filmed.track).cycles
    assert [cycle.side for cycle in cycles] == ["left", "right"] * 3


def cut(filmed: Filmed, first_s: float, last_s: float) -> PoseTrack:
    inside = (filmed.track.times_s >= first_s) & (filmed.track.times_s <= last_s)
    return without_frames(filmed.track, inside)


def test_a_clip_that_starts_in_mid_rep_says_so() -> None:
    first = SET.cycles[0]
    count = count_reps(cut(SET, first.turn_s + 0.1, SET.cycles[-1].end_s + 0.5), exercises()["squat"])
    assert count.complete == 4
    assert count.starts_mid_rep
    assert not count.ends_mid_rep
