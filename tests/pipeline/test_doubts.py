from __future__ import annotations

import numpy as np
import pytest

from pipeline.catalogue import find
from pipeline.doubts import doubts
from pipeline.holds import Hold
from pipeline.values import Doubt, PoseTrack, Recognition

STILL_MINUTE = PoseTrack(
    np.arange(1800) / 30, np.ones((1800, 33, 2)), np.ones((1800, 33, 3)), np.ones((1800, 33)), 640, 360
)


def said(recognition: Recognition, held_s: float) -> set[Doubt]:
    hold = Hold(0.0, held_s, steadiness=0.8, sway_m=0.02)
    return {caveat.doubt for caveat in doubts(STILL_MINUTE, None, recognition, find("plank"), hold)}


@pytest.mark.parametrize(("held_s", "doubted"), [(58.0, False), (31.0, False), (29.0, True), (2.0, True)])
def test_a_hold_of_less_than_half_the_clip_was_no_stillness(held_s: float, doubted: bool) -> None:
    assert (Doubt.HOLD_WITHOUT_STILLNESS in said(Recognition("plank", 0.9), held_s)) == doubted


@pytest.mark.parametrize(
    ("recognition", "doubt"),
    [
        (Recognition("plank", 0.9), None),
        (Recognition("plank", 0.9, coarse=True), Doubt.EXERCISE_UNSURE),
        (Recognition("unknown", 0.3), Doubt.EXERCISE_UNKNOWN),
    ],
)
def test_a_name_that_is_not_sure_is_doubted(recognition: Recognition, doubt: Doubt | None) -> None:
    about_name = {Doubt.EXERCISE_UNSURE, Doubt.EXERCISE_UNKNOWN} & said(recognition, 58.0)
    assert about_name == ({doubt} if doubt else set())
