"""Teach the networks that weigh poses and exercises against each other in photos, in the picture and in space; measure
the whole road; write.

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
from pipeline.learn.pose_course import TESTED, WATCHED, Course
from pipeline.learn.pose_export import export, precisions
from pipeline.learn.pose_figures import per_name
from pipeline.learn.pose_network import Lessons, Member, Recipe, ensemble_logs
from pipeline.learn.pose_road import Calibration, Judged, Road, calibrated, road_figures, together_judged
from pipeline.learn.pose_school import School, called
from pipeline.learn.pose_spoil import Spoiling
from pipeline.learn.pose_stills import (
    Moments,
    Stills,
    capped,
    filmed_stills,
    simulated_stills,
)
from pipeline.learn.pose_teaching import teach
from pipeline.learn.tracks import read_tracks
from pipeline.photo.name import NAMES, POSES
from pipeline.photo.network import softened
from pipeline.values import UNKNOWN

JUDGED: Final = ("s01", "s09", "s12", "s14", "s16", "s17")
CALIBRATED: Final = ("s02", "s11", "s13", "s40")
SIMULATED_MOMENTS: Final = Moments(4, 2)
FILMED_MOMENTS: Final = Moments(8, 8)
MOST_JUDGED: Final = 400  # filmed stills of a name that are counted
BY_NAME: Final = ("stills, end of the movement", "stills, any moment")
TUNED_PEOPLE: Final = ("p01", "p02", "p03")  # of pose_six: descriptions of poses were tried on them
OTHER_PEOPLE: Final = ("p04", "p05", "p06")  # these decided nothing


@dataclass(frozen=True, slots=True)
class Options:
    """poses: how the other network was taught, whose photos, folds, out and work folders hold here too. tracks: folder
    of the filmed ones."""

    poses: train_poses.Options
    tracks: Path
    each: int = 100
    members: int = 2
    recipe: Recipe = Recipe(  # noqa: RUF009  (frozen)
        width=384, epochs=7, spoiling=Spoiling(doubted_share=0.0, cut_chance=0.3)
    )
    space_members: int = 2
    space: Recipe = Recipe(  # noqa: RUF009
        width=320, epochs=6, spoiling=Spoiling(tilt_deg=8.0, lost_share=0.03, cut_chance=0.3)
    )

    @property
    def seed(self) -> int:
        return self.poses.seed


def train_pose_stills(options: Options) -> dict[str, Any]:
    """Weights, card and figures are written under the poses' `out`; the figures are given back."""
    torch.set_num_threads(1)
    school = _school(options)
    road = _road(school, JUDGED, options, "judged")
    watched = _photos(school, road, WATCHED)
    calibrating = _outside(school, options)
    calibration = calibrated(watched, calibrating)
    said = {"names": NAMES, "temperature": 1.0, **asdict(calibration)}
    judged = _judged(school, road, options)
    rows = {"stills calibrated on": calibrating, **judged, "yoga photos": _photos(school, road, *TESTED)}
    found: dict[str, Any] = {"road": {key: road_figures(row, calibration) for key, row in rows.items()}}
    found["six"] = _six(options, road, calibration)
    found["each"] = options.each
    everything = together_judged([judged[key] for key in BY_NAME])
    found["by_name"] = per_name(everything.truth, calibration.weighing.probability(everything.logs), NAMES)
    filmed = school.filmed.rows(_of(school, JUDGED))
    plain = said | {"sure_from": {}}
    found["precision"] = precisions(road.stills, plain, Lessons(filmed.seen.unhidden(), filmed.answer))
    found["space_precision"] = precisions(road.space, plain, Lessons(filmed.placed, filmed.answer))
    _write(options, road, said, found)
    return found


def _school(options: Options) -> School:
    rng = np.random.default_rng(options.seed)
    filmed = filmed_stills(read_tracks(options.tracks), FILMED_MOMENTS, rng)
    return School(Course.read(options.poses.data, options.seed), _simulated(options), filmed)


def _simulated(options: Options) -> Stills:
    """Simulated stills, kept under `work`: they take longer than the teaching."""
    path = options.poses.work / f"placed_{options.seed}_{options.each}.npz"
    if not path.exists():
        rng = np.random.default_rng((options.seed, options.each))
        progress = lambda items, what: tqdm(list(items), desc=what, ncols=90)  # noqa: E731
        simulated_stills(options.each, SIMULATED_MOMENTS, rng, progress).save(path)
    return Stills.load(path)


