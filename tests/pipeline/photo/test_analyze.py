"""A photo from file to report and picture, with the real landmark network and the rendered athlete."""

from __future__ import annotations

import io
import pickle
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from pipeline.errors import NobodyInPicture, UnknownExercise
from pipeline.photo.analyze import analyze_photo
from pipeline.photo.answer import Answer, unsure
from pipeline.photo.draw import draw_photo
from pipeline.photo.words import PhotoWords
from pipeline.pose.estimator import PoseEstimator
from pipeline.values import Candidate, Doubt, PoseTrack
from pipeline.video.decode import frames
from pipeline.video.pixels import Pixels
from tests.athlete import Frames
from tests.athlete.fixtures import Studio, small_take
from tests.pipeline.photo.test_looks import person_at

KNEE_DEG = 15.0  # a rendered knee against the landmark network's, in one picture


@pytest.fixture(scope="module")
def photo(studio: Studio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first picture of a squat: the athlete stands upright, seen half from the side."""
    clip = studio(replace(small_take("squat", yaw_deg=60.0, reps=1), frames=Frames(10.0))).path
    path = tmp_path_factory.mktemp("photo") / "standing.jpg"
    Image.fromarray(next(iter(frames(clip))).pixels).save(path, quality=92)
    return path


@pytest.mark.slow
def test_a_rendered_athlete_is_measured_and_drawn(photo: Path, pose_model: Path) -> None:
    with PoseEstimator(pose_model) as estimator:
        report = analyze_photo(photo, estimator)
        named = analyze_photo(photo, estimator, name="tree pose")
        with pytest.raises(UnknownExercise):
            analyze_photo(photo, estimator, name="no such pose")
        Image.new("RGB", (300, 300), "gray").save(photo.with_name("empty.png"))
        with pytest.raises(NobodyInPicture):
            analyze_photo(photo.with_name("empty.png"), estimator)
    knees = [one.angle_deg for one in report.angles if one.joint == "knee"]
    assert np.nanmedian(knees) == pytest.approx(175, abs=KNEE_DEG)
    assert report.source.kind == "photo"
    assert report.timing.total_s >= report.timing.pose_s > 0
    assert named.recognition.given
    assert pickle.loads(pickle.dumps(named)).said == "tree_pose"  # it travels from a worker's process
    assert any(one.joint == "knee" and not one.within for one in named.differences)
    drawn = Image.open(io.BytesIO(draw_photo(named, PhotoWords("Tree pose", "Vrksasana"))))
    assert drawn.size[0] == 1080


class Scripted:
    """A landmarker that finds a child in front of an adult wherever it looks."""

    def look(self, _: Any) -> tuple[Any, ...]:
        return person_at((150, 400), 0.3), person_at((350, 400))


def test_of_several_people_the_largest_is_told_and_the_others_are_mentioned(tmp_path: Path) -> None:
    Image.effect_noise((600, 800), 60).save(tmp_path / "two.png")
    estimator: Any = Scripted()
    report = analyze_photo(tmp_path / "two.png", estimator)
    assert report.view is not None
    assert np.array_equal(report.view.body_px, person_at((350, 400)).image_px)
    assert Doubt.SEVERAL_IN_PHOTO in {caveat.doubt for caveat in report.caveats}


@pytest.mark.parametrize(
    ("turned", "as_it_is", "told"),
    [
        (Answer("squat", "name", 0.9, (Candidate("squat", 0.9),), (), ()), 0.9, True),
        (Answer("corpse_pose", "name", 0.9, (Candidate("corpse_pose", 0.9),), (), ()), 0.9, False),
        (Answer("unknown", "unknown", 0.6, (Candidate("squat", 0.6),), (), ()), 0.4, True),
        (Answer("unknown", "unknown", 0.6, (Candidate("squat", 0.6),), (), ()), 0.55, False),
    ],
)
def test_what_is_surer_when_it_is_turned_may_lie_on_its_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turned: Answer, as_it_is: float, told: bool
) -> None:
    """The photo is 600 x 800, without a name; turned by a quarter it shows an exercise, or somebody upright."""

    def name(_: PoseTrack, pixels: Pixels, *told: Sequence[str]) -> Answer:
        return turned if pixels.shape[1] == 800 else replace(unsure(turned), confidence=as_it_is)

    monkeypatch.setattr("pipeline.photo.analyze.name_still", name)
    monkeypatch.setattr(Scripted, "look", lambda *_: (person_at((300, 250), 0.5),))
    Image.effect_noise((600, 800), 60).save(tmp_path / "one.png")
    estimator: Any = Scripted()
    assert analyze_photo(tmp_path / "one.png", estimator).perhaps_on_its_side is told
