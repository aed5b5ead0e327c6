"""Teach the network of still poses, measure it on photos held out, write weights, card and reference angles.

    spotter train poses DATA --out pipeline/weights

Needs the `train` extra. What is half done is kept under `work` and gone on from.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.catalogue.pose import yoga_poses
from pipeline.chart.confusion import draw_confusion
from pipeline.learn.begun import begin, digest_of, digest_of_files
from pipeline.learn.class_measures import confusion, fit_temperature
from pipeline.learn.poses import card
from pipeline.learn.poses.export import export, precisions
from pipeline.learn.poses.figures import figures, fit_points, per_name
from pipeline.learn.poses.network import Lessons, Member, Recipe, ensemble_logs
from pipeline.learn.poses.photo_folds import TESTED, WATCHED, PhotoFolds
from pipeline.learn.poses.reference import write_references
from pipeline.learn.poses.spoil import Spoiling
from pipeline.learn.poses.stills import Stills, read_back, simulated_poses, together
from pipeline.learn.poses.teaching import teach
from pipeline.photo.name import POSES
from pipeline.photo.shape import Shapes
from pipeline.recognize.decide import softmax

SIMULATED_SHARE, SIMULATED_BALANCE = 0.1, 0.7  # of what is drawn; how far rare poses are drawn oftener
SEARCHED: Final[dict[str, dict[str, Any]]] = {
    "plain": {"balance": 0.0},
    "classes balanced by drawing": {"balance": 1.0},
    "classes balanced by half": {"balance": 0.5},
    "classes weighted in the loss": {"balance": 0.0, "weighted": 1.0},
    "pairs mixed": {"balance": 0.0, "mixing": 0.4},
    "less dropout": {"balance": 0.0, "dropout": 0.3},
    "spoiled less": {"balance": 0.0, "spoiling": Spoiling(0.02, 6.0, 0.04, 0.05, 0.012, 0.03, 0.02, 0.05)},
    "spoiled more": {"balance": 0.0, "spoiling": Spoiling(0.08, 15.0, 0.1, 0.12, 0.03, 0.08, 0.1, 0.15)},
}


# the number of each kind's first seed: attention was chosen where three dense networks stood before it
FIRST: Final = {"dense": 0, "joints": 3}
NOT_SEARCHED: Final[dict[str, Any]] = {"chosen": "as given", "recipes": {}}


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of the photos' landmarks. out: where weights and card go. work: where half-done work is kept.
    references: the folder of the poses' files, which get the angles that their photos have in common; None: left."""

    data: Path
    out: Path
    work: Path
    references: Path | None = None
    epochs: int = 64
    search_epochs: int = 14  # 0: no search, `recipe` as it is
    members: int = 1
    joint_members: int = 1
    simulated_each: int = 120  # holds of every pose that the catalogue describes
    seed: int = 1
    recipe: Recipe = Recipe(width=512, dropout=0.45, balance=0.5)  # noqa: RUF009  (frozen)
    joints: Recipe = Recipe("joints", epochs=40, batch=128, rate=1.5e-3, balance=0.5)  # noqa: RUF009


def train_poses(options: Options) -> dict[str, Any]:
    """Weights, card, confusion matrix and figures are written under `out`; the figures are given back."""
    torch.set_num_threads(1)
    begin(options.work, "poses", decided_by(options))
    options.out.mkdir(parents=True, exist_ok=True)
    folds = PhotoFolds.read(options.data, options.seed)
    recipe, searched = chosen_recipe(folds, options)
    held = held_members(folds, recipe, options)
    said, found = evaluated(held, folds)
    everything = finetuned_on_all(held, folds, recipe, options)
    found |= {
        "shipped": "all ten",
        "searched": searched,
        "kinds": dict(Counter(one.kind for one in recipes_of(recipe, options))),
        "recipe": repr(recipe),
        "joints_recipe": repr(options.joints),
        "precision": precisions(held, said, folds.of(*TESTED)),
    }
    write(options, everything, said, found)
    if options.references is not None:
        write_references(folds.photos, options.references)
    return found


def decided_by(options: Options) -> dict[str, object]:
    """What is kept under `work` was taught by, beside the recipes, which each network's file tells."""
    return {
        "data": digest_of_files([options.data / "yoga82.npz", options.data / "yoga82.csv"]),
        "poses": digest_of([(name, sorted_tables(pose.movements)) for name, pose in yoga_poses().items()]),
        "simulated_each": options.simulated_each,
        "seed": options.seed,
    }


def sorted_tables(movements: Sequence[Mapping[str, Any]]) -> list[list[tuple[str, Any]]]:
    """The tables of some movements, whatever order their keys are in."""
    return [sorted(table.items()) for table in movements]


def chosen_recipe(folds: PhotoFolds, options: Options) -> tuple[Recipe, dict[str, Any]]:
    """The recipe that a search chose, or the options' own where none is wanted; and how each did, now or last time."""
    if options.search_epochs:
        chosen, searched = search(folds, options)
        return replace(chosen, epochs=options.epochs), searched
    earlier = options.out / "poses.json"
    searched = json.loads(earlier.read_text(encoding="utf-8"))["searched"] if earlier.exists() else NOT_SEARCHED
    return replace(options.recipe, epochs=options.epochs), searched | {"earlier": True}


def held_members(folds: PhotoFolds, recipe: Recipe, options: Options) -> list[Member]:
    """Networks that saw neither the tested folds nor the watched one; at once where they were taught before."""
    return _ensemble(folds.teaching, recipes_of(recipe, options), options, "held")


