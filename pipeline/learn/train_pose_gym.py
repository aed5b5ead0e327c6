"""Teach the network of gym exercises in photos on simulated stills, a few filmed ones and yoga photos; measure, write.

    spotter train poses DATA --tracks TRACKS

It also tells yoga from the gym: one of its answers is "yoga", whose poses `poses.onnx` names. Filmed stills of the
sources in TAUGHT teach, those in CALIBRATED choose temperature and working points, those in TESTED are only counted.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.learn import pose_gym_card, train_poses
from pipeline.learn.class_measures import fit_temperature, softened
from pipeline.learn.pose_export import export, precisions
from pipeline.learn.pose_figures import figures, fit_points, per_name
from pipeline.learn.pose_gym import (
    NAMES,
    NOT_ONLY_YOGA,
    filmed_stills,
    of_sources,
    read_back,
    simulated_stills,
    together,
    yoga_stills,
)
from pipeline.learn.pose_network import Lessons, Member, Recipe, ensemble_logs, teach
from pipeline.learn.pose_photos import Photos
from pipeline.learn.pose_road import laid
from pipeline.learn.tracks import read_tracks
from pipeline.learn.train_poses import WATCHED
from pipeline.photo.network import open_still
from pipeline.photo.shape import Shapes
from pipeline.values import Array

TAUGHT: Final = ("s08", "s13", "s15", "s40")
CALIBRATED: Final = ("s04", "s05", "s06", "s07", "s10")
TESTED: Final = ("s01", "s09", "s12", "s14", "s16", "s17")
MOMENTS: Final = 5  # stills of a simulated set
FILMED_MOMENTS: Final = 8  # stills of a filmed one
MOST_OF_A_NAME: Final = 400  # filmed stills that are counted or taught: push-ups would drown the others


@dataclass(frozen=True, slots=True)
class Options:
    """poses: how the other network was taught, whose photos, folds, out and work folders hold here too. tracks: folder
    of the filmed ones."""

    poses: train_poses.Options
    tracks: Path
    each: int = 80
    members: int = 2
    recipe: Recipe = Recipe(width=256, epochs=14, balance=0.7)  # noqa: RUF009  (frozen)

    @property
    def seed(self) -> int:
        return self.poses.seed


def train_pose_gym(options: Options, *, final: bool = False) -> dict[str, Any]:
    """Weights, card and figures are written under `out`; `final` also counts the sources in TESTED, once."""
    torch.set_num_threads(1)
    rng = np.random.default_rng(options.seed)
    course = train_poses.Course.read(options.poses)
    yoga, fold = yoga_stills(course.photos), course.fold[_only_yoga(course.photos)]
    held_yoga = yoga.rows(fold <= WATCHED)
    filmed = {key: _filmed(options, sources, rng) for key, sources in (("taught", TAUGHT), ("calibrated", CALIBRATED))}
    gym = together([_simulated(options), filmed["taught"]])
    taught = together([read_back(gym, yoga.seen.rows(fold > WATCHED), rng), yoga.rows(fold > WATCHED)])
    members = [_member(taught, options, number) for number in range(options.members)]
    temperature, points = _calibrated(members, filmed["calibrated"], held_yoga)
    said = {"names": NAMES, "temperature": temperature, "sure_from": points}
    road = laid(_held(course, options), open_still(export(members, said, np.int8)), course, filmed["calibrated"])
    said["gate"] = asdict(road.gate)
    judged = {"calibrated": filmed["calibrated"], "yoga": held_yoga}
    judged |= {"tested": _filmed(options, TESTED, rng)} if final else {}
    found: dict[str, Any] = {key: _figures(members, stills, said) for key, stills in judged.items()}
    found["each"] = options.each
    found["road"] = {key: road.figures(judged[key], NAMES) for key in judged if key != "yoga"}
    found["road"]["poses"] = road.figures(course.of(*train_poses.TESTED), course.photos.names)
    found["by_name"] = _names(members, judged["tested" if final else "calibrated"], temperature)
    found["precision"] = precisions(members, said, filmed["calibrated"])
    _write(options, members, said, found)
    return found


def _held(course: train_poses.Course, options: Options) -> list[Member]:
    """The other network as it was before it saw all photos."""
    recipe, _ = train_poses.chosen_recipe(course, replace(options.poses, search_epochs=0))
    return train_poses.held_members(course, recipe, options.poses)


def _simulated(options: Options) -> Lessons:
    """Simulated stills, kept under `work`: they take longer than the teaching."""
    rng = np.random.default_rng((options.seed, options.each))
    path = options.poses.work / f"stills_{options.seed}_{options.each}.npz"
    if path.exists():
        with np.load(path) as kept:
            return Lessons(Shapes(kept["points"], kept["known"], kept["visible"]), kept["answer"])
    drawn = simulated_stills(options.each, MOMENTS, rng, lambda items, what: tqdm(list(items), desc=what, ncols=90))
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, points=drawn.seen.points, known=drawn.seen.known, visible=drawn.seen.visible, answer=drawn.answer)
    return drawn


def capped(stills: Lessons, most: int, rng: np.random.Generator) -> Lessons:
    """At most so many stills of each answer."""
    order = rng.permutation(len(stills.answer))
    kept = [order[stills.answer[order] == one][:most] for one in np.unique(stills.answer)]
    return stills.rows(np.sort(np.concatenate(kept)))


def _filmed(options: Options, sources: tuple[str, ...], rng: np.random.Generator) -> Lessons:
    stills, _ = filmed_stills(of_sources(read_tracks(options.tracks), sources), FILMED_MOMENTS, rng)
    return capped(stills, MOST_OF_A_NAME, rng)


def _only_yoga(photos: Photos) -> Any:
    return ~np.isin(photos.answer, [number for number, name in enumerate(photos.names) if name in NOT_ONLY_YOGA])


def _member(taught: Lessons, options: Options, number: int) -> Member:
    recipe, path = options.recipe, options.poses.work / f"gym_{number}.pt"
    with tqdm(total=recipe.epochs, desc=f"gym {number + 1}", ncols=90) as bar:
        seed = 100 * options.seed + number
        return teach(taught, len(NAMES), recipe, seed, checkpoint=path, progress=lambda _, __: bar.update())


def _calibrated(members: list[Member], filmed: Lessons, yoga: Lessons) -> tuple[float, dict[str, float]]:
    """Temperature and working points on filmed stills and as many of yoga, every name weighing alike."""
    both = together([filmed, yoga.rows(np.arange(min(len(yoga.answer), len(filmed.answer) // 2)))])
    logs = ensemble_logs(members, both.seen)
    weight = 1 / np.sqrt(np.bincount(both.answer)[both.answer])
    temperature = fit_temperature(logs, both.answer, weight)
    return temperature, fit_points(both.answer, softened(logs, temperature), NAMES)


def _probability(members: list[Member], stills: Lessons, temperature: float) -> Array:
    return softened(ensemble_logs(members, stills.seen), temperature)


def _figures(members: list[Member], stills: Lessons, said: dict[str, Any]) -> dict[str, Any]:
    probability = _probability(members, stills, said["temperature"])
    return figures(stills.answer, probability, NAMES, said["sure_from"])


def _names(members: list[Member], stills: Lessons, temperature: float) -> dict[str, dict[str, float]]:
    return per_name(stills.answer, _probability(members, stills, temperature), NAMES)


def _write(options: Options, members: list[Member], said: dict[str, Any], found: dict[str, Any]) -> None:
    options.poses.out.mkdir(parents=True, exist_ok=True)
    (options.poses.out / "pose_gym.onnx").write_bytes(export(members, said, np.int8))
    (options.poses.out / "pose_gym.json").write_text(json.dumps({**said, **found}, indent=1) + "\n", encoding="utf-8")
    (options.poses.out / "pose_gym.md").write_text(pose_gym_card.text(said, found, len(members)), encoding="utf-8")
