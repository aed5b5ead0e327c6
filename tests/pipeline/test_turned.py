"""A clip that lies on its side is told by what it shows once it is turned."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.recognize import recognize
from pipeline.recognize.turned import seems_on_its_side, turned
from pipeline.values import PoseTrack
from tests.athlete import landmarks
from tests.athlete.fixtures import small_take


@pytest.fixture(scope="module")
def squats() -> PoseTrack:
    return landmarks(small_take("squat", 60.0))


@pytest.mark.parametrize("clockwise", [False, True])
def test_squats_on_their_side_are_told(squats: PoseTrack, clockwise: bool) -> None:
    assert recognize(squats).known
    on_its_side = turned(squats, clockwise=clockwise)
    assert not recognize(on_its_side).known
    assert seems_on_its_side(on_its_side)


def test_who_stands_still_and_is_not_recognised_is_not_on_the_side(squats: PoseTrack) -> None:
    still = PoseTrack(
        squats.times_s,
        np.repeat(squats.image_px[:1], len(squats.times_s), axis=0),
        np.repeat(squats.world_m[:1], len(squats.times_s), axis=0),
        squats.visibility,
        squats.width_px,
        squats.height_px,
    )
    assert not seems_on_its_side(still)


def test_turned_there_and_back_is_the_same(squats: PoseTrack) -> None:
    back = turned(turned(squats), clockwise=True)
    np.testing.assert_allclose(back.image_px, squats.image_px)
    np.testing.assert_allclose(back.world_m, squats.world_m)
    assert (back.width_px, back.height_px) == (squats.width_px, squats.height_px)