def finetuned_on_all(held: Sequence[Member], folds: PhotoFolds, recipe: Recipe, options: Options) -> list[Member]:
    """The held networks, having seen all photos as well: they go on for a third of the epochs at half the rate."""
    shorter = [replace(one, epochs=max(1, one.epochs // 3), rate=one.rate / 2) for one in recipes_of(recipe, options)]
    return _ensemble(folds.everything, shorter, options, "all", held)


def recipes_of(recipe: Recipe, options: Options) -> list[Recipe]:
    """Every member's."""
    return [recipe] * options.members + [options.joints] * options.joint_members


def seeds_of(recipes: Sequence[Recipe], seed: int) -> list[int]:
    """Every member's own, which does not change with how many there are of the other kind."""
    kinds = [one.kind for one in recipes]
    return [100 * seed + FIRST[kind] + kinds[:place].count(kind) for place, kind in enumerate(kinds)]


def lessons_for(recipe: Recipe, photos: Lessons[Shapes], options: Options) -> Lessons[Shapes]:
    """The photos; attention among landmarks, which learns less of a view by heart, also gets simulated poses."""
    if recipe.kind == "dense":
        return photos
    drawn, rng = _simulated(options), np.random.default_rng(options.seed)
    poses = Lessons(read_back(drawn.seen.unhidden(), photos.seen, rng), drawn.answer)
    return together((photos, 1 - SIMULATED_SHARE, recipe.balance), (poses, SIMULATED_SHARE, SIMULATED_BALANCE))


def _simulated(options: Options) -> Stills:
    """Simulated poses, kept under `work`."""
    path = options.work / f"poses_{options.seed}_{options.simulated_each}.npz"
    if not path.exists():
        rng = np.random.default_rng((options.seed, options.simulated_each))
        simulated_poses(options.simulated_each, rng, shown).save(path)
    return Stills.load(path)


def shown(items: Iterable[str], what: str) -> Iterable[str]:
    """The same, with a bar that tells how many of them are done."""
    return tqdm(list(items), desc=what, ncols=90)  # type: ignore[no-any-return]


def taught(
    lessons: Lessons[Any], answers: int, recipe: Recipe, seed: int, path: Path, what: str, start: Member | None = None
) -> Member:
    """A network, kept at the path and gone on with from there, with a bar that tells how far it is."""
    with tqdm(total=recipe.epochs, desc=what, ncols=90) as bar:
        return teach(lessons, answers, recipe, seed, None, path, lambda _epoch, _loss: bar.update(), start)


def search(folds: PhotoFolds, options: Options) -> tuple[Recipe, dict[str, Any]]:
    """The recipe that answers the watched fold best after a short teaching, and how each did."""
    base = replace(options.recipe, epochs=options.search_epochs)
    watched = folds.of(WATCHED)
    count = len(folds.photos.names)
    rows: dict[str, Any] = {}
    for name, change in tqdm(SEARCHED.items(), desc="searching", ncols=90):
        path = options.work / f"search_{name.replace(' ', '_')}.pt"
        member = teach(folds.teaching, count, replace(base, **change), options.seed, watched, path)
        logs = member.logs(watched.seen)
        right = logs.argmax(axis=1) == watched.answer
        alike = [right[watched.answer == one].mean() for one in np.unique(watched.answer)]
        surprise = -logs[np.arange(len(logs)), watched.answer].mean()
        rows[name] = {"top_1": float(right.mean()), "of_a_pose": float(np.mean(alike)), "surprise": float(surprise)}
        tqdm.write(f"{name}: {rows[name]}")
    best = max(rows, key=lambda name: rows[name]["top_1"])
    return replace(base, **SEARCHED[best]), {"chosen": best, "recipes": rows}


def evaluated(members: Sequence[Member], folds: PhotoFolds) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the weights say of themselves, calibrated on the watched fold, and the figures of the tested ones."""
    watched, tested, names = folds.of(WATCHED), folds.of(*TESTED), folds.photos.names
    logs = ensemble_logs(members, watched.seen)
    temperature = fit_temperature(logs, watched.answer, np.ones(len(watched.answer)))
    points = fit_points(watched.answer, softmax(logs, temperature), names)
    probability = softmax(ensemble_logs(members, tested.seen), temperature)
    found = {
        "tested": figures(tested.answer, probability, names, points),
        "poses": per_name(tested.answer, probability, names),
        "confusion": confusion(tested.answer, probability.argmax(axis=1), len(names)),
    }
    return {"names": names, "temperature": temperature, "sure_from": points}, found


def write(options: Options, members: Sequence[Member], said: dict[str, Any], found: dict[str, Any]) -> None:
    """Weights, figures, picture and card lie under `out`."""
    shares = found.pop("confusion")
    (options.out / "poses.onnx").write_bytes(export(members, said, np.int8))
    (options.out / "poses.json").write_text(json.dumps({**said, **found}, indent=1) + "\n", encoding="utf-8")
    (options.out / "poses_confusion.png").write_bytes(draw_confusion(said["names"], shares))
    (options.out / "poses.md").write_text(card.text(said, found), encoding="utf-8")


def _ensemble(
    photos: Lessons[Shapes], recipes: Sequence[Recipe], options: Options, what: str, start: Sequence[Member] = ()
) -> list[Member]:
    """A network of each recipe, with a seed of its own, begun anew or gone on with from `start`."""
    members = []
    for number, (recipe, seed) in enumerate(zip(recipes, seeds_of(recipes, options.seed), strict=True)):
        lessons = lessons_for(recipe, photos, options)
        path, begun = options.work / f"{what}_{number}.pt", start[number] if start else None
        members.append(taught(lessons, len(POSES), recipe, seed, path, f"{what} {number + 1}", begun))
    return members
