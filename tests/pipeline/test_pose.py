"""Parts of a clip side by side see what one pass sees, and a landmarker forgets between clips."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

from bot.commands.demo import sample_clip
from pipeline.errors import NobodyInView, NotAVideo
from pipeline.pose.estimator import PoseEstimator, PoseOptions
from pipeline.pose.landmarker import _LATEST_MS
from pipeline.pose.parts import parts_of
from pipeline.values import PoseTrack
from pipeline.video.decode import Frame, Part, Sampling, frames, probe
from pipeline.video.pace import Pace

CALM = Sampling(rate_hz=10.0, calm_rate_hz=10.0, limit_s=9.0)
SAME_PX = 5.0  # of 640, at the 90th percentile: how far the network scatters when its crop starts elsewhere


@pytest.fixture(scope="module")
def estimator(pose_model: Path) -> Iterator[PoseEstimator]:
    with PoseEstimator(pose_model) as ready:
        yield ready


def shown(part: Part, pace: Pace) -> Iterator[Frame]:
    return frames(sample_clip(), CALM, part=part, pace=pace)


def tracked(estimator: PoseEstimator, advanced: Callable[[float], None] = lambda _: None) -> PoseTrack:
    clip = replace(probe(sample_clip()), duration_s=9.0)
    return estimator.track_clip(shown, clip, CALM, advanced=advanced)


@pytest.fixture(scope="module")
def first(estimator: PoseEstimator) -> tuple[PoseTrack, list[float]]:
    """The clip as an estimator sees it that has seen nothing before, and what progress it told."""
    told: list[float] = []
    return tracked(estimator, told.append), told


@pytest.mark.slow
def test_two_parts_see_what_one_pass_sees(estimator: PoseEstimator, first: tuple[PoseTrack, list[float]]) -> None:
    split, whole = first[0], estimator.track(frames(sample_clip(), CALM))
    assert np.array_equal(split.times_s, whole.times_s)
    apart = np.linalg.norm(split.image_px - whole.image_px, axis=2).mean(axis=1)
    boundary = int(np.searchsorted(split.times_s, 4.0))
    assert apart[:boundary].max() == 0.0
    assert np.median(apart[boundary:]) < SAME_PX / 2
    assert np.percentile(apart[boundary:], 90) < SAME_PX


@pytest.mark.slow
def test_nothing_of_one_clip_reaches_the_next(estimator: PoseEstimator, first: tuple[PoseTrack, list[float]]) -> None:
    turned = [replace(frame, pixels=np.ascontiguousarray(frame.pixels[::-1])) for frame in shown((0, 2), Pace(10.0))]
    estimator.track(turned)
    again = tracked(estimator)
    assert np.array_equal(again.image_px, first[0].image_px)
    assert again.world_m == pytest.approx(first[0].world_m, abs=1e-7)
    assert again.visibility == pytest.approx(first[0].visibility, abs=1e-6)


@pytest.mark.slow
def test_a_landmarker_that_has_seen_a_great_deal_is_renewed(pose_model: Path) -> None:
    pictures = list(shown((0, 1), Pace(10.0)))
    with PoseEstimator(pose_model) as estimator:
        first = estimator.track(pictures)
        estimator._trackers[0]._clock_ms = _LATEST_MS
        again = estimator.track(pictures)
        assert estimator._trackers[0]._clock_ms < _LATEST_MS
    assert np.array_equal(again.image_px, first.image_px)


def test_no_landmarker_is_at_work_any_more_when_a_part_fails(estimator: PoseEstimator) -> None:
    ended = []

    def shown(part: Part, _: Pace) -> Iterator[Frame]:
        if part[0] == 0:
            raise NotAVideo()
        yield from islice(frames(sample_clip(), CALM), 10)
        ended.append(part)

    with pytest.raises(NotAVideo):
        estimator.track_clip(shown, probe(sample_clip()), CALM)
    assert len(ended) == 1


def test_progress_adds_up_to_the_clip(first: tuple[PoseTrack, list[float]]) -> None:
    _, told = first
    assert min(told) >= 0.0
    assert sum(told) == pytest.approx(9.0, abs=0.3)


def test_an_empty_room_has_nobody(estimator: PoseEstimator) -> None:
    empty = [Frame(index / 10, np.full((120, 160, 3), 90, np.uint8)) for index in range(10)]
    with pytest.raises(NobodyInView):
        estimator.track(empty)
    with pytest.raises(NobodyInView):
        estimator.track([])


def test_a_look_finds_the_person_in_a_picture(estimator: PoseEstimator) -> None:
    picture = next(iter(frames(sample_clip()))).pixels
    (person,) = estimator.look(picture)
    left, top, right, bottom = person.box_px
    assert 0 < left < right < picture.shape[1]
    assert 0 < top < bottom < picture.shape[0]


@pytest.mark.parametrize(("duration_s", "count"), [(0.0, 1), (3.9, 1), (8.1, 2), (300.0, 2)])
def test_parts_cover_the_clip(duration_s: float, count: int) -> None:
    options = PoseOptions()
    parts = parts_of(duration_s, options.landmarkers, options.shortest_part_s)
    assert len(parts) == count
    assert parts[0][0] == 0.0
    assert [end for _, end in parts] == [*(start for start, _ in parts[1:]), np.inf]


def test_parts_take_equally_long() -> None:
    (_, even_s), _ = parts_of(30.0, 2, 4.0)
    (_, led_in_s), _ = parts_of(30.0, 2, 4.0, lead_in_s=1.0)
    (_, decoded_s), _ = parts_of(30.0, 2, 4.0, lead_in_s=1.0, key_frames_s=[0.0, 5.0, 25.0])
    assert (even_s, led_in_s) == pytest.approx((15.0, 15.5), abs=0.01)
    assert 16.5 < decoded_s < 17.5  # what lies between the key frame at 5 s and the second part is decoded, too


def test_a_damaged_list_of_key_frames_keeps_the_parts_in_order() -> None:
    for wild in ([-9e12], [9e12], [-9e12, 3.0, 9e12]):
        (start_s, end_s), (next_s, last_s) = parts_of(30.0, 2, 4.0, lead_in_s=1.0, key_frames_s=wild)
        assert start_s == 0.0
        assert 10.0 < end_s < 20.0
        assert (next_s, last_s) == (end_s, np.inf)


def test_key_frames_are_told() -> None:
    clip = probe(sample_clip())
    assert clip.key_frames_s[0] == pytest.approx(0.0, abs=0.1)
    assert all(at_s < clip.duration_s for at_s in clip.key_frames_s)
