"""Teach the network that weighs poses and exercises against each other in photos; measure the whole road; write.

    spotter train poses DATA --tracks TRACKS

It learns from simulated sets of every exercise, simulated poses, filmed sets and photos of yoga. Filmed sources are
left out: JUDGED teaches and chooses nothing, and what it is judged by ships. Temperature and working points
come from CALIBRATED, answered by a network that saw neither it nor JUDGED, and from watched photos.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.learn import pose_six, pose_stills_card, train_poses
from pipeline.learn.pose_export import export, precisions
from pipeline.learn.pose_figures import per_name
from pipeline.learn.pose_network import Ints, Lessons, Member, Recipe, teach
from pipeline.learn.pose_road import Calibration, Judged, calibrated, road_figures, road_logs, together_judged
from pipeline.learn.pose_spoil import Spoiling
from pipeline.learn.pose_stills import (
    Moments,
    Stills,
    capped,
    filmed_stills,
    read_back,
    simulated_stills,
    together,
)
from pipeline.learn.tracks import read_tracks
from pipeline.learn.train_poses import WATCHED
from pipeline.photo.name import NAMES, ONE_EXERCISE

JUDGED: Final = ("s01", "s09", "s12", "s14", "s16", "s17")
CALIBRATED: Final = ("s02", "s11", "s13", "s40")
SIMULATED_MOMENTS: Final = Moments(4, 2)
FILMED_MOMENTS: Final = Moments(8, 8)
MOST_OF_A_NAME: Final = 150  # filmed stills that teach
MOST_JUDGED: Final = 400  # filmed stills of a name that are counted
TUNED_PEOPLE: Final = ("p01", "p02", "p03")  # of pose_six: descriptions of poses were tried on them
OTHER_PEOPLE: Final = ("p04", "p05", "p06")  # these decided nothing


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each kind of lesson is drawn."""

    photos: float = 0.44
    poses: float = 0.11
    exercises: float = 0.32
    filmed: float = 0.13


@dataclass(frozen=True, slots=True)
class Options:
    """poses: how the other network was taught, whose photos, folds, out and work folders hold here too. tracks: folder
    of the filmed ones."""

    poses: train_poses.Options
    tracks: Path
    each: int = 100
    members: int = 2
    shares: Shares = Shares()
    recipe: Recipe = Recipe(  # noqa: RUF009  (frozen)
        width=384, epochs=7, spoiling=Spoiling(doubted_share=0.0)
    )

    @property
    def seed(self) -> int:
        return self.poses.seed


@dataclass(frozen=True, slots=True, eq=False)
class School:
    """All that can be learned from: photos and their folds, simulated and filmed stills."""

    course: train_poses.Course
    simulated: Stills
    filmed: Stills

    def lessons(self, without: Sequence[str], options: Options) -> Lessons:
        """All but the filmed stills of these sources and the photos that are held back."""
        rng, shares = np.random.default_rng(options.seed), options.shares
        photos = self.course.taught.rows(self.course.usable & (self.course.fold > WATCHED))
        filmed = capped(self.filmed.rows(~np.isin(self.filmed.source, without)), MOST_OF_A_NAME, rng)
        pose = self.simulated.source == "pose"
        parts = (
            (self.simulated.rows(pose), shares.poses),
            (self.simulated.rows(~pose), shares.exercises),
            (filmed, shares.filmed),
        )
        seen = photos.seen.unhidden()
        return together(
            (Lessons(seen, called(photos.answer)), shares.photos, 0.5),
            *((Lessons(read_back(part.seen.unhidden(), seen, rng), part.answer), share, 0.7) for part, share in parts),
        )


def called(answer: Ints) -> Ints:
    """What photos of these poses are called on the whole road, as indices into NAMES."""
    return np.array([NAMES.index(ONE_EXERCISE.get(NAMES[one], NAMES[one])) for one in answer])


def train_pose_stills(options: Options) -> dict[str, Any]:
    """Weights, card and figures are written under the poses' `out`; the figures are given back."""
    torch.set_num_threads(1)
    school = _school(options)
    poses, members = _held(school.course, options), _taught(school, JUDGED, options, "judged", options.members)
    watched = _photos(school, poses, members, WATCHED)
    calibrating = _outside(school, poses, options)
    calibration = calibrated(watched, calibrating)
    said = {"names": NAMES, "temperature": 1.0, **asdict(calibration)}
    judged = _judged(school, poses, members, options)
    rows = {"stills calibrated on": calibrating, **judged, "yoga photos": _photos(school, poses, members, 0, 1)}
    found: dict[str, Any] = {"road": {key: road_figures(row, calibration) for key, row in rows.items()}}
    found["six"] = _six(options, poses, members, calibration)
    found["each"] = options.each
    everything = together_judged(list(judged.values()))
    found["by_name"] = per_name(everything.truth, calibration.weighing.probability(everything.logs), NAMES)
    found["precision"] = precisions(
        members, said | {"sure_from": {}}, _lessons(school.filmed.rows(_of(school, JUDGED)))
    )
    _write(options, members, said, found)
    return found


