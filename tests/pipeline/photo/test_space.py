"""A body in space: the same whichever way it faces and however large, left for right in a mirror, cut where unseen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.photo.shape import LANDMARKS_USED, framed
from pipeline.photo.space import Bodies, bodies, rows_of, space_features
from pipeline.values import Array
from tests.pipeline.photo.bodies import HEIGHT, WIDTH, figure_px, track_of

NEAR = 1e-3
WHOLE = np.ones((1, len(LANDMARKS_USED)), np.float32)


def figure_m() -> Array:
    """(1, 33, 3) a body with some depth to it."""
    world = track_of(figure_px()).world_m
    return world + np.random.default_rng(0).normal(0, 0.05, world.shape)


@settings(deadline=None, max_examples=25)
@given(st.floats(-180, 180), st.floats(0.5, 2))
def test_neither_the_way_it_faces_nor_its_size_changes_a_number(yaw_deg: float, size: float) -> None:
    cosine, sine = np.cos(np.deg2rad(yaw_deg)), np.sin(np.deg2rad(yaw_deg))
    turned = figure_m() @ np.array([[cosine, 0, sine], [0, 1, 0], [-sine, 0, cosine]]).T * size
    one, other = (space_features(bodies(world, WHOLE)) for world in (figure_m(), turned))
    assert np.abs(one - other).max() < 10 * NEAR


def test_a_mirror_twice_is_no_mirror() -> None:
    seen = bodies(figure_m(), WHOLE)
    assert np.array_equal(seen.mirrored().mirrored().points, seen.points)
    assert np.abs(space_features(seen.mirrored()) - space_features(seen)).max() > NEAR


def test_what_is_not_in_the_picture_is_not_read() -> None:
    lost = WHOLE.copy()
    lost[0, 15:] = 0
    moved = figure_m()
    moved[:, 27:] += 0.3
    one, other = (rows_of(bodies(world, lost)) for world in (figure_m(), moved))
    assert one == pytest.approx(other)


def test_landmarks_outside_the_picture_are_not_known() -> None:
    image_px = figure_px()
    image_px[27] = 100, HEIGHT + 1
    image_px[15, 0] = -1
    found = np.isfinite(framed(image_px, WIDTH, HEIGHT)).all(axis=1)
    assert set(np.flatnonzero(~found)) == {15, 27}


def test_bodies_of_which_nothing_is_known_are_zeros_throughout() -> None:
    nobody = bodies(np.full((2, 33, 3), np.nan), np.ones((2, len(LANDMARKS_USED)), np.float32))
    assert isinstance(nobody, Bodies)
    assert (space_features(nobody) == 0).all()
