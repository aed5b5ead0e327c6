"""Everybody in a clip is found by a detector that sees but one person in a picture, or none who is small in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from pipeline.pose.person import Person, Sighting, trails_of
from pipeline.pose.search import Look, find_everybody
from pipeline.video.decode import Frame
from pipeline.video.pixels import Pixels
from tests.athlete import Take, landmarks

BODY = landmarks(Take("squat", reps=1))
PLACES_PX = {200: (130.0, 240.0), 90: (500.0, 300.0)}  # a colour and where the one who wears it stands


def standing(middle_px: tuple[float, float], height_px: float) -> Person:
    image = np.array(BODY.image_px[0])
    image = (image - image.mean(axis=0)) / np.ptp(image[:, 1]) * height_px
    image += np.array(middle_px) - image[[11, 12, 23, 24]].mean(axis=0)
    return Person(image, np.array(BODY.world_m[0]), np.array(BODY.visibility[0]))


PEOPLE = {200: standing(PLACES_PX[200], 300.0), 90: standing(PLACES_PX[90], 120.0)}


def picture() -> Pixels:
    """Two people as squares of their colour."""
    pixels = np.zeros((480, 640, 3), dtype=np.uint8)
    for colour, (x, y) in PLACES_PX.items():
        pixels[int(y) - 5 : int(y) + 5, int(x) - 5 : int(x) + 5] = colour
    return pixels


def detector(least_share: float) -> Look:
    """Sees the largest one who is whole in the picture and no smaller than this share of its longer side."""

    def look(pixels: Pixels) -> tuple[Person, ...]:
        for colour, person in PEOPLE.items():
            rows, columns = np.nonzero(pixels[..., 0] == colour)
            if len(rows) and person.size_px >= least_share * max(pixels.shape):
                moved = np.array([columns.mean() + 0.5, rows.mean() + 0.5]) - PLACES_PX[colour]
                return (replace(person, image_px=person.image_px + moved),)
        return ()

    return look


def found_by(look: Look) -> list[list[tuple[int, int]]]:
    known = trails_of([Sighting(0.0, (PEOPLE[200],))])
    frames = [Frame(float(second), picture()) for second in range(9)]
    return [
        sorted((round(float(x)), round(float(y))) for x, y in (person.middle_px for person in sighting.people))
        for sighting in find_everybody(known, frames, look)
    ]


def test_who_was_overlooked_is_found_where_the_known_are_hidden() -> None:
    assert found_by(detector(0.1)) == [[(130, 240), (500, 300)]] * 9


def test_who_is_small_is_found_in_a_part_of_the_picture() -> None:
    look = detector(PEOPLE[90].size_px / 480)
    alone = np.where(picture() == 90, picture(), np.uint8(128))
    assert look(alone) == ()  # 640 px wide
    assert found_by(look) == [[(130, 240), (500, 300)]] * 9


def test_who_is_seen_once_and_never_again_is_nobody() -> None:
    shy = Shy(detector(0.1))
    assert found_by(shy) == [[(130, 240)]] * 9


class Shy:
    """Shows the small one on the first picture only."""

    def __init__(self, look: Callable[[Pixels], tuple[Person, ...]]) -> None:
        self._look, self._seen = look, 0

    def __call__(self, pixels: Pixels) -> tuple[Person, ...]:
        found = self._look(pixels)
        small = any(person.size_px < 200 for person in found)
        self._seen += small
        return () if small and self._seen > 1 else found
