from __future__ import annotations

import numpy as np
import pytest

from pipeline.catalogue import find
from pipeline.doubts import doubts
from pipeline.holds import Hold
from pipeline.reps import Count
from pipeline.values import Curve, Cycle, Doubt, PoseTrack, Recognition, count_is_torn
from pipeline.video.decode import Sampling
from pipeline.video.pace import Pace, Thinning

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


@pytest.mark.parametrize(
    ("reps", "confidence", "runner_up", "doubted"),
    [(5, 0.5, 6, {Doubt.COUNT_UNSURE}), (5, 0.9, None, set()), (0, 0.4, 1, {Doubt.COUNT_UNSURE, Doubt.NO_MOVEMENT})],
)
def test_a_count_that_is_not_sure_is_doubted_even_where_none_is_told(
    reps: int, confidence: float, runner_up: int | None, doubted: set[Doubt]
) -> None:
    flat = Curve(STILL_MINUTE.times_s, np.zeros(1800), "movement", "%")
    count = Count(tuple(Cycle(n, n + 0.5, n + 1.0) for n in range(reps)), flat, flat, confidence, runner_up)
    found = doubts(STILL_MINUTE, None, Recognition("squat", 0.9), find("squat"), count)
    assert {Doubt.COUNT_UNSURE, Doubt.NO_MOVEMENT} & {caveat.doubt for caveat in found} == doubted
    assert count_is_torn(found) is (Doubt.COUNT_UNSURE in doubted)


@pytest.mark.parametrize(("filmed_hz", "doubted"), [(10.0, True), (24.0, False), (25.0, False), (29.97, False)])
def test_only_a_clip_of_few_frames_is_told_so(filmed_hz: float, doubted: bool) -> None:
    """Calm sets are sampled at 12 Hz, unevenly where that does not divide the clip's own rate."""
    wanted = Thinning(Pace(Sampling().calm_rate_hz))
    times_s = np.array([number / filmed_hz for number in range(300) if wanted.takes(number / filmed_hz)])
    rows = len(times_s)
    track = PoseTrack(times_s, np.ones((rows, 33, 2)), np.ones((rows, 33, 3)), np.ones((rows, 33)), 640, 360)
    found = doubts(track, None, Recognition("plank", 0.9), find("plank"), Hold(0.0, 9.0, 0.8, 0.02))
    assert (Doubt.LOW_FRAME_RATE in {caveat.doubt for caveat in found}) == doubted
