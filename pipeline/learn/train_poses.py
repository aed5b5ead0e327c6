"""Teach the network of still poses, measure it on photos held out, write weights, card and reference angles.

    spotter train poses DATA --out pipeline/weights

Needs the `train` extra. What is half done is kept under `work` and gone on from.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import torch
from tqdm import tqdm

from pipeline.chart.confusion import draw_confusion
from pipeline.learn import pose_card
from pipeline.learn.class_measures import confusion, fit_temperature
from pipeline.learn.pose_export import export, precisions
from pipeline.learn.pose_figures import figures, fit_points, per_name
from pipeline.learn.pose_network import Lessons, Member, Recipe, ensemble_logs, teach
from pipeline.learn.pose_photos import Photos, folds, read_photos
from pipeline.learn.pose_reference import write_references
from pipeline.learn.pose_spoil import Spoiling
from pipeline.photo.network import softened

FOLDS: Final = 10
TESTED: Final = (0, 1)  # folds that decide nothing
WATCHED: Final = 2  # the fold that recipes, temperature and working points are chosen on
FEWEST_JOINTS: Final = 10  # of 21 landmarks: photos with fewer teach nothing
SEARCHED: Final[dict[str, dict[str, Any]]] = {
    "plain": {},
    "classes balanced by drawing": {"balance": 1.0},
    "classes balanced by half": {"balance": 0.5},
    "classes weighted in the loss": {"weighted": 1.0},
    "pairs mixed": {"mixing": 0.4},
    "more dropout": {"dropout": 0.45},
    "spoiled less": {"spoiling": Spoiling(0.02, 6.0, 0.04, 0.05, 0.012, 0.03, 0.02, 0.05)},
    "spoiled more": {"spoiling": Spoiling(0.08, 15.0, 0.1, 0.12, 0.03, 0.08, 0.1, 0.15)},
}


@dataclass(frozen=True, slots=True)
class Options:
    """data: folder of the photos' landmarks. out: where weights and card go. work: where half-done work is kept.
    references: the folder of the poses' files, which get the angles that their photos have in common; None: left."""

    data: Path
    out: Path
    work: Path
    references: Path | None = None
    epochs: int = 60
    search_epochs: int = 15
    members: int = 4
    seed: int = 1
    recipe: Recipe = Recipe()  # noqa: RUF009  (frozen)


def train_poses(options: Options) -> dict[str, Any]:
    """Weights, card, confusion matrix and figures are written under `out`; the figures are given back."""
    torch.set_num_threads(1)
    photos = read_photos(options.data)
    fold = folds(photos, FOLDS, options.seed)
    taught = lessons_of(photos)
    usable = photos.seen.known.sum(axis=1) >= FEWEST_JOINTS
    chosen, searched = search(taught, fold, usable, options)
    recipe = replace(chosen, epochs=options.epochs)
    held = _ensemble(taught.rows(usable & (fold > WATCHED)), photos, recipe, options, "held")
    said, found = judged(held, taught, fold, photos.names)
    everything = _ensemble(taught.rows(usable), photos, recipe, options, "all")
    tested = taught.rows(np.isin(fold, TESTED))
    found |= {
        "shipped": "all ten",
        "searched": searched,
        "recipe": repr(recipe),
        "precision": precisions(held, said, tested),
    }
    write(options, everything, said, found)
    if options.references is not None:
        write_references(photos, options.references)
    return found


def lessons_of(photos: Photos) -> Lessons:
    """Every photo's body and the number of its pose."""
    return Lessons(photos.seen, photos.answer)


def search(taught: Lessons, fold: Any, usable: Any, options: Options) -> tuple[Recipe, dict[str, Any]]:
    """The recipe that answers the watched fold best after a short teaching, and how each did."""
    base = replace(options.recipe, epochs=options.search_epochs)
    kept, watched = taught.rows(usable & (fold > WATCHED)), taught.rows(fold == WATCHED)
    rows: dict[str, Any] = {}
    for name, change in tqdm(SEARCHED.items(), desc="searching", ncols=90):
        path = options.work / f"search_{name.replace(' ', '_')}.pt"
        member = teach(kept, int(taught.answer.max()) + 1, replace(base, **change), options.seed, watched, path)
        logs = member.logs(watched.seen)
        right = logs.argmax(axis=1) == watched.answer
        alike = [right[watched.answer == one].mean() for one in np.unique(watched.answer)]
        surprise = -logs[np.arange(len(logs)), watched.answer].mean()
        rows[name] = {"top_1": float(right.mean()), "of_a_pose": float(np.mean(alike)), "surprise": float(surprise)}
        tqdm.write(f"{name}: {rows[name]}")
    best = max(rows, key=lambda name: rows[name]["top_1"])
    return replace(base, **SEARCHED[best]), {"chosen": best, "recipes": rows}


def judged(
    members: Sequence[Member], taught: Lessons, fold: Any, names: tuple[str, ...]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the weights say of themselves, calibrated on the watched fold, and the figures of the tested ones."""
    watched, tested = taught.rows(fold == WATCHED), taught.rows(np.isin(fold, TESTED))
    logs = ensemble_logs(members, watched.seen)
    temperature = fit_temperature(logs, watched.answer, np.ones(len(watched.answer)))
    points = fit_points(watched.answer, softened(logs, temperature), names)
    probability = softened(ensemble_logs(members, tested.seen), temperature)
    found = {
        "tested": figures(tested.answer, probability, names, points),
        "poses": per_name(tested.answer, probability, names),
        "confusion": confusion(tested.answer, probability.argmax(axis=1), len(names)),
    }
    return {"names": names, "temperature": temperature, "sure_from": points}, found


def write(options: Options, members: Sequence[Member], said: dict[str, Any], found: dict[str, Any]) -> None:
    """Weights, figures, picture and card lie under `out`."""
    options.out.mkdir(parents=True, exist_ok=True)
    shares = found.pop("confusion")
    (options.out / "poses.onnx").write_bytes(export(members, said, np.int8))
    (options.out / "poses.json").write_text(json.dumps({**said, **found}, indent=1) + "\n", encoding="utf-8")
    (options.out / "poses_confusion.png").write_bytes(draw_confusion(said["names"], shares))
    (options.out / "poses.md").write_text(pose_card.text(said, found, len(members)), encoding="utf-8")


def _ensemble(taught: Lessons, photos: Photos, recipe: Recipe, options: Options, what: str) -> list[Member]:
    """Networks that differ by their seed alone."""
    members = []
    for number in range(options.members):
        with tqdm(total=recipe.epochs, desc=f"{what} {number + 1}", ncols=90) as bar:
            path = options.work / f"{what}_{number}.pt"
            count, seed = len(photos.names), 100 * options.seed + number
            members.append(teach(taught, count, recipe, seed, checkpoint=path, progress=lambda _, __: bar.update()))
    return members
