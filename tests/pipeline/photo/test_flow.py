"""A flow is told pose by pose with its seconds: simulated bodies hold one pose, then another."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.analyze import measure_set
from pipeline.catalogue import exercises
from pipeline.flow import RULES, held_poses, is_flow, reported_poses
from pipeline.learn.simulate.track import textbook
from pipeline.report import from_json, to_json
from pipeline.values import UNKNOWN, HeldPose, PoseTrack, Recognition, Source

UNSURE = Recognition(UNKNOWN, 0.0)
YAW_DEG = {"yoga_triangle_pose": 0.0}  # seen from the front; the others side on
BORDER_S = 0.8  # answers are averaged over a second


def one_after_another(names: tuple[str, ...], each_s: float, gap_s: float = 0.0) -> PoseTrack:
    """Textbook holds cut together."""
    tracks = [textbook(exercises()[name], duration_s=each_s, yaw_deg=YAW_DEG.get(name, 90.0)) for name in names]
    starts = [place * (each_s + gap_s + 1 / 30) for place in range(len(tracks))]
    return PoseTrack(
        np.concatenate([track.times_s + start for track, start in zip(tracks, starts, strict=True)]),
        np.concatenate([track.image_px for track in tracks]),
        np.concatenate([track.world_m for track in tracks]),
        np.concatenate([track.visibility for track in tracks]),
        tracks[0].width_px,
        tracks[0].height_px,
    )


def test_a_change_of_pose_is_told_with_its_second() -> None:
    found = held_poses(one_after_another(("yoga_downward_dog", "yoga_triangle_pose", "yoga_downward_dog"), 5.0))
    assert [one.name for one in found] == ["downward_facing_dog", "triangle_pose", "downward_facing_dog"]
    assert [one.start_s for one in found] == pytest.approx([0, 5, 10], abs=BORDER_S)
    assert [one.end_s for one in found] == pytest.approx([5, 10, 15], abs=BORDER_S)
    assert min(one.confidence for one in found) > 0.8


def test_a_body_that_keeps_still_has_no_unrest() -> None:
    (held,) = held_poses(one_after_another(("yoga_downward_dog",), 6.0))
    assert held.sway_m < 0.005
    assert held.held_s == pytest.approx(6, abs=BORDER_S)


def test_a_pose_passed_through_is_not_held() -> None:
    assert held_poses(one_after_another(("yoga_downward_dog",), 1.0)) == ()


def test_nobody_in_view_holds_nothing() -> None:
    empty = np.full((5, 33, 2), np.nan)
    track = PoseTrack(np.arange(5) / 5, empty, np.full((5, 33, 3), np.nan), np.zeros((5, 33)), 640, 480)
    assert held_poses(track) == ()


def test_a_flow_is_told_in_the_report_with_nothing_counted() -> None:
    track = one_after_another(("yoga_downward_dog", "yoga_triangle_pose", "yoga_downward_dog"), 5.0)
    report = measure_set(track, Source("clip", "flow.mp4", 15.0, 30.0))
    assert [pose.name for pose in report.poses] == ["downward_facing_dog", "triangle_pose", "downward_facing_dog"]
    assert (report.rep_count, report.findings) == (0, ())
    assert report.hold_s == pytest.approx(5, abs=BORDER_S)
    assert [pose.name for pose in from_json(to_json(report)).poses] == [pose.name for pose in report.poses]


def test_poses_are_told_only_where_they_are_what_was_done() -> None:
    flow = one_after_another(("yoga_downward_dog", "yoga_triangle_pose"), 5.0)
    assert len(reported_poses(flow, UNSURE)) == 2
    assert reported_poses(flow, Recognition("squat", 0.9)) == ()
    one = one_after_another(("yoga_downward_dog",), 6.0)
    assert len(reported_poses(one, UNSURE)) == 1
    assert reported_poses(one, Recognition("yoga_downward_dog", 0.9)) == ()  # its name says it
    assert not is_flow(flow, Recognition("squat", 0.9))
    assert is_flow(flow, UNSURE)
    squats = textbook(exercises()["squat"], duration_s=12.0, rep_s=3.0, yaw_deg=90.0)
    assert reported_poses(squats, UNSURE) == ()


def test_a_long_hold_is_told_between_the_way_in_and_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    track = one_after_another(("no_exercise", "yoga_triangle_pose", "no_exercise"), 4.0)
    (held,) = reported_poses(track, UNSURE)
    assert held.name == "triangle_pose"
    assert held.start_s == pytest.approx(4, abs=BORDER_S)
    assert not is_flow(track, UNSURE)  # a part of the recording only: it may be cut into sets
    assert reported_poses(track, Recognition("no_exercise", 0.9)) == ()
    monkeypatch.setattr("pipeline.flow.RULES", replace(RULES, long_s=10.0))
    assert reported_poses(track, UNSURE) == ()


def lying_on_its_side(track: PoseTrack) -> PoseTrack:
    """The same clip as a phone that was held upright films it when nothing says which way is up."""
    image_px = np.stack([track.image_px[..., 1], track.width_px - track.image_px[..., 0]], axis=-1)
    world_m = np.stack([track.world_m[..., 1], -track.world_m[..., 0], track.world_m[..., 2]], axis=-1)
    return PoseTrack(track.times_s, image_px, world_m, track.visibility, track.height_px, track.width_px)


def test_a_body_that_moves_is_not_in_corpse_pose(monkeypatch: pytest.MonkeyPatch) -> None:
    upright = lying_on_its_side(textbook(exercises()["shrug"], duration_s=8.0, rep_s=2.5))
    monkeypatch.setattr("pipeline.flow.RULES", replace(RULES, corpse_sway_m=0.05))
    (still,) = held_poses(upright)
    assert still.name == "corpse_pose"
    monkeypatch.setattr("pipeline.flow.RULES", replace(RULES, corpse_sway_m=still.sway_m / 2))
    assert held_poses(upright) == ()


def test_a_slow_push_up_is_no_flow_of_its_two_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    track = one_after_another(("yoga_downward_dog",), 6.0)
    ends = (HeldPose("plank_pose", 0.0, 3.0, 0.9, 0.01), HeldPose("four_limbed_staff_pose", 3.0, 6.0, 0.9, 0.01))
    monkeypatch.setattr("pipeline.flow.held_poses", lambda _: ends)
    assert reported_poses(track, UNSURE) == ()
    monkeypatch.setattr("pipeline.flow.held_poses", lambda *_: (ends[0], replace(ends[1], name="boat_pose")))
    assert len(reported_poses(track, UNSURE)) == 2
