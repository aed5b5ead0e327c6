"""Score names: how often they are right, how well calibrated, and what is taken for what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.catalogue import exercises
from pipeline.recognize.decide import NO_EXERCISE, family_of
from pipeline.values import UNKNOWN, Array, Mask, Recognition

BINS: Final = 10


@dataclass(frozen=True, slots=True)
class Shares:
    """Shares of recordings (0..1), NaN where there is nothing to score.

    named: named without asking; named_right: of these, right as said (the name, or the family where only that is said);
    calibration_error: expected calibration error (Guo 2017).
    """

    top_1: float
    top_3: float
    family_top_1: float
    calibration_error: float
    named: float
    named_right: float


@dataclass(frozen=True, slots=True)
class Naming(Shares):
    """The scores of names. idle: the recordings without any exercise; false_names: those of them that were named."""

    idle: int
    false_names: int


def score_names(truth: Sequence[str], said: Sequence[Recognition]) -> Naming:
    """The scores of recognitions of recordings with these true names.

    Names outside the catalogue are left out (no answer could be right), and recognitions that the user gave.
    """
    judged = [(name, one) for name, one in zip(truth, said, strict=True) if name in exercises() and not one.given]
    first = np.array([right(best(one), name) for name, one in judged], dtype=bool)
    sure = np.array([best(one).confidence for _, one in judged])
    known = [(name, one) for name, one in judged if one.known]
    idle = [one for name, one in judged if name == NO_EXERCISE]
    return Naming(
        top_1=share_of([best(one).name == name for name, one in judged]),
        top_3=share_of([name in likeliest(one)[:3] for name, one in judged]),
        family_top_1=share_of([family_of(best(one).name) == family_of(name) for name, one in judged]),
        calibration_error=calibration_error(sure, first) if judged else float("nan"),
        named=share_of([one.known for _, one in judged]),
        named_right=share_of([right(one, name) for name, one in known]),
        idle=len(idle),
        false_names=sum(one.known and one.name != NO_EXERCISE for one in idle),
    )


def right(recognition: Recognition, name: str) -> bool:
    """Whether an answer holds as said: the name, or the family where it is coarse."""
    if recognition.coarse:
        return family_of(recognition.name) == family_of(name)
    return recognition.name == name


def best(recognition: Recognition) -> Recognition:
    """The name that is said, or the likeliest of those asked about."""
    if recognition.known or not recognition.alternatives:
        return recognition
    likely = recognition.alternatives[0]
    return Recognition(likely.name, likely.confidence)


def likeliest(recognition: Recognition) -> tuple[str, ...]:
    """Names, likeliest first; none where nothing was guessed."""
    others = tuple(candidate.name for candidate in recognition.alternatives)
    return (recognition.name, *others) if recognition.known else others


def confused(truth: Sequence[str], said: Sequence[Recognition]) -> dict[str, dict[str, int]]:
    """How often each true name was called what, by the likeliest name; "unknown" where nothing was guessed."""
    return counted([(name, next(iter(likeliest(one)), UNKNOWN)) for name, one in zip(truth, said, strict=True)])


def counted(pairs: Iterable[tuple[str, str]]) -> dict[str, dict[str, int]]:
    """How often each true name was called what, from (true, called)."""
    counts: dict[str, dict[str, int]] = {}
    for name, called in pairs:
        row = counts.setdefault(name, {})
        row[called] = row.get(called, 0) + 1
    return counts


def confusion_matrix(
    counts: dict[str, dict[str, int]], family: Callable[[str], str] = family_of
) -> tuple[tuple[str, ...], Array]:
    """Names (C,), true or called, ordered by family, and shares (C, C) of each true name's recordings."""
    found = set(counts) | {called for row in counts.values() for called in row}
    names = tuple(sorted(found, key=lambda name: (family(name), name)))
    rows = [[counts.get(true, {}).get(called, 0) for called in names] for true in names]
    numbers = np.array(rows, dtype=float).reshape(len(names), len(names))
    return names, numbers / np.maximum(numbers.sum(axis=1, keepdims=True), 1)


def calibration_error(confidence: Array, hit: Mask) -> float:
    """Expected calibration error (0..1) of (N,) confidences over BINS equal bins (Guo 2017); at least one.

    hit (N,): which answers were right.
    """
    bins = np.minimum((confidence * BINS).astype(int), BINS - 1)
    gaps = [abs(hit[bins == k].mean() - confidence[bins == k].mean()) * (bins == k).mean() for k in np.unique(bins)]
    return float(np.sum(gaps))


def share_of(values: Sequence[bool]) -> float:
    """The share that is true, 0..1; NaN of none."""
    return float(np.mean(values)) if values else float("nan")
