"""What must not change a count or a time of the rendered athlete: when, how fast, which way round, lost frames."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import find
from pipeline.reps import count_reps
from pipeline.values import Array, PoseTrack
from tests.athlete import Camera, Frames, Pace, Take, landmarks, movements, timeline

SET = Take("squat", reps=3, pace=Pace(1.2, 0.3, 0.9, 0.5), camera=Camera(yaw_deg=60.0))
COUNTED = [name for name, movement in movements().items() if movement.kind == "reps"]
few = settings(max_examples=3)


@cache
def as_filmed() -> Array:
    return times(landmarks(SET))


def times(track: PoseTrack, exercise: str = "squat") -> Array:
    """(reps, 3) start, turn and end of each complete repetition, seconds."""
    cycles = count_reps(track, find(exercise)).cycles
    return np.array([(cycle.start_s, cycle.turn_s, cycle.end_s) for cycle in cycles if cycle.complete])


def at_times(track: PoseTrack, times_s: Array) -> PoseTrack:
    return PoseTrack(
        times_s, track.image_px, track.world_m, track.visibility, track.width_px, track.height_px, track.people
    )


@few
@given(shift_s=st.floats(0.0, 3600.0))
def test_later_is_the_same(shift_s: float) -> None:
    track = landmarks(SET)
    assert times(at_times(track, track.times_s + shift_s)) == pytest.approx(as_filmed() + shift_s, abs=0.02)


@few
@given(speed=st.floats(0.6, 1.6))
def test_k_times_as_fast_takes_a_kth_of_the_time(speed: float) -> None:
    track = landmarks(SET)
    assert times(at_times(track, track.times_s / speed)) * speed == pytest.approx(as_filmed(), abs=0.1)


def test_the_other_way_round_is_the_same() -> None:
    one_sided = replace(SET, exercise="lunge")
    plain, mirrored = (
        times(landmarks(replace(one_sided, mirrored=flag, camera=Camera(yaw_deg=yaw_deg))), "lunge")
        for flag, yaw_deg in ((False, 60.0), (True, -60.0))
    )
    assert mirrored == pytest.approx(plain, abs=0.05)


@few
@given(dropped=st.floats(0.0, 0.25), seed=st.integers(0, 99))
def test_lost_frames_move_a_time_by_at_most_four_of_them(dropped: float, seed: int) -> None:
    take = replace(SET, frames=Frames(30.0, dropped=dropped), seed=seed)
    true = np.array([(rep.start_s, rep.turn_s, rep.end_s) for rep in timeline(take).truth.reps])
    assert times(landmarks(take)) == pytest.approx(true, abs=4 / 30)


@settings(max_examples=6)
@given(exercise=st.sampled_from(COUNTED), reps=st.integers(1, 9), yaw_deg=st.floats(30.0, 90.0))
def test_as_many_as_were_done_are_counted(exercise: str, reps: int, yaw_deg: float) -> None:
    take = replace(SET, exercise=exercise, reps=reps, camera=Camera(yaw_deg=yaw_deg))
    assert len(times(landmarks(take), exercise)) == reps
