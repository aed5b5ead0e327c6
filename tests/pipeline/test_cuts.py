"""Hard cuts are found, and nothing else; repetitions do not straddle them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pipeline.analyze import measure_set
from pipeline.catalogue import find
from pipeline.kinematics import body_scale_px_per_m
from pipeline.reps import Count, count_reps
from pipeline.shots import count_shots, shots_of
from pipeline.values import Array, Curve, Cycle, Doubt, PoseTrack, Source
from pipeline.video.cuts import ChangeOfPicture, cuts_s
from tests.athlete import Camera, Pace, Take, landmarks
from tests.pipeline.stick_figures import Lift, lifted, without_frames

TAKE = Take("squat", reps=6, pace=Pace(1.4, 0.2, 1.0, 0.4), camera=Camera(yaw_deg=60.0))
CALM = 3.0  # grey levels a frame: somebody squatting before a still camera
CUT = 60.0


def edited(at_s: float, yaw_deg: float) -> PoseTrack:
    """The set filmed from one side until at_s, from another one after it."""
    one, other = landmarks(TAKE), landmarks(replace(TAKE, camera=Camera(yaw_deg=yaw_deg)))
    after = one.times_s >= at_s
    image, world = np.array(one.image_px), np.array(one.world_m)
    image[after], world[after] = other.image_px[after], other.world_m[after]
    return replace(one, image_px=image, world_m=world, cuts_s=(float(one.times_s[after][0]),))


def changes(track: PoseTrack, at: int | None, size: float = CUT) -> Array:
    found = np.full(len(track.times_s), CALM)
    if at is not None:
        found[at] = size
    return found


@pytest.mark.parametrize("yaw_deg", [-60.0, 0.0, 150.0])
def test_a_cut_to_another_camera_is_found(yaw_deg: float) -> None:
    track = edited(8.0, yaw_deg)
    at = int(np.searchsorted(track.times_s, 8.0))
    assert cuts_s(track.times_s, changes(track, at), track.image_px) == track.cuts_s


def test_a_flash_of_light_is_no_cut() -> None:
    track = landmarks(TAKE)
    assert cuts_s(track.times_s, changes(track, 100), track.image_px) == ()


def test_a_shaken_phone_is_no_cut() -> None:
    track = edited(8.0, -60.0)
    assert cuts_s(track.times_s, np.full(len(track.times_s), 40.0), track.image_px) == ()


def test_somebody_who_appears_with_another_picture_is_cut_to() -> None:
    track = landmarks(TAKE)
    image = np.array(track.image_px)
    image[:60] = np.nan
    assert cuts_s(track.times_s, changes(track, 60), image) == (track.times_s[60],)


def test_the_change_of_a_picture_is_in_grey_levels() -> None:
    change = ChangeOfPicture()
    dark, light = (np.full((90, 120, 3), value, np.uint8) for value in (20, 90))
    assert [change(dark), change(light), change(light)] == [0.0, 70.0, 0.0]


def test_a_cut_between_two_repetitions_loses_none() -> None:
    whole = landmarks(TAKE)
    third = count_reps(whole).cycles[2]
    track = edited(third.end_s + 0.2, -50.0)
    counted = count_shots(track)
    assert counted.complete == 6
    assert len(counted.movement.times_s) == len(counted.movement.values)
    assert (np.diff(counted.movement.times_s) > 0).all()


def test_shots_that_start_at_different_ends_name_no_phase_and_exchange_nothing() -> None:
    filmed = lifted("squat", [Lift(1.8, 0.3, 0.9, 1.1)] * 8, jitter_m=0.002)
    times_s, cycles = filmed.track.times_s, filmed.cycles
    from_rest, from_turn = times_s <= cycles[3].end_s + 0.5, times_s >= cycles[4].turn_s
    shown = without_frames(filmed.track, from_rest | (from_turn & (times_s <= cycles[7].turn_s)))
    track = replace(shown, cuts_s=(float(times_s[from_turn][0]),))
    assert [count_reps(shot, find("squat")).first_phase for shot in shots_of(track)] == ["eccentric", "concentric"]
    report = measure_set(track, Source("clip", "squats.mp4", 30.0, 30.0), exercise="squat")
    assert report.first_phase is None
    assert report.tempo is not None
    assert report.tempo.pause_s < report.tempo.rest_s
    assert Doubt.PHASES_UNNAMED in {caveat.doubt for caveat in report.caveats}


def test_no_repetition_straddles_a_cut() -> None:
    whole = landmarks(TAKE)
    third = count_reps(whole).cycles[2]
    track = edited(third.turn_s, 120.0)
    (cut,) = track.cuts_s
    assert all(cycle.end_s <= cut or cycle.start_s >= cut for cycle in count_shots(track).cycles)
    assert len(shots_of(track)) == 2


def test_a_shot_too_short_for_a_repetition_is_left_out() -> None:
    track = edited(5.0, 60.0)
    flash = replace(track, cuts_s=(*track.cuts_s, track.cuts_s[0] + 0.3))
    assert [shot.times_s[0] for shot in shots_of(flash)] == [track.times_s[0], flash.cuts_s[1]]


def test_without_cuts_the_count_is_the_counter_s() -> None:
    track = landmarks(TAKE)
    assert count_shots(track).cycles == count_reps(track).cycles


def test_the_body_is_elsewhere_by_its_own_size() -> None:
    track = landmarks(TAKE)
    image = np.array(track.image_px)
    image[80:] += 0.2 * body_scale_px_per_m(image)
    assert cuts_s(track.times_s, changes(track, 80), image) != ()


def test_of_shots_the_least_sure_tells_what_else_the_whole_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    track = edited(8.0, -60.0)
    cycle, curve = Cycle(0.0, 1.0, 2.0), Curve(np.arange(2.0), np.zeros(2), "movement", "1")
    counts = iter([Count((cycle,) * 5, curve, curve, 0.5, 6), Count((cycle,) * 3, curve, curve, 0.9, None)])
    monkeypatch.setattr("pipeline.shots.count_reps", lambda *_: next(counts))
    whole = count_shots(track)
    assert (whole.complete, whole.confidence, whole.runner_up) == (8, 0.5, 9)
