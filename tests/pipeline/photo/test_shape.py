"""Shapes and features: where the camera stood and how large the picture is changes nothing; a mirror turns sides."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.photo.features import features
from pipeline.photo.shape import LANDMARKS_USED, MIRROR, SHOULDER, Shapes, shapes
from pipeline.values import Array
from tests.pipeline.photo.bodies import figure_px

NEAR = 1e-4  # single precision


def shape_of(image_px: Array, visibility: float = 1.0) -> Shapes:
    return shapes(image_px[None], np.full((1, 33), visibility))


@given(scale=st.floats(0.05, 40), x=st.floats(-3000, 3000), y=st.floats(-3000, 3000))
def test_size_and_place_change_nothing(scale: float, x: float, y: float) -> None:
    moved = shape_of(figure_px() * scale + [x, y])
    assert np.abs(moved.points - shape_of(figure_px()).points).max() < 1e-3  # pixels cancel in single precision
    assert np.abs(features(moved) - features(shape_of(figure_px()))).max() < 1e-2


def test_a_mirror_image_twice_is_the_body_again() -> None:
    body = shape_of(figure_px() + np.random.default_rng(0).normal(0, 20, (33, 2)))
    twice = body.mirrored().mirrored()
    assert np.array_equal(twice.points, body.points)
    assert sorted(MIRROR) == list(range(len(LANDMARKS_USED)))


def test_the_mirrored_picture_is_the_mirrored_shape() -> None:
    image = figure_px() + np.random.default_rng(1).normal(0, 15, (33, 2))
    turned = image * [-1, 1] + [600, 0]
    turned = turned[[0, 4, 5, 6, 1, 2, 3, 8, 7, 10, 9, *(n + 1 if n % 2 else n - 1 for n in range(11, 33))]]
    assert np.abs(shape_of(turned).points - shape_of(image).mirrored().points).max() < NEAR


def test_a_metre_of_body_is_about_one() -> None:
    points = shape_of(figure_px()).points[0]
    assert 0.2 < np.linalg.norm(points[SHOULDER] - points[SHOULDER + 1]) < 0.5


def test_one_landmark_gone_wild_does_not_change_how_large_the_others_look() -> None:
    image = figure_px()
    image[15] = (9000, 235)  # a wrist
    points, usual = shape_of(image).points[0], shape_of(figure_px()).points[0]
    others = [place for place, landmark in enumerate(LANDMARKS_USED) if landmark != 15]
    assert np.abs(points[others] - usual[others]).max() < 0.1  # metres


def test_what_is_not_known_is_zero_and_said() -> None:
    image = figure_px()
    image[[15, 16, 27]] = np.nan
    seen = shape_of(image)
    assert seen.known.sum() == len(LANDMARKS_USED) - 3
    assert np.isfinite(features(seen)).all()
    assert (seen.points[seen.known == 0] == 0).all()


def test_nothing_known_at_all_is_no_error() -> None:
    nothing = features(shape_of(np.full((33, 2), np.nan)))
    assert (nothing == 0).all()


def test_guessed_landmarks_are_known_but_not_visible() -> None:
    seen = shape_of(figure_px(), visibility=0.3)
    assert seen.known.all()
    assert not seen.visible.any()