def _school(options: Options) -> School:
    rng = np.random.default_rng(options.seed)
    filmed = filmed_stills(read_tracks(options.tracks), FILMED_MOMENTS, rng)
    return School(train_poses.Course.read(options.poses), _simulated(options), filmed)


def _simulated(options: Options) -> Stills:
    """Simulated stills, kept under `work`: they take longer than the teaching."""
    path = options.poses.work / f"stills_{options.seed}_{options.each}.npz"
    if not path.exists():
        rng = np.random.default_rng((options.seed, options.each))
        progress = lambda items, what: tqdm(list(items), desc=what, ncols=90)  # noqa: E731
        simulated_stills(options.each, SIMULATED_MOMENTS, rng, progress).save(path)
    return Stills.load(path)


def _held(course: train_poses.Course, options: Options) -> list[Member]:
    """The poses' network as it was before it saw all photos."""
    recipe, _ = train_poses.chosen_recipe(course, replace(options.poses, search_epochs=0))
    return train_poses.held_members(course, recipe, options.poses)


def _taught(school: School, without: Sequence[str], options: Options, what: str, members: int) -> list[Member]:
    lessons, recipe = school.lessons(without, options), options.recipe
    found = []
    for number in range(members):
        path, seed = options.poses.work / f"stills_{what}_{number}.pt", 100 * options.seed + number
        with tqdm(total=recipe.epochs, desc=f"{what} {number + 1}", ncols=90) as bar:
            shown = lambda _epoch, _loss, bar=bar: bar.update()  # noqa: E731
            found.append(teach(lessons, len(NAMES), recipe, seed, checkpoint=path, progress=shown))
    return found


def _outside(school: School, poses: Sequence[Member], options: Options) -> Judged:
    """The calibrated sources as a network that saw neither them nor the judged ones answers them."""
    members = _taught(school, (*CALIBRATED, *JUDGED), options, "outside", 1)
    stills = capped(school.filmed.rows(_of(school, CALIBRATED)), MOST_JUDGED, np.random.default_rng(options.seed))
    return Judged(road_logs(poses, members, stills.seen), stills.answer)


def _judged(school: School, poses: Sequence[Member], members: Sequence[Member], options: Options) -> dict[str, Judged]:
    stills = capped(school.filmed.rows(_of(school, JUDGED)), MOST_JUDGED, np.random.default_rng(options.seed))
    judged = Judged(road_logs(poses, members, stills.seen), stills.answer)
    return {
        "stills, end of the movement": judged.rows(stills.at_end),
        "stills, any moment": judged.rows(~stills.at_end),
    }


def _photos(school: School, poses: Sequence[Member], members: Sequence[Member], *fold: int) -> Judged:
    photos = school.course.of(*fold)
    return Judged(road_logs(poses, members, photos.seen), called(photos.answer))


def _six(
    options: Options, poses: Sequence[Member], members: Sequence[Member], calibration: Calibration
) -> dict[str, dict[str, float]]:
    held = pose_six.read_six(options.poses.data)
    found = {}
    for key, people in (("people tried on", TUNED_PEOPLE), ("other people", OTHER_PEOPLE)):
        some = held.of(*people)
        found[key] = pose_six.figures(
            calibration.weighing.probability(road_logs(poses, members, some.seen)), NAMES, some
        )
    return found


def _of(school: School, sources: Sequence[str]) -> Any:
    return np.isin(school.filmed.source, sources)


def _lessons(stills: Stills) -> Lessons:
    return Lessons(stills.seen.unhidden(), stills.answer)


def _write(options: Options, members: Sequence[Member], said: dict[str, Any], found: dict[str, Any]) -> None:
    out = options.poses.out
    out.mkdir(parents=True, exist_ok=True)
    (out / "pose_stills.onnx").write_bytes(export(members, said, np.int8))
    (out / "pose_stills.json").write_text(json.dumps({**said, **found}, indent=1) + "\n", encoding="utf-8")
    (out / "pose_stills.md").write_text(pose_stills_card.text(said, found, len(members)), encoding="utf-8")
