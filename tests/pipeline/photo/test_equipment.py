"""What is at the hands: where it is looked for, and what it says of names."""

from __future__ import annotations

import csv
from dataclasses import replace
from importlib import resources
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import exercises
from pipeline.learn.tracks import read_tracks
from pipeline.photo.answer import Answer
from pipeline.photo.equipment import CALLED, EQUIPMENT, GREY, at_the_hands, speaks_for
from pipeline.photo.name import NAMES, POSES, agreed, name_still, with_equipment
from pipeline.values import UNKNOWN, Candidate, PoseTrack
from pipeline.video.decode import frames
from pipeline.video.pace import Pace
from pipeline.video.pixels import Pixels
from tests.pipeline.photo.bodies import HEIGHT, WIDTH, figure_px, track_of
from tests.shared_data import SHARED, needs_shared_data

SMALL_BYTES = 6_000_000
NEAR = 1e-6
APART = 0.5  # log-odds; over ten moments of each they are 1.8 apart
MOMENTS = 3
SEEN = np.array([2.0, -1.5, -1.0])  # a barbell, and nothing else
NOTHING = np.array([-1.5, -1.2, -1.4])
EVEN = np.full(len(NAMES), 1 / len(NAMES))
STRIPES = 40  # pixels from one to the next
odds = st.lists(st.floats(-3, 3), min_size=3, max_size=3)


def striped() -> Pixels:
    """A picture with something to see in it."""
    x, y = np.meshgrid(np.arange(WIDTH), np.arange(HEIGHT))
    grey = 127 + 120 * np.sin(2 * np.pi * (x + 0.3 * y) / STRIPES)
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)


def test_the_network_is_small() -> None:
    assert len((resources.files("pipeline.weights") / "equipment.onnx").read_bytes()) < SMALL_BYTES


def test_the_equipment_told_is_what_the_catalogue_speaks_of() -> None:
    spoken_of = {one for entry in exercises().values() for one in entry.equipment}
    assert set(CALLED) <= spoken_of
    assert set(CALLED.values()) == set(EQUIPMENT)


def test_a_barbell_speaks_for_what_is_done_with_it_most_where_nothing_else_would_do() -> None:
    names = ("barbell_biceps_curl", "squat", "push_up", "tree_pose", "hammer_curl")
    curl, squat, push_up, tree, hammer = speaks_for(names, SEEN)
    assert curl == pytest.approx(2.0)
    assert curl > squat > push_up == tree == 0 > hammer


def test_empty_hands_speak_against_what_needs_something_in_them() -> None:
    curl, pull_up, push_up, pushdown = speaks_for(
        ("barbell_biceps_curl", "pull_up", "push_up", "tricep_pushdown"), NOTHING
    )
    assert curl < 0 > pull_up
    assert push_up == pushdown == 0  # a cable's handle it cannot tell


@given(odds, st.integers(0, 1000))
@settings(deadline=None)
def test_what_is_held_says_nothing_of_one_pose_against_another(held: list[float], seed: int) -> None:
    before = np.random.default_rng(seed).dirichlet(np.ones(len(NAMES)))
    after = with_equipment(before, np.array(held))
    assert after.sum() == pytest.approx(1, abs=NEAR)
    yoga = slice(0, len(POSES))
    assert after[yoga] / after[yoga].sum() == pytest.approx(before[yoga] / before[yoga].sum(), abs=NEAR)


def test_nothing_usual_changes_nothing() -> None:
    assert with_equipment(EVEN, np.zeros(len(EQUIPMENT))) == pytest.approx(EVEN, abs=NEAR)


def test_hands_are_looked_at_wherever_they_are() -> None:
    pixels = striped()
    body = figure_px()
    swapped = body.copy()
    swapped[[15, 16, 19, 20]] = body[[16, 15, 20, 19]]
    usual, turned = at_the_hands(pixels, body), at_the_hands(pixels, swapped)
    assert np.isfinite(usual).all()
    assert turned == pytest.approx(usual, abs=1e-3)


def test_beyond_the_picture_there_is_nothing() -> None:
    far = figure_px()
    far[[15, 16, 19, 20]] = [[-3000, 100], [5000, 100], [-3000, 120], [5000, 120]]
    one, other = (at_the_hands(pixels, far) for pixels in (striped(), striped()[::-1]))
    assert np.array_equal(one, other)
    assert (one < 0).all()


def test_a_hand_at_the_edge_is_seen_as_if_grey_lay_beyond() -> None:
    body, room = figure_px() - [60, 0], 200
    wider = np.full((HEIGHT + 2 * room, WIDTH + 2 * room, 3), GREY, np.uint8)
    wider[room:-room, room:-room] = striped()
    assert at_the_hands(striped(), body) == pytest.approx(at_the_hands(wider, body + room), abs=1e-3)


def test_what_landmarks_are_sure_of_is_said_unless_the_hands_show_otherwise() -> None:
    names = (Candidate("squat", 0.7), Candidate("lunge", 0.2))
    alone = Answer("squat", "name", 0.8, names, (), ())
    held = Answer(UNKNOWN, "unknown", 0.7, names, (), ())
    assert (agreed(alone, held).said, agreed(alone, held).confidence) == ("squat", 0.7)
    of_family = replace(held, said="squat_family", level="group", confidence=0.9)
    assert (agreed(alone, of_family).said, agreed(alone, of_family).confidence) == ("squat", 0.7)
    assert agreed(alone, replace(held, names=names[::-1])).level == "unknown"
    assert agreed(replace(alone, level="unknown"), held).level == "unknown"


def test_a_photo_is_named_with_what_it_shows() -> None:
    track, pixels = track_of(figure_px()), striped()
    plain, seen = name_still(track), name_still(track, pixels)
    likely = {one.name: one.confidence for one in plain.names}
    assert any(abs(likely.get(one.name, 0.0) - one.confidence) > NEAR for one in seen.names)


@needs_shared_data
@pytest.mark.data
@pytest.mark.slow
def test_filmed_hands_on_a_barbell_show_more_of_one_than_hands_on_a_dumbbell() -> None:
    tracks = {one.id: one.track for one in read_tracks(SHARED / "tracks") if one.id in ("s05-000", "s06-024")}
    barbell, dumbbell = (barbell_seen(path_of(clip), tracks[clip]) for clip in ("s05-000", "s06-024"))
    assert barbell > dumbbell + APART


def path_of(clip: str) -> Path:
    with (SHARED / "clips" / "manifest.csv").open(newline="", encoding="utf-8") as file:
        (path,) = (SHARED / "clips" / row["path"] for row in csv.DictReader(file) if row["track"] == clip)
    return path


def barbell_seen(path: Path, track: PoseTrack) -> float:
    """What speaks for a barbell, the mean of a few moments of a filmed clip."""
    shown = []
    for frame in islice(frames(path, part=(0.5, 4.0), pace=Pace(1.0)), MOMENTS):
        row = int(np.abs(track.times_s - frame.time_s).argmin())
        scale = np.array(frame.size_px) / (track.width_px, track.height_px)
        shown.append(at_the_hands(frame.pixels, track.image_px[row] * scale)[EQUIPMENT.index("barbell")])
    return float(np.mean(shown))
