"""Teaching the network of whole sets: random convolutions and a ridge regression, no steps and no early stopping."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import numpy as np
from tqdm import tqdm

from pipeline.learn.begun import written_whole
from pipeline.learn.logs.gravity import without_gravity
from pipeline.learn.logs.lessons import ULIFT
from pipeline.learn.logs.recordings import Recording
from pipeline.learn.logs.set_export import SetDraw, SetModel, features_file
from pipeline.learn.logs.set_kernels import KINDS, draw_kernels
from pipeline.learn.logs.set_lessons import CLASSES, SetLesson, features_of, in_batches
from pipeline.learn.ridge_regression import Head, Sums, Usual, solved
from pipeline.motion.set_channels import SHORTEST, SIGNINGS
from pipeline.recognize.network import open_session
from pipeline.values import Array

DRAWS: Final = 3  # of kernels, each with its regression, their scores averaged
BARE_DRAWS: Final = 1  # likewise, of sets without gravity


@dataclass(frozen=True, slots=True)
class SetRecipe:
    """wrong: how many signings of a set that are not as recorded are taught, where every score should be 0, each of
    wrong_weight.

    foreign: weight of a set of another device, which is worn elsewhere, so that no signing of it is wrong; not taught
    any, the scores mislead about such devices. decay: of the regression's weights, features at standard deviation 1.
    typical: sets that thresholds are found on. Chosen on people of the second and third fold. gravity: whether it is
    left in the sets; ways: in how many ways it is taken out of each.
    """

    wrong: int = 7
    wrong_weight: float = 0.1
    foreign: float = 0.3
    decay: float = 30.0
    free_decay: float = 60.0
    typical: int = 300
    least_spread: float = 1e-2  # of a feature: what hardly varies must not be blown up
    gravity: bool = True
    ways: int = 2


BARE: Final = SetRecipe(gravity=False, decay=100.0, free_decay=100.0)


@dataclass(frozen=True, slots=True, eq=False)
class SetModels:
    """without: for each group of people a network of all the others. everyone: of all."""

    without: tuple[SetModel, ...]
    everyone: SetModel


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """One draw of kernels, taught without each group of people, and on everyone."""

    without: tuple[SetDraw, ...]
    everyone: SetDraw


def teach_sets(
    groups: Sequence[Sequence[Recording]],
    seeds: Sequence[int],
    folder: Path | None = None,
    recipe: SetRecipe | None = None,
) -> SetModels:
    """Networks of a draw a seed, taught on the recordings' sets of exercises; each is kept in the folder, if any."""
    by = recipe or SetRecipe()
    name = "sets" if by.gravity else "sets_bare"
    draws = [
        _kept(groups, seed, by, folder / f"{name}_{seed}.pkl") if folder else _taught(groups, seed, by)
        for seed in seeds
    ]
    without = zip(*(one.without for one in draws), strict=True)
    everyone = SetModel(CLASSES, tuple(one.everyone for one in draws), by.gravity)
    return SetModels(tuple(SetModel(CLASSES, of_group, by.gravity) for of_group in without), everyone)


def _kept(groups: Sequence[Sequence[Recording]], seed: int, recipe: SetRecipe, path: Path) -> Taught:
    """Read from `path` where it was taught on the same sets by the same recipe and seed."""
    by = (recipe, seed, [sorted(one.id for one in group) for group in groups])
    if path.is_file():
        kept_by, taught = pickle.loads(path.read_bytes())  # our own file, written below
        if kept_by == by:
            return cast(Taught, taught)
    new = _taught(groups, seed, recipe)
    written_whole(path, lambda half: half.write_bytes(pickle.dumps((by, new))))
    return new


def _taught(groups: Sequence[Sequence[Recording]], seed: int, recipe: SetRecipe) -> Taught:
    """Every set is looked at once for all groups. What needs no answers (thresholds, the usual size of features) is
    found on all groups but the first."""
    rng = np.random.default_rng(seed)
    lessons = [one for number, group in enumerate(groups) for one in _lessons(number, group, recipe, rng)]
    known = [one for one in lessons if one.group or len(groups) == 1]
    few = [known[index] for index in rng.permutation(len(known))[: recipe.typical]]
    kernels = draw_kernels([one.given() for one in few], seed)
    session = open_session(features_file(kernels))
    usual = _usual(session, few, recipe)
    sums = _sums(session, lessons, usual, len(groups))
    everyone = {kind: Sums.total(own) for kind, own in sums.items()}
    others = [{kind: everyone[kind].less(sums[kind][number]) for kind in KINDS} for number in range(len(groups))]
    *without, last = [
        SetDraw(kernels, _heads(of, usual, recipe), seed)
        for of in tqdm([*others[: len(groups) if len(groups) > 1 else 0], everyone], desc="regressions", ncols=90)
    ]
    return Taught(tuple(without), last)


def _lessons(
    group: int, recordings: Sequence[Recording], recipe: SetRecipe, rng: np.random.Generator
) -> Iterator[SetLesson]:
    """Only uLift's people all wear the band alike: of them alone another signing is known to be wrong."""
    for one in recordings:
        if one.label not in CLASSES or len(one.values) < SHORTEST:
            continue
        home = one.data_set == ULIFT
        for acceleration in _ways(one.values[:, :3].astype(np.float64), recipe, rng):
            wrong = (1 + rng.permutation(len(SIGNINGS) - 1))[: recipe.wrong if home else 0].tolist()
            weights = np.array([1.0 if home else recipe.foreign, *[recipe.wrong_weight] * len(wrong)], np.float32)
            share = np.float32(1 if recipe.gravity else 1 / recipe.ways)
            yield SetLesson(group, acceleration, CLASSES.index(one.label), (0, *wrong), weights * share)


def _ways(acceleration_m_s2: Array, recipe: SetRecipe, rng: np.random.Generator) -> list[Array]:
    """The set as it is taught: as recorded, or with gravity taken out in several ways."""
    if recipe.gravity:
        return [acceleration_m_s2]
    return [without_gravity(acceleration_m_s2, rng) for _ in range(recipe.ways)]


def _heads(of: Mapping[str, Sums], usual: Mapping[str, Usual], recipe: SetRecipe) -> dict[str, Head]:
    decays = {"own": recipe.decay, "free": recipe.free_decay}
    return {kind: solved(of[kind], decays[kind], usual[kind]) for kind in KINDS}


def _sums(
    session: Any, lessons: Sequence[SetLesson], usual: Mapping[str, Usual], groups: int
) -> Mapping[str, list[Sums]]:
    """Of each kind of features, by group."""
    sums = {kind: [Sums.empty(len(one.mean), len(CLASSES)) for _ in range(groups)] for kind, one in usual.items()}
    for some in in_batches(lessons):
        for kind, of_sets in features_of(session, some).items():
            weights = np.concatenate([one.weights[: len(rows)] for one, rows in zip(some, of_sets, strict=True)])
            wanted = np.concatenate([one.wanted(len(rows)) for one, rows in zip(some, of_sets, strict=True)])
            sums[kind][some[0].group].add(usual[kind].even(np.concatenate(of_sets)), weights, wanted)
    return sums


def _usual(session: Any, few: Sequence[SetLesson], recipe: SetRecipe) -> Mapping[str, Usual]:
    features = features_of(session, few)
    rows = {kind: np.stack([of_set[0] for of_set in of_sets]) for kind, of_sets in features.items()}
    least = np.float32(recipe.least_spread)
    return {kind: Usual(of.mean(axis=0), of.std(axis=0) + least) for kind, of in rows.items()}
