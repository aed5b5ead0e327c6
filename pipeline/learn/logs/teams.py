"""Teams of networks: taught on the same people by recipes of their own, their answers averaged."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

import torch

from pipeline.learn.logs.lessons import ANSWERS, lessons
from pipeline.learn.logs.network import LogNetwork, Recipe
from pipeline.learn.logs.recordings import Recording
from pipeline.learn.logs.teaching import drawn, teach

WATCHED_EVERY: Final = 10  # of the people taught, one in so many is watched instead
ON: Final = 0.5  # of the steps and of the rate, for what is taught on with everyone

Team = Sequence[LogNetwork]


class Run(Protocol):
    """What a team is taught by: checkpoints are kept under `work` and gone on from."""

    @property
    def recipes(self) -> Sequence[Recipe]: ...
    @property
    def work(self) -> Path: ...
    @property
    def seed(self) -> int: ...


def watched_of(persons: Collection[str], seed: int) -> set[str]:
    """One person in WATCHED_EVERY of each data set that has so many: not taught, watched for early stopping."""
    data_sets = {person.split("/")[0] for person in persons}
    own = [sorted(one for one in persons if one.split("/")[0] == name) for name in sorted(data_sets)]
    return {one for group in own if len(group) >= WATCHED_EVERY for one in group[seed % WATCHED_EVERY :: WATCHED_EVERY]}


def taught_persons(number: int, fold: Mapping[str, int]) -> set[str]:
    """Everybody but the fold's people."""
    return {person for person, own in fold.items() if own != number}


def without(number: int, recordings: Sequence[Recording], fold: Mapping[str, int], run: Run) -> Team:
    """Networks that saw nobody of the fold."""
    persons = taught_persons(number, fold)
    watched = watched_of(persons, run.seed)
    taught, looked_at = ([one for one in recordings if one.person in group] for group in (persons - watched, watched))
    names = [f"fold_{number + 1}_{member}" for member in range(len(run.recipes))]
    return [
        _taught(taught, looked_at, recipe, run.seed + number + member, run.work / f"{name}.pt")
        for member, (name, recipe) in enumerate(zip(names, run.recipes, strict=True))
    ]


def _taught(
    taught: Sequence[Recording], watched: Sequence[Recording], recipe: Recipe, seed: int, checkpoint: Path
) -> LogNetwork:
    torch.manual_seed(seed)
    network = LogNetwork(len(ANSWERS), recipe)
    looked_at = lessons(watched) if watched else None
    draw = drawn(lessons(taught), recipe)
    return teach(draw, network, recipe, seed, watched=looked_at, checkpoint=checkpoint, what=checkpoint.stem)


def on_everyone(recordings: Sequence[Recording], start: Team, run: Run) -> Team:
    """The networks taught on, with nobody left out."""
    taught = []
    for member, (network, usual) in enumerate(zip(start, run.recipes, strict=True)):
        recipe = replace(usual, steps=round(ON * usual.steps), rate=ON * usual.rate)
        name = f"everyone_{member}"
        draw, checkpoint = drawn(lessons(recordings), recipe), run.work / f"{name}.pt"
        taught.append(teach(draw, deepcopy(network), recipe, run.seed, checkpoint=checkpoint, what=name))
    return taught
