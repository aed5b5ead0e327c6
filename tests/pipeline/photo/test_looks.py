"""A body looked at again is put back where the photo shows it; whoever else is found is left out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from pipeline.kinematics import JOINTS
from pipeline.photo.looks import MIRROR, crowd, everybody, looks, mirrored
from pipeline.pose.person import Person
from pipeline.video.pixels import Pixels
from tests.pipeline.photo.bodies import HEIGHT, WIDTH, figure_px

SPOT_PX = 60.0  # the side of the white spot that the scripted landmarker finds a body at
NEAR_PX = 4.0  # a spot's edge is a pixel or two off in a picture made larger


def person_at(middle_px: Sequence[float], scale: float = 1.0) -> Person:
    """The figure, its trunk's middle here, lying in the picture's plane."""
    figure = figure_px() - Person(figure_px(), np.zeros((33, 3)), np.ones(33)).middle_px
    world = np.concatenate([figure / 400, np.zeros((33, 1))], axis=1)
    return Person(figure * scale + np.asarray(middle_px), world, np.ones(33))


def spotted(middle_px: tuple[int, int]) -> Pixels:
    """A black picture with a white spot."""
    pixels = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    x, y, half = *middle_px, int(SPOT_PX / 2)
    pixels[y - half : y + half, x - half : x + half] = 255
    return pixels


def look(pixels: Pixels) -> tuple[Person, ...]:
    """A landmarker that finds the figure at the spot, as large as the spot is."""
    rows, columns = np.nonzero(pixels[..., 0] > 127)
    if not len(rows):
        return ()
    return (person_at((columns.mean() + 0.5, rows.mean() + 0.5), (np.ptp(columns) + 1) / SPOT_PX),)


def nobody(_: Pixels) -> tuple[Person, ...]:
    return ()


def test_a_mirror_s_mirror_image_is_what_was_there() -> None:
    person = person_at((250, 300))
    assert sorted(MIRROR) == list(range(33))
    twice = mirrored(mirrored(person, WIDTH), WIDTH)
    assert np.array_equal(twice.image_px, person.image_px)
    assert np.array_equal(twice.world_m, person.world_m)


def test_a_mirror_changes_left_for_right_at_every_joint() -> None:
    sides = {left: right for joint in JOINTS.values() for left, right in zip(*joint, strict=True)}
    assert sides
    assert all(MIRROR[left] == right for left, right in sides.items())
    person = person_at((250, 300))
    seen = mirrored(person, WIDTH)
    for left, right in sides.items():
        assert seen.image_px[right] == pytest.approx(person.image_px[left] * [-1, 1] + [WIDTH, 0])
        assert seen.world_m[right] == pytest.approx(person.world_m[left] * [-1, 1, 1])


@pytest.mark.parametrize("middle", [(300, 330), (120, 200), (480, 600)])
def test_every_look_is_put_back_where_the_photo_shows_the_body(middle: tuple[int, int]) -> None:
    pixels = spotted(middle)
    (person,) = look(pixels)
    found = looks(pixels, person, look)
    assert len(found) == 3
    for one in found[1:]:
        assert np.abs(one.middle_px - person.middle_px).max() < NEAR_PX
        assert one.size_px == pytest.approx(person.size_px, rel=0.1)


def test_who_is_overlooked_in_the_photo_is_looked_for_in_its_mirror_image() -> None:
    pixels = spotted((120, 330))

    def look_right_half(shown: Pixels) -> tuple[Person, ...]:
        return tuple(one for one in look(shown) if one.middle_px[0] > WIDTH / 2)

    assert look_right_half(pixels) == ()
    (person,) = everybody(pixels, look_right_half)
    assert np.abs(person.middle_px - (120, 330)).max() < NEAR_PX
    assert everybody(pixels, nobody) == ()


def test_whoever_is_found_elsewhere_is_left_out() -> None:
    pixels = spotted((300, 330))
    (person,) = look(pixels)
    assert looks(pixels, person, lambda _: (person_at((40, 700)),)) == (person,)
    assert looks(pixels, person, nobody) == (person,)


def test_a_body_outside_the_picture_is_not_looked_at_from_closer() -> None:
    pixels = spotted((300, 330))
    person = person_at((-2000, -2000))
    assert looks(pixels, person, look) == (person,)


@pytest.mark.parametrize(("spots", "count"), [((200,), 1), ((200, 1100), 2), ((200, 700, 1250), 3), ((200, 330), 1)])
def test_in_a_wide_photo_others_are_looked_for_in_squares(spots: Sequence[int], count: int) -> None:
    """The landmarker sees but one of them at once, as it does from so far, and one in two whose boxes share much."""
    wide = np.zeros((HEIGHT, 2 * HEIGHT + 400, 3), np.uint8)
    for x in spots:
        wide[300:360, x : x + 60] = 255

    def one(pixels: Pixels) -> tuple[Person, ...]:
        first = int(np.nonzero(pixels[..., 0].any(axis=0))[0][0]) if pixels.any() else None
        return () if first is None else (person_at((first + 30, 330), 0.9),)

    assert crowd(wide, one(wide), one) == count
    upright = np.ascontiguousarray(wide[:, : HEIGHT + 50])
    assert crowd(upright, one(upright), one) == 1