def _held(course: Course, options: Options) -> list[Member]:
    """The poses' network as it was before it saw all photos."""
    recipe, _ = train_poses.chosen_recipe(course, replace(options.poses, search_epochs=0))
    return train_poses.held_members(course, recipe, options.poses)


def _road(school: School, without: Sequence[str], options: Options, what: str) -> Road:
    """Networks that saw none of these sources, and the poses' network as it was before it saw all photos."""
    stills = _taught(school.lessons(without, options.seed), [options.recipe] * options.members, options, what)
    space = [options.space] * options.space_members
    placed = _taught(school.space_lessons(without, options.seed), space, options, f"{what}_space")
    return Road(_held(school.course, options), stills, placed)


def _taught(lessons: Lessons[Any], recipes: Sequence[Recipe], options: Options, what: str) -> list[Member]:
    found = []
    for number, recipe in enumerate(recipes):
        path, seed = options.poses.work / f"stills_{what}_{number}.pt", 100 * options.seed + number
        with tqdm(total=recipe.epochs, desc=f"{what} {number + 1}", ncols=90) as bar:
            shown = lambda _epoch, _loss, bar=bar: bar.update()  # noqa: E731
            found.append(teach(lessons, len(NAMES), recipe, seed, checkpoint=path, progress=shown))
    return found


def _outside(school: School, options: Options) -> Judged:
    """The calibrated sources as networks that saw neither them nor the judged ones answer them."""
    fewer = replace(options, members=1, space_members=1)
    return _asked(_road(school, (*CALIBRATED, *JUDGED), fewer, "outside"), _counted(school, CALIBRATED, options))


def _judged(school: School, road: Road, options: Options) -> dict[str, Judged]:
    stills = _counted(school, JUDGED, options)
    judged, flat = _asked(road, stills), Judged(road.logs(stills.seen), stills.answer)
    return {
        "stills, end of the movement": judged.rows(stills.at_end),
        "stills, any moment": judged.rows(~stills.at_end),
        "stills, end of the movement, without depth": flat.rows(stills.at_end),
    }


def _counted(school: School, sources: Sequence[str], options: Options) -> Stills:
    """Stills of these sources; "unknown" says in the data that nobody could tell, so no answer to it is wrong."""
    told = _of(school, sources) & (school.filmed.answer != NAMES.index(UNKNOWN))
    return capped(school.filmed.rows(told), MOST_JUDGED, np.random.default_rng(options.seed))


def _asked(road: Road, stills: Stills) -> Judged:
    return Judged(road.logs(stills.seen, stills.placed), stills.answer)


def _photos(school: School, road: Road, *fold: int) -> Judged:
    photos = school.course.of(*fold)
    return Judged(road.logs(photos.seen), called(photos.answer))


def _six(options: Options, road: Road, calibration: Calibration) -> dict[str, dict[str, float]]:
    held = pose_six.read_six(options.poses.data)
    found = {}
    for key, people in (("people tried on", TUNED_PEOPLE), ("other people", OTHER_PEOPLE)):
        some = held.of(*people)
        found[key] = pose_six.figures(calibration.weighing.probability(road.logs(some.seen)), NAMES, some)
        poses = softened(ensemble_logs(road.poses, some.seen), 1.0)
        found[f"{key}, `poses.onnx` alone"] = pose_six.figures(poses, POSES, some)
    return found


def _of(school: School, sources: Sequence[str]) -> Any:
    return np.isin(school.filmed.source, sources)


def _write(options: Options, road: Road, said: dict[str, Any], found: dict[str, Any]) -> None:
    out = options.poses.out
    out.mkdir(parents=True, exist_ok=True)
    (out / "pose_stills.onnx").write_bytes(export(road.stills, said, np.int8))
    in_space = {"names": said["names"], "temperature": said["temperature"]}
    (out / "pose_space.onnx").write_bytes(export(road.space, in_space, np.int8))
    (out / "pose_stills.json").write_text(json.dumps({**said, **found}, indent=1) + "\n", encoding="utf-8")
    card = pose_stills_card.text(said, found, (len(road.stills), len(road.space)))
    (out / "pose_stills.md").write_text(card, encoding="utf-8")
