"""The drawn photo: its size, its colours, its labels inside the picture and off each other."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.catalogue.pose import yoga_poses
from pipeline.chart.canvas import Box
from pipeline.chart.palette import DARK
from pipeline.overlay.hud import rgb
from pipeline.photo.draw import LINE_PX, WIDTH, draw_photo, framed, wedge
from pipeline.photo.labels import Label, placed
from pipeline.photo.report import PhotoReport, photo_to_plain
from pipeline.photo.words import PhotoWords
from tests.pipeline.photo.bodies import figure_px, warrior_report

WORDS = PhotoWords("Warrior II", "Virabhadrasana II · 93 % sure", ("left knee 178°, usually 111°",))
SIZE = 31.0


def picture(report: PhotoReport, words: PhotoWords = WORDS) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.asarray(Image.open(io.BytesIO(draw_photo(report, words))))


def coloured(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]], color: str) -> int:
    return int((np.abs(pixels.astype(int) - rgb(color)).max(axis=2) < 12).sum())


@pytest.mark.parametrize("size", [(1280, 960), (200, 700)])
def test_a_photo_of_any_size_comes_back_as_wide_as_a_phone_likes(size: tuple[int, int]) -> None:
    pixels = picture(warrior_report(size=size))
    assert pixels.shape[1] == WIDTH
    assert 700 < pixels.shape[0] < 1700
    assert coloured(pixels, DARK.ink) > 3000
    assert coloured(pixels, DARK.paper) > 50_000


def test_what_differs_is_amber_and_what_does_not_is_blue() -> None:
    report = warrior_report()
    assert report.deviations
    same = replace(report, differences=tuple(replace(one, within=True) for one in report.differences))
    assert coloured(picture(report), DARK.concentric) > 2 * coloured(picture(same, PhotoWords("", "")), DARK.concentric)


def test_the_longest_names_of_poses_are_not_cut_short_under_the_photo() -> None:
    names = sorted((entry.names["en"] for entry in yoga_poses().values()), key=len)[-3:]
    short, long = (
        picture(warrior_report(), PhotoWords("A pose", text)) for text in ("", f"perhaps {', '.join(names)}")
    )
    assert long.shape[0] - short.shape[0] == 2 * LINE_PX
    last_line = long[-int(LINE_PX) - 34 :]
    assert coloured(last_line, DARK.muted) > 100


def test_drawing_twice_gives_the_same_bytes() -> None:
    assert draw_photo(warrior_report(), WORDS) == draw_photo(warrior_report(), WORDS)


def test_a_report_without_its_picture_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="not kept"):
        draw_photo(replace(warrior_report(), view=None), WORDS)


def test_a_body_that_is_hidden_is_not_drawn_and_no_error() -> None:
    report = warrior_report()
    assert report.view is not None
    hidden = replace(report, view=replace(report.view, visibility=np.zeros(33)))
    assert picture(hidden).shape[1] == WIDTH


@given(
    points=st.lists(st.tuples(st.floats(0, 1080), st.floats(0, 1200)), min_size=1, max_size=8),
    turn=st.floats(0, 2 * np.pi),
)
def test_labels_stay_in_the_room(points: list[tuple[float, float]], turn: float) -> None:
    room = Box(0, 0, 1080, 1200)
    labels = [Label("178°", at, (float(np.cos(turn)), float(np.sin(turn)))) for at in points]
    boxes = placed(labels, SIZE, room, [])
    assert len(boxes) == len(labels)
    for box, _ in boxes:
        assert room.left <= box.left < box.right <= room.right
        assert room.top <= box.top < box.bottom <= room.bottom


def test_labels_of_neighbours_do_not_cover_each_other() -> None:
    labels = [Label("178°", at, (1.0, 0.0)) for at in ((500, 500), (520, 520), (500, 560), (540, 500))]
    boxes = [box for box, _ in placed(labels, SIZE, Box(0, 0, 1080, 1200), [])]
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            across = min(one.right, other.right) - max(one.left, other.left)
            down = min(one.bottom, other.bottom) - max(one.top, other.top)
            assert min(across, down) <= 0


@given(shift=st.tuples(st.floats(-200, 900), st.floats(-200, 900)), scale=st.floats(0.05, 3))
def test_what_is_shown_lies_in_the_photo(shift: tuple[float, float], scale: float) -> None:
    part = framed(figure_px() * scale + shift, 600, 800)
    assert -1e-6 <= part.left < part.right <= 600 + 1e-6
    assert -1e-6 <= part.top < part.bottom <= 800 + 1e-6


def test_a_wedge_spans_the_smaller_angle_between_the_limbs() -> None:
    xs, ys = wedge(np.array([[0.0, -10.0], [0.0, 0.0], [10.0, 0.0]]), 5.0)
    assert xs.max() == pytest.approx(5)
    assert xs.min() > -1e-6
    assert ys.max() < 1e-6


def test_the_report_as_json_holds_no_picture_and_no_nan() -> None:
    plain = photo_to_plain(warrior_report())
    assert plain["source"]["kind"] == "photo"
    assert plain["source"]["frame_rate_hz"] is None
    assert "view" not in plain
    assert plain["exercise"]["name"] == "warrior_2_pose"
    assert len(plain["angles"]) == 8
