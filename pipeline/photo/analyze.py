"""One photo from file to report, each stage named."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

import numpy as np

from pipeline.catalogue import exercises, find
from pipeline.catalogue.pose import find_pose, yoga_poses
from pipeline.errors import NobodyInPicture, UnknownExercise
from pipeline.photo.angles import differences, photo_angles
from pipeline.photo.answer import ALTERNATIVES, Answer, Level, group_of, large_group_of, unsure
from pipeline.photo.looks import crowd, everybody, looks
from pipeline.photo.name import name_still
from pipeline.photo.on_its_side import seems_on_its_side
from pipeline.photo.picture import quality_caveats, read_picture
from pipeline.photo.report import PhotoReport, PhotoView
from pipeline.photo.shape import HIP, KNEE, LANDMARKS_USED, SHOULDER, VISIBLE
from pipeline.pose.estimator import PoseEstimator
from pipeline.pose.person import Person
from pipeline.values import UNKNOWN, Candidate, Caveat, Doubt, Mask, PoseTrack, Recognition, Source, Timing
from pipeline.video.pixels import Pixels

LEAST_VISIBLE: Final = 6  # of 21 landmarks: less is a hand or a face, not a body
HIDDEN_FROM: Final = 5  # so many of 21 landmarks hidden are worth a word


@dataclass(frozen=True, slots=True)
class TurnedRules:
    """upright_deg: a trunk that leans less stands or sits. surer_by: what a look at a turned photo has to add."""

    upright_deg: float = 60.0
    surer_by: float = 0.1


TURNED: Final = TurnedRules()
METHOD: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pose": "MediaPipe Pose Landmarker, one picture; named from it, its mirror image and a closer look",
        "naming": "networks over landmarks in the picture's plane and in space, calibrated by temperature",
        "equipment": "EfficientNet-lite0, taught on ImageNet, over a square about each hand",
        "reference": "medians of joint angles as drawn in photos of the pose",
    }
)


def analyze_photo(
    path: Path, estimator: PoseEstimator, *, name: str | None = None, told_before: Sequence[str] = ()
) -> PhotoReport:
    """What the photo at `path` shows; `name` is what the user says it is, a pose or an exercise, `told_before` what
    they said that earlier sets and photos are.

    Raises EmptyFile, NotAPicture, PhotoTooLarge, NobodyInPicture; UnknownExercise where nothing is called
    `name`.
    """
    given = given_slug(name) if name else None
    started = time.perf_counter()
    pixels = read_picture(path)
    decoded = time.perf_counter()
    people = _looked_at(pixels, estimator)
    person = max(people, key=lambda one: one.size_px)
    track = _track([person], pixels, crowd(pixels, people, estimator.look))
    _check_body(track)
    looked = _track(looks(pixels, person, estimator.look), pixels, track.people)
    seen = time.perf_counter()
    named = name_still(looked, pixels, told_before)
    answered = named if _trunk_and_thigh(track) else unsure(named)
    timing = (decoded - started, seen - decoded)
    report = _report(path.name, pixels, track, answered, given, timing, started)
    if report.level == "unknown" and not report.perhaps_on_its_side and _surer_turned(pixels, estimator, named):
        return replace(report, perhaps_on_its_side=True)
    return report


def _surer_turned(pixels: Pixels, estimator: PoseEstimator, named: Answer) -> bool:
    """Whether a look at the photo turned by a quarter, either way, shows an exercise, or somebody upright more surely
    than the photo as it is; who stands and is turned looks like a pose that lies.

    Of frames of 35 clips (the other 35 chose TURNED) turned so 102 of 136 are told that they may lie on their side, of
    the upright ones none of 68; where any name was enough it was 95 and four. Of 663 photos of yoga without a name, as
    landmarks, 41 are, and were 54.
    """
    for quarters in (1, 3):
        turned = np.ascontiguousarray(np.rot90(pixels, quarters))
        people = estimator.look(turned)
        if people and _is_surer(max(people, key=lambda one: one.size_px), turned, named):
            return True
    return False


def _is_surer(person: Person, turned: Pixels, named: Answer) -> bool:
    track = _track([person], turned, 1)
    if not _trunk_and_thigh(track):
        return False
    answered = name_still(track, turned)
    upright = person.tilt_deg < TURNED.upright_deg
    return (answered.level == "name" and answered.said in exercises()) or (
        upright and answered.confidence >= named.confidence + TURNED.surer_by
    )


def given_slug(name: str) -> str:
    """The slug of the pose or exercise that a person calls so. Raises UnknownExercise."""
    found = find_pose(name) or find(name)
    if found is None:
        raise UnknownExercise(name=name)
    return found.name


def _looked_at(pixels: Pixels, estimator: PoseEstimator) -> tuple[Person, ...]:
    people = everybody(pixels, estimator.look)
    if not people:
        raise NobodyInPicture(seen_share=0.0)
    return people


def _track(looked: Sequence[Person], pixels: Pixels, people: int) -> PoseTrack:
    """A track of one moment, a row a look at the same person."""
    parts = [(one.image_px, one.world_m, one.visibility) for one in looked]
    image, world, visibility = (np.stack(part) for part in zip(*parts, strict=True))
    height_px, width_px = pixels.shape[:2]
    return PoseTrack(np.arange(len(parts), dtype=float), image, world, visibility, width_px, height_px, people=people)


def _check_body(track: PoseTrack) -> None:
    """Raises NobodyInPicture where too little of the body is visible."""
    visible = int((track.visibility[0, list(LANDMARKS_USED)] >= VISIBLE).sum())
    if visible < LEAST_VISIBLE:
        raise NobodyInPicture(seen_share=round(visible / len(LANDMARKS_USED), 2))


def _report(
    file_name: str,
    pixels: Pixels,
    track: PoseTrack,
    answered: Answer,
    given: str | None,
    timing: tuple[float, float],
    started: float,
) -> PhotoReport:
    said = given or answered.said
    level: Level = "name" if given else answered.level
    angles = photo_angles(track)
    pose = yoga_poses().get(said)
    decode_s, pose_s = timing
    return PhotoReport(
        source=Source("photo", file_name, 0.0, math.nan),
        recognition=recognition_of(answered, given),
        said=said,
        level=level,
        names=answered.names,
        groups=answered.groups,
        large_groups=answered.large_groups,
        angles=angles,
        differences=differences(angles, pose.reference) if pose else (),
        caveats=(*quality_caveats(pixels, track.image_px[0]), *_body_caveats(track)),
        timing=Timing(decode_s, pose_s, time.perf_counter() - started),
        method=dict(METHOD),  # a read-only view does not travel between processes
        view=PhotoView(pixels, track.image_px[0], track.visibility[0]),
        perhaps_on_its_side=level == "unknown" and seems_on_its_side(track.image_px[0]),
    )


def recognition_of(answered: Answer, given: str | None = None) -> Recognition:
    """The answer as every report holds it; where a group alone is sure, the name is its likeliest member."""
    if given:
        return Recognition(given, 1.0, _others(answered, given), given=True)
    if answered.level == "unknown":
        return Recognition(UNKNOWN, answered.confidence, _others(answered, UNKNOWN))
    name = _likeliest(answered)
    return Recognition(name, answered.confidence, _others(answered, name), coarse=answered.level != "name")


def _likeliest(answered: Answer) -> str:
    named = [one.name for one in answered.names]
    kin = [{"group": group_of, "large_group": large_group_of}.get(answered.level, str)(name) for name in named]
    return named[kin.index(answered.said)] if answered.said in kin else named[0]


def _others(answered: Answer, name: str) -> tuple[Candidate, ...]:
    return tuple(one for one in answered.names if one.name not in (name, UNKNOWN))[:ALTERNATIVES]


def _trunk_and_thigh(track: PoseTrack) -> bool:
    """A shoulder, hip and knee of one side are in the picture: with less the network has guessed half of the body."""
    seen = _in_picture(track)
    return any(bool(seen[[SHOULDER + side, HIP + side, KNEE + side]].all()) for side in (0, 1))


def _in_picture(track: PoseTrack) -> Mask:
    """(21,) which of the landmarks used are inside the picture and not hidden."""
    inside = (track.image_px[0] >= 0).all(axis=1) & (track.image_px[0] < [track.width_px, track.height_px]).all(axis=1)
    return np.asarray((inside & (track.visibility[0] >= VISIBLE))[list(LANDMARKS_USED)])


def _body_caveats(track: PoseTrack) -> tuple[Caveat, ...]:
    found = []
    if int(np.sum(~_in_picture(track))) >= HIDDEN_FROM:
        found.append(Caveat(Doubt.BODY_HIDDEN))
    if track.people > 1:
        found.append(Caveat(Doubt.SEVERAL_IN_PHOTO, {"count": track.people}))
    return tuple(found)
