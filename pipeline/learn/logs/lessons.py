"""Training data of the recogniser of logs: its answers, how often each recording is drawn, and who is held out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from pipeline.learn.logs.made_up import DATA_SET
from pipeline.learn.logs.recordings import PUNCHES, REST, Recording
from pipeline.learn.logs.teaching import Lessons
from pipeline.values import UNKNOWN

ULIFT: Final = "ulift"
ULIFT_EXERCISES: Final = (
    "back_squat",
    "barbell_bent_over_row",
    "barbell_military_press",
    "bench_press",
    "biceps_curl",
    "bodyweight_squat",
    "burpee",
    "deadlift",
    "good_morning",
    "jumping_jack",
    "lateral_raise",
    "leg_raised_crunch",
    "lunge",
    "push_press",
    "push_up",
)
ANSWERS: Final = (*sorted({*ULIFT_EXERCISES, *PUNCHES, "sit_up"}), REST, UNKNOWN)

# Class weights: how much of all lessons a class of a data set makes up, against 1 for an exercise of uLift. Rest is as
# varied as four exercises; a small or coarse data set gets less, so that it is not learned by heart.
SHARES: Final = {(ULIFT, REST): 4.0, ("joycon_punch", ""): 0.2, ("boxinghands", REST): 0.3, (DATA_SET, REST): 0.3}
SHARE_OF_PUNCHES, SHARE_OF_REST, SHARE_OF_UNKNOWN, SHARE_OF_OTHERS = 0.35, 0.6, 1.0, 0.3


def lessons(recordings: Sequence[Recording]) -> Lessons:
    """The recordings with their answers.

    Within a class of a data set a person is drawn by the root of how long they recorded, so that the busiest few do
    not stand for everyone, and a recording by its length.
    """
    of_person: dict[tuple[str, str], float] = defaultdict(float)
    for one in recordings:
        of_person[one.person, one.label] += one.duration_s
    total: dict[tuple[str, str], float] = defaultdict(float)
    for (person, label), seconds in of_person.items():
        total[person.split("/")[0], label] += seconds**0.5
    answer = np.array([ANSWERS.index(one.label) for one in recordings])
    weight = [
        _share(one) * one.duration_s / of_person[one.person, one.label] ** 0.5 / total[one.data_set, one.label]
        for one in recordings
    ]
    return Lessons(recordings, answer, np.array(weight))


def _share(one: Recording) -> float:
    for key in ((one.data_set, one.label), (one.data_set, "")):
        if key in SHARES:
            return SHARES[key]
    if one.label in PUNCHES:
        return SHARE_OF_PUNCHES
    if one.data_set == ULIFT:
        return 1.0
    return {REST: SHARE_OF_REST, UNKNOWN: SHARE_OF_UNKNOWN}.get(one.label, SHARE_OF_OTHERS)


def folds(recordings: Sequence[Recording], count: int, seed: int) -> dict[str, int]:
    """A fold for each person, the persons of each data set dealt out in turn: nobody is in two."""
    rng = np.random.default_rng(seed)
    fold: dict[str, int] = {}
    for data_set in sorted({one.data_set for one in recordings}):
        persons = sorted({one.person for one in recordings if one.data_set == data_set})
        order = rng.permutation(len(persons))
        fold.update({persons[index]: number % count for number, index in enumerate(order)})
    return fold
