"""What is timed while one moves: the seconds of walking, without the way to the weight and without standing about."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.analyze import _is_one_set, analyze_clip, measure_set
from pipeline.bouts import measure_bout
from pipeline.pose.estimator import PoseEstimator
from pipeline.values import Doubt, PoseTrack, Source
from tests.pipeline.stick_figures import held, without_frames
from tests.pipeline.walkers import Part, filmed, walked

SOURCE = Source("clip", "clip.mp4", 12.0, 24.0)
STANDING = Part("stand", 2.0)


@pytest.mark.parametrize("yaw_deg", [0.0, 45.0, 90.0, 180.0])
def test_a_walk_is_as_long_as_it_was(yaw_deg: float) -> None:
    bout = measure_bout(walked([STANDING, Part("walk", 10.0), STANDING], yaw_deg))
    assert bout is not None
    assert (bout.start_s, bout.end_s) == pytest.approx((2.0, 12.0), abs=0.6)
    assert bout.others == 0


@pytest.mark.parametrize(("step_s", "reach"), [(0.4, 0.6), (0.8, 1.0), (0.35, 1.2)])
def test_short_slow_and_quick_steps_are_steps(step_s: float, reach: float) -> None:
    bout = measure_bout(walked([STANDING, Part("walk", 10.0), STANDING], step_s=step_s, reach=reach))
    assert bout is not None
    assert bout.moved_s == pytest.approx(10.0, abs=1.0)


def test_the_way_to_the_weight_and_bending_for_it_are_not_the_carry() -> None:
    parts = [Part("walk", 3.0), Part("bend", 1.6), Part("walk", 9.0), Part("bend", 1.6), Part("walk", 2.5)]
    bout = measure_bout(walked(parts))
    assert bout is not None
    assert (bout.start_s, bout.end_s) == pytest.approx((4.6, 13.6), abs=0.7)


def test_a_short_stop_is_part_of_it_and_a_long_one_parts_two() -> None:
    def two(stop_s: float) -> PoseTrack:
        return walked([Part("walk", 6.0), Part("stand", stop_s), Part("walk", 8.0)])

    short, long = measure_bout(two(1.8)), measure_bout(two(5.0))
    assert short is not None
    assert long is not None
    assert short.moved_s == pytest.approx(15.8, abs=1.0)
    assert short.others == 0
    assert long.moved_s == pytest.approx(8.0, abs=1.0)
    assert long.others == 1


def test_a_walk_much_shorter_than_the_longest_is_not_worth_a_word() -> None:
    bout = measure_bout(walked([Part("walk", 2.6), Part("stand", 5.0), Part("walk", 11.0)]))
    assert bout is not None
    assert bout.others == 0


def test_what_happens_out_of_the_picture_is_not_timed() -> None:
    track = walked([Part("walk", 16.0)])
    gone = without_frames(track, (track.times_s < 5.0) | (track.times_s > 9.0))
    bout = measure_bout(gone)
    assert bout is not None
    assert bout.moved_s == pytest.approx(7.0, abs=1.0)
    assert bout.others == 1


def test_who_stands_does_not_move() -> None:
    assert measure_bout(walked([Part("stand", 8.0)])) is None
    assert measure_bout(held("wall_sit", 8.0)) is None


def test_nobody_in_view_has_no_bout() -> None:
    track = walked([Part("walk", 3.0)])
    assert measure_bout(without_frames(track, np.arange(len(track.times_s)) < 4)) is None


def test_a_carry_is_told_by_its_seconds_and_a_stop_by_a_doubt() -> None:
    report = measure_set(
        walked([Part("walk", 6.0), Part("stand", 5.0), Part("walk", 8.0)]), SOURCE, exercise="farmers walk"
    )
    assert (report.rep_count, report.sway_m, report.recognition.name) == (0, None, "farmers_carry")
    assert report.hold_s == pytest.approx(8.0, abs=1.0)
    assert report.held_span_s == pytest.approx((11.0, 19.0), abs=0.7)
    assert [caveat.doubt for caveat in report.caveats] == [Doubt.MOVED_IN_PARTS]


def test_a_carry_that_nobody_walks_has_nothing_to_time() -> None:
    report = measure_set(walked([Part("stand", 6.0)]), SOURCE, exercise="farmers walk")
    assert report.hold_s is None
    assert Doubt.NOTHING_TIMED in {caveat.doubt for caveat in report.caveats}


@pytest.mark.slow
def test_a_filmed_carry_is_one_set_and_timed(tmp_path: Path, pose_model: Path) -> None:
    filmed([Part("stand", 1.0), Part("walk", 4.0), Part("stand", 1.0)], tmp_path / "carry.mp4")
    with PoseEstimator(pose_model) as estimator:
        (told,) = analyze_clip(tmp_path / "carry.mp4", estimator, exercise="farmers walk")
    assert told.report.hold_s == pytest.approx(4.0, abs=1.0)


def test_the_ways_of_a_carry_part_no_sets() -> None:
    track = walked([STANDING])
    assert _is_one_set(track, "farmers walk")
    assert not _is_one_set(track, "squat")
