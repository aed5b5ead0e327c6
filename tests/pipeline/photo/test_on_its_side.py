"""A photo that somebody turned by a quarter is suspected; lying, bending and standing bodies are not."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.catalogue import exercises
from pipeline.learn.simulate.track import textbook
from pipeline.photo.on_its_side import seems_on_its_side
from pipeline.values import Array
from tests.pipeline.photo.bodies import WIDTH, figure_px


def turned(body_px: Array, quarters: int) -> Array:
    """The landmarks where a picture turned by so many quarters shows them."""
    for _ in range(quarters):
        body_px = np.stack([body_px[:, 1], WIDTH - 1 - body_px[:, 0]], axis=1)
    return body_px


@pytest.mark.parametrize(("quarters", "suspected"), [(0, False), (1, True), (2, False), (3, True)])
def test_who_stands_facing_the_camera_is_told_from_a_photo_on_its_side(quarters: int, suspected: bool) -> None:
    assert seems_on_its_side(turned(figure_px(), quarters)) is suspected


@pytest.mark.parametrize("name", ["plank", "push_up", "bench_press", "crunch", "hip_thrust", "yoga_downward_dog"])
def test_who_lies_and_is_seen_from_the_side_is_not_suspected(name: str) -> None:
    track = textbook(exercises()[name], yaw_deg=90.0)
    assert not any(seems_on_its_side(body_px) for body_px in track.image_px[::10])


def test_who_bends_over_before_the_camera_is_not_suspected() -> None:
    bent = figure_px()
    bent[:23] = (
        turned(figure_px(), 1)[:23] - turned(figure_px(), 1)[[23, 24]].mean(axis=0) + bent[[23, 24]].mean(axis=0)
    )
    assert not seems_on_its_side(bent)


def test_a_body_in_one_point_is_none() -> None:
    assert not seems_on_its_side(np.zeros((33, 2)))
