"""Of two people in the picture the one who trains is followed, whoever MediaPipe likes better, and the user is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from pipeline.analyze import analyze_clip
from pipeline.pose.estimator import PoseEstimator
from pipeline.pose.person import (
    Person,
    Sighting,
    Trail,
    is_doubtful,
    joint_variation_deg,
    trails_of,
    usual_number,
    who_trains,
)
from pipeline.values import Doubt, PoseTrack
from pipeline.video.decode import Sampling, frames
from pipeline.video.pixels import Pixels
from tests.athlete import Frames, Take, landmarks
from tests.athlete.film import write
from tests.athlete.fixtures import Filmed, Studio, small_take

SIZE_PX = (640, 480)
NEARER = 1.15
EDGE_PX, MIDDLE_PX = 0.0, 160.0  # where the picture of a body at half its size begins
SQUATS = landmarks(Take("squat", reps=4))


def person_of(track: PoseTrack, index: int, left_px: float, shrink: float = 1.0) -> Person:
    image = track.image_px[index] * shrink + [left_px, 480 * (1 - shrink)]
    return Person(image, np.array(track.world_m[index]), np.array(track.visibility[index]))


def sightings(left_squats: bool, squats_shrink: float = 1.0) -> list[Sighting]:
    """Somebody squats and somebody stands, seen every three quarters of a second."""
    found = []
    for index in range(0, len(SQUATS.times_s), 23):
        squats = person_of(SQUATS, index, 0.0 if left_squats else 320.0, squats_shrink)
        stands = person_of(SQUATS, 0, 320.0 if left_squats else 0.0)
        found.append(Sighting(float(SQUATS.times_s[index]), (stands, squats)))
    return found


@pytest.mark.parametrize("left", [True, False])
@pytest.mark.parametrize("shrink", [1.0, 0.6])
def test_who_moves_trains_even_when_smaller(left: bool, shrink: float) -> None:
    trail = who_trains(sightings(left, shrink), SIZE_PX)
    assert trail is not None
    middle_px = float(np.median([person.middle_px[0] for person in trail.people]))
    assert (middle_px < 320) == left


def test_people_are_told_apart_and_keep_their_trails() -> None:
    trails = trails_of(sightings(left_squats=True))
    assert len(trails) == 2
    assert all(len(trail.people) == len(sightings(left_squats=True)) for trail in trails)
    still, moving = sorted(trails, key=lambda trail: joint_variation_deg(trail, SIZE_PX))
    assert joint_variation_deg(still, SIZE_PX) == pytest.approx(0.0, abs=1e-6)
    assert joint_variation_deg(moving, SIZE_PX) > 15.0


def test_where_nobody_moves_the_larger_one_holds() -> None:
    large, small = person_of(SQUATS, 0, 160.0), person_of(SQUATS, 0, 420.0, 0.4)
    trail = who_trains([Sighting(float(second), (small, large)) for second in range(5)], SIZE_PX)
    assert trail is not None
    assert trail.people[0] is large


def test_of_two_who_do_the_same_the_one_in_the_middle_trains() -> None:
    seen = [
        Sighting(
            float(SQUATS.times_s[index]),
            tuple(person_of(SQUATS, index, left_px, 0.5) for left_px in (EDGE_PX, MIDDLE_PX)),
        )
        for index in range(0, len(SQUATS.times_s), 23)
    ]
    trail = who_trains(seen, SIZE_PX)
    assert trail is not None
    assert trail.people[0] is seen[0].people[1]


def lying(person: Person) -> Person:
    """The same turned by a right angle about the middle."""
    across, down = (person.image_px - person.middle_px).T
    return replace(person, image_px=np.stack([-down, across], axis=1) + person.middle_px)


def test_who_holds_a_plank_trains_whoever_squats_far_behind() -> None:
    seen = sightings(left_squats=False, squats_shrink=0.35)
    with_plank = [Sighting(one.time_s, (lying(one.people[0]), one.people[1])) for one in seen]
    assert lying(seen[0].people[0]).tilt_deg > 80.0 > 20.0 > seen[0].people[0].tilt_deg
    trail = who_trains(with_plank, SIZE_PX)
    assert trail is not None
    assert trail.people[0] is with_plank[0].people[0]


def test_nobody_seen_is_nobody() -> None:
    assert who_trains([Sighting(0.0, ())], SIZE_PX) is None
    assert usual_number([]) == 0


def test_passers_by_do_not_make_a_crowd() -> None:
    one = person_of(SQUATS, 0, 0.0)
    assert usual_number([Sighting(0.0, (one,)), Sighting(1.0, (one, one)), Sighting(2.0, (one,))]) == 1
    assert usual_number([Sighting(0.0, (one, one)), Sighting(1.0, (one, one)), Sighting(2.0, (one,))]) == 2


def test_who_trains_is_in_doubt_where_nobody_was_seen_to_move() -> None:
    crowd = sightings(left_squats=True)
    idle = [Sighting(sighting.time_s, (sighting.people[0],)) for sighting in crowd]
    assert is_doubtful([replace(idle[0], people=crowd[0].people), *idle[1:]], SIZE_PX)
    assert is_doubtful(idle, SIZE_PX)
    assert not is_doubtful(crowd, SIZE_PX)
    assert not is_doubtful([], SIZE_PX)


def test_what_the_picture_cuts_off_neither_moves_nor_makes_large() -> None:
    """Legs below the picture's edge are guessed anew each time; a bust is not as large as the body guessed to it."""
    whole = [person_of(SQUATS, index, 0.0) for index in range(0, len(SQUATS.times_s), 23)]
    waist_px = int(np.median([person.middle_px[1] for person in whole])) - 20
    trail = Trail(tuple(map(float, range(len(whole)))), tuple(whole))
    assert joint_variation_deg(trail, (640, waist_px)) < joint_variation_deg(trail, SIZE_PX) / 3
    assert whole[0].shown_px((640, waist_px)) <= waist_px < whole[0].size_px


def beside(training: Filmed, standing: Pixels) -> Iterator[Pixels]:
    """The training clip with a still picture to its left, in which somebody stands nearer to the camera."""
    for frame in frames(training.path, Sampling()):
        height, width = frame.pixels.shape[:2]
        near = np.asarray(cv2.resize(standing, None, fx=NEARER, fy=NEARER), dtype=np.uint8)
        yield np.concatenate([near[-height:, :width], frame.pixels], axis=1)


@pytest.mark.slow
def test_the_set_of_the_one_who_trains_is_counted(studio: Studio, pose_model: Path, tmp_path: Path) -> None:
    training = studio(small_take("squat", 60.0))
    waiting = replace(small_take("shoulder_press", 30.0, reps=1), frames=Frames(2.0))  # its first picture is wanted
    standing = next(iter(frames(studio(waiting).path))).pixels
    times_s = np.array([frame.time_s for frame in frames(training.path, Sampling())])
    write(tmp_path / "two.mp4", times_s, beside(training, standing))
    with PoseEstimator(pose_model) as estimator:
        (found,) = analyze_clip(tmp_path / "two.mp4", estimator)
    assert isinstance(found.track, PoseTrack)
    assert np.nanmedian(found.track.image_px[:, 23, 0]) > standing.shape[1]
    assert found.report.rep_count == training.truth.rep_count
    assert Doubt.SEVERAL_PEOPLE in {caveat.doubt for caveat in found.report.caveats}
