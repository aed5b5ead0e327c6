"""From probabilities to what is said: the name where it is sure, else the larger group it belongs to, else nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Final, Literal

import numpy as np

from pipeline.catalogue import exercises
from pipeline.catalogue.pose import large_group, yoga_poses
from pipeline.values import UNKNOWN, Array, Candidate

Level = Literal["name", "group", "large_group", "unknown"]
LEVELS: Final[tuple[Level, ...]] = ("name", "group", "large_group")
ALTERNATIVES: Final = 3  # as many as a phone shows without scrolling
RANKED: Final = 5  # names and groups that an answer holds: Yoga-82 is judged by the first five


@dataclass(frozen=True, slots=True)
class Answer:
    """What a still shows. `said` is a name, a group or "unknown", at `level`, with its probability; names and groups
    are the likeliest of each kind, best first, whatever is said."""

    said: str
    level: Level
    confidence: float
    names: tuple[Candidate, ...]
    groups: tuple[Candidate, ...]
    large_groups: tuple[Candidate, ...]


def group_of(name: str) -> str:
    """What a name belongs to: a pose to one of the twenty groups, an exercise to its family."""
    if name in yoga_poses():
        return yoga_poses()[name].group
    return exercises()[name].family if name in exercises() else name


def large_group_of(name: str) -> str:
    """A pose's one of the six groups; an exercise's family once more."""
    return large_group(group_of(name)) if name in yoga_poses() else group_of(name)


def answer(names: Sequence[str], probabilities: Array, sure_from: Mapping[str, float]) -> Answer:
    """What is said of one still: probabilities (K,) of names; at each level it is said from its own point on."""
    ranked = {
        "name": _ranked(names, probabilities),
        "group": _ranked(*summed(names, probabilities, "group")),
        "large_group": _ranked(*summed(names, probabilities, "large_group")),
    }
    said, level, sure = _said(ranked, sure_from)
    return Answer(said, level, sure, ranked["name"], ranked["group"], ranked["large_group"])


def unsure(answered: Answer) -> Answer:
    """The same likely names, none of them said."""
    return replace(answered, said=UNKNOWN, level="unknown")


def summed(names: Sequence[str], probabilities: Array, level: Level) -> tuple[tuple[str, ...], Array]:
    """The groups of a level and their probabilities (..., G)."""
    groups, members_ = _membership(tuple(names), level)
    return groups, np.asarray(probabilities @ members_)


@cache
def _membership(names: tuple[str, ...], level: Level) -> tuple[tuple[str, ...], Array]:
    own = [group_of(name) if level == "group" else large_group_of(name) for name in names]
    groups = tuple(dict.fromkeys(own))
    return groups, np.array([[float(one == group) for group in groups] for one in own])


def _ranked(names: Sequence[str], probabilities: Array) -> tuple[Candidate, ...]:
    order = np.argsort(-probabilities, kind="stable")[:RANKED]
    return tuple(Candidate(names[index], min(1.0, float(probabilities[index]))) for index in order)


def _said(ranked: Mapping[str, tuple[Candidate, ...]], sure_from: Mapping[str, float]) -> tuple[str, Level, float]:
    for level in LEVELS:
        best = ranked[level][0]
        if best.name != UNKNOWN and best.confidence >= sure_from[level]:
            return best.name, level, best.confidence
    return UNKNOWN, "unknown", ranked["name"][0].confidence
