"""A clip on disk is what its take says: times, size, codec, rotation, and the same bytes each time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.values import Array
from tests.athlete import Camera, Frames, Pace, Take
from tests.athlete.film import Encoding, film, write
from tests.athlete.fixtures import Studio, small_take
from tests.athlete.take import frame_times

TINY = Take(
    "squat", reps=1, pace=Pace(0.2, 0.0, 0.2), lead_in_s=0.1, lead_out_s=0.1, camera=Camera(width_px=120, height_px=160)
)


def shown(path: Path) -> tuple[Array, list[av.VideoFrame]]:
    with av.open(path) as container:
        pictures = list(container.decode(video=0))
    return np.array([picture.time for picture in pictures]), pictures


UNEVEN = [Frames(15.0), Frames(29.97), Frames(120.0), Frames(30.0, 0.2), Frames(30.0, 0.1, 0.3)]


@pytest.mark.parametrize("frames", UNEVEN)
def test_presentation_times_survive_to_a_90000th_of_a_second(frames: Frames, tmp_path: Path) -> None:
    times_s = frame_times(replace(TINY, frames=frames), 3.0)
    write(tmp_path / "clip.mp4", times_s, (np.full((64, 48, 3), i % 200, np.uint8) for i in range(len(times_s))))
    found_s, _ = shown(tmp_path / "clip.mp4")
    np.testing.assert_allclose(found_s, times_s, atol=1 / 90_000)


def test_a_clip_is_h264_that_every_telephone_plays(tmp_path: Path) -> None:
    film(TINY, tmp_path / "clip.mp4")
    with av.open(tmp_path / "clip.mp4") as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.pix_fmt) == ("h264", "yuv420p")
        assert (stream.width, stream.height) == (120, 160)
    content = (tmp_path / "clip.mp4").read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")  # playable before all of it has come


def test_the_same_take_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first.mp4", "second.mp4"):
        film(TINY, tmp_path / name)
    assert (tmp_path / "first.mp4").read_bytes() == (tmp_path / "second.mp4").read_bytes()


@pytest.mark.parametrize("turn_deg", [90, 180, 270])
def test_a_turned_clip_is_upright_again_when_players_follow_its_header(turn_deg: int, tmp_path: Path) -> None:
    take = replace(TINY, pace=Pace(0.1, 0.0, 0.1), lead_in_s=0.0, lead_out_s=0.0)
    film(take, tmp_path / "upright.mp4")
    film(take, tmp_path / "turned.mp4", encoding=Encoding(turn_deg=turn_deg))
    upright, turned = (shown(tmp_path / f"{name}.mp4")[1][0] for name in ("upright", "turned"))
    assert -turned.rotation % 360 == turn_deg  # PyAV counts against the clock
    back = np.rot90(turned.to_ndarray(format="rgb24"), -turn_deg // 90)
    difference = np.abs(back.astype(int) - upright.to_ndarray(format="rgb24"))
    assert difference.mean() < 6  # grey levels; both are lossy


def test_the_studio_films_a_take_once(studio: Studio) -> None:
    first, again = studio(TINY), studio(TINY)
    assert first.path == again.path
    assert small_take("squat").camera.height_px > small_take("push_up").camera.height_px
