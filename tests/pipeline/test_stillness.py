"""What does not move has no repetitions, however its landmarks tremble; what moves a little keeps them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.pose.estimator import PoseEstimator
from pipeline.reps import count_reps
from pipeline.reps.body import body_of
from pipeline.reps.stillness import is_still
from pipeline.values import Array, PoseTrack
from pipeline.video.decode import Sampling, frames, probe
from pipeline.video.pixels import Pixels
from tests.athlete.fixtures import Studio, small_take, studio
from tests.athlete.take import Frames, Take
from tests.pipeline.stick_figures import Lift, changed, held, lifted

__all__ = ["studio"]

FEET = (29, 30, 31, 32)
RATE_HZ = 20
STILLS = [("squat", 160), ("plank", 288), ("pull_up", 288), ("lateral_raise", 480)]


def test_stillness_is_told_from_movement() -> None:
    still, moved = body_of(held("squat", 5.0)), body_of(lifted("squat", [Lift()] * 2).track)
    assert still is not None
    assert moved is not None
    assert is_still(still)
    assert not is_still(moved)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(0.001, 0.03), st.floats(0.0, 0.01), st.booleans())
def test_trembling_is_no_repetition_whatever_it_is_called(
    seed: int, jitter_m: float, slow_m: float, named: bool
) -> None:
    """jitter_m from picture to picture, slow_m what wanders within a second: more than MediaPipe does."""
    track, rng = held("squat", 6.0), np.random.default_rng(seed)
    assert count_reps(trembling(track, jitter_m, slow_m, rng), named=named).cycles == ()


@pytest.mark.parametrize("name", ["calf_raise", "shrug", "jump_rope"])
def test_small_movements_of_the_whole_body_are_counted(name: str) -> None:
    track = lifted(name, [Lift(1.0, 0.1, 0.9, 0.3)] * 5, jitter_m=0.003).track
    assert count_reps(track).complete == 5


def trembling(track: PoseTrack, jitter_m: float, slow_m: float, rng: np.random.Generator) -> PoseTrack:
    """The track with every landmark off by its own noise, some of it slow, as a tracker's that follows itself."""
    body = body_of(track)
    assert body is not None
    slow = np.stack([slow_noise(len(track.times_s), rng) for _ in range(33 * 3)], axis=1).reshape(-1, 33, 3) * slow_m
    off_m = slow + rng.normal(0, jitter_m, slow.shape)
    image = track.image_px + off_m[..., :2] * body.scale_px_per_m
    return changed(track, image_px=image, world_m=track.world_m + off_m)


def slow_noise(length: int, rng: np.random.Generator) -> Array:
    """(T,) of unit size, without anything quicker than about a second."""
    smooth = np.convolve(rng.normal(0, 1, length + 29), np.hanning(31)[1:], mode="valid")
    return np.asarray(smooth / smooth.std())


@pytest.fixture(scope="module")
def estimator(pose_model: Path) -> Iterator[PoseEstimator]:
    with PoseEstimator(pose_model) as ready:
        yield ready


@pytest.mark.slow
@pytest.mark.parametrize(("exercise", "width_px"), STILLS)
def test_a_filmed_still_picture_has_no_repetition(
    exercise: str, width_px: int, studio: Studio, estimator: PoseEstimator, tmp_path: Path
) -> None:
    clip = tmp_path / "still.mp4"
    filmed_still(first_picture(studio(posed(exercise, width_px)).path), clip)
    track = tracked(estimator, clip)
    assert count_reps(track, named=True).cycles == ()
    body = body_of(track)
    assert body is not None
    assert is_still(body)


@pytest.mark.slow
def test_the_same_tremble_under_a_calf_raise_hides_none(
    studio: Studio, estimator: PoseEstimator, tmp_path: Path
) -> None:
    clip = tmp_path / "still.mp4"
    filmed_still(first_picture(studio(posed("lateral_raise", 480)).path), clip, seconds=6)
    raised = on_toes(tracked(estimator, clip), height_m=0.09, every_s=1.5, times=3)
    assert count_reps(raised).complete == 3


def posed(exercise: str, width_px: int) -> Take:
    """A take of few pictures, of which the first is wanted."""
    take = small_take(exercise, reps=1)
    camera, grown = take.camera, width_px / take.camera.width_px
    camera = replace(camera, width_px=width_px, height_px=2 * round(camera.height_px * grown / 2))
    return replace(take, camera=camera, hold_s=2.0, frames=Frames(2.0))


def first_picture(clip: Path) -> Pixels:
    with av.open(str(clip)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24").astype(np.uint8, copy=False)


def filmed_still(picture: Pixels, out: Path, seconds: int = 3) -> None:
    with av.open(str(out), "w") as container:
        stream = container.add_stream("libx264", rate=RATE_HZ)
        stream.width, stream.height, stream.pix_fmt = picture.shape[1], picture.shape[0], "yuv420p"
        for _ in range(seconds * RATE_HZ):
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())


def tracked(estimator: PoseEstimator, clip: Path) -> PoseTrack:
    sampling = Sampling()
    return estimator.track_clip(
        lambda part, pace: frames(clip, sampling, part=part, pace=pace), probe(clip, sampling), sampling
    )


def on_toes(track: PoseTrack, height_m: float, every_s: float, times: int) -> PoseTrack:
    """The same body, everything but its feet lifted and lowered so often."""
    body = body_of(track)
    assert body is not None
    turns = np.clip((track.times_s - track.times_s[0] - 0.5) / every_s, 0, times)
    lifted_px = height_m * body.scale_px_per_m * (1 - np.cos(2 * np.pi * turns)) / 2
    above = [point for point in range(33) if point not in FEET]
    image = track.image_px.copy()
    image[:, above, 1] -= lifted_px[:, None]
    return changed(track, image_px=image)
