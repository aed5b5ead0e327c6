"""Legs keep their names where the network exchanges them, and are left alone where they pass each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from pipeline.catalogue import find
from pipeline.learn.simulate.track import textbook
from pipeline.pose.legs import LEFT, RIGHT, relabel_legs, swapped_legs
from pipeline.values import PoseTrack
from tests.athlete import Frames, landmarks
from tests.athlete.fixtures import small_take


def lunge(yaw_deg: float = 80.0, rate_hz: float = 24.0) -> PoseTrack:
    return landmarks(replace(small_take("lunge", yaw_deg), frames=Frames(rate_hz)))


def mistaken(track: PoseTrack, rows: Sequence[int] | slice) -> PoseTrack:
    """The track with left and right legs under each other's names in these rows."""
    swapped = []
    for values in (track.image_px, track.world_m, track.visibility):
        copy = values.copy()
        copy[rows, LEFT], copy[rows, RIGHT] = values[rows, RIGHT], values[rows, LEFT]
        swapped.append(copy)
    return replace(track, image_px=swapped[0], world_m=swapped[1], visibility=swapped[2])


def same(one: PoseTrack, other: PoseTrack) -> bool:
    return all(
        np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
        for name in ("image_px", "world_m", "visibility")
    )


@pytest.mark.parametrize("yaw_deg", [60.0, 80.0, 90.0])
@pytest.mark.parametrize("rate_hz", [12.0, 24.0, 60.0])
def test_a_lunge_whose_legs_change_places_is_put_right(yaw_deg: float, rate_hz: float) -> None:
    track = lunge(yaw_deg, rate_hz)
    strides_px = np.linalg.norm(track.image_px[:, LEFT] - track.image_px[:, RIGHT], axis=2).mean(axis=1)
    deepest = int(strides_px.argmax())
    deep = slice(deepest - 2, deepest + 3)
    assert same(relabel_legs(mistaken(track, deep)), track)


def test_the_names_that_legs_have_oftener_are_believed() -> None:
    track = lunge()
    most = slice(len(track.times_s) // 4, len(track.times_s))
    assert same(relabel_legs(mistaken(track, most)), mistaken(track, slice(0, len(track.times_s))))


@pytest.mark.parametrize(
    ("exercise", "rep_s"),
    [("mountain_climber", 0.8), ("high_knees", 0.7), ("front_kick", 0.8), ("lunge", 2.0), ("burpee", 3.0)],
)
@pytest.mark.parametrize("yaw_deg", [0.0, 60.0, 90.0])
@pytest.mark.parametrize("rate_hz", [24.0, 30.0])
def test_legs_that_pass_each_other_fast_are_left_alone(
    exercise: str, rep_s: float, yaw_deg: float, rate_hz: float
) -> None:
    entry = find(exercise)
    assert entry is not None
    track = textbook(entry, rep_s=rep_s, yaw_deg=yaw_deg, rate_hz=rate_hz)
    assert not swapped_legs(track.times_s, track.image_px).any()


def test_behind_a_cut_or_a_gap_legs_are_looked_at_afresh() -> None:
    track = lunge()
    half = len(track.times_s) // 2
    other_shot = mistaken(track, slice(half, len(track.times_s)))
    cut_s = float(track.times_s[half])
    assert not swapped_legs(track.times_s, other_shot.image_px, [cut_s]).any()
    later = np.where(np.arange(len(track.times_s)) < half, track.times_s, track.times_s + 2.0)
    assert not swapped_legs(later, other_shot.image_px).any()
    assert swapped_legs(track.times_s, other_shot.image_px).any()


def test_nobody_in_view_stays_nobody() -> None:
    track = lunge()
    image = track.image_px.copy()
    image[10:14] = np.nan
    gone = replace(track, image_px=image)
    assert not swapped_legs(gone.times_s, gone.image_px).any()
    empty = replace(track, image_px=np.full_like(image, np.nan))
    assert relabel_legs(empty) is empty
