"""A set as the network of whole sets is taught it, and its features."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any, Final, cast

import numpy as np
from tqdm import tqdm

from pipeline.learn.logs.lessons import ULIFT_EXERCISES
from pipeline.learn.logs.set_kernels import KINDS, VIEWS
from pipeline.motion.set_channels import SetChannels, set_channels
from pipeline.values import Array, Floats

CLASSES: Final = ULIFT_EXERCISES
AT_ONCE: Final = 128  # sets whose features are held at a time: of fewer, adding the sums up takes longest


@dataclass(frozen=True, slots=True, eq=False)
class SetLesson:
    """A set (T, 3) of a group of people; as recorded, which is the first of its signings, it is its answer, in the
    others nothing. weights: of each signing."""

    group: int
    acceleration_m_s2: Array
    answer: int
    signings: tuple[int, ...]
    weights: Floats

    def given(self) -> dict[str, Floats]:
        """What the network of features is given."""
        channels = cast(SetChannels, set_channels(self.acceleration_m_s2))
        return {name: getattr(channels, name) for name in VIEWS}

    def taught(self, rows: Floats) -> Floats:
        """Of rows, one for each way the sensor may be signed or only one, those that are taught."""
        return rows[list(self.signings)] if len(rows) > 1 else rows

    def wanted(self, rows: int) -> Floats:
        """(rows, K) the scores of the first so many signings."""
        return np.outer(np.arange(rows) == 0, np.arange(len(CLASSES)) == self.answer).astype(np.float32)


def features_of(session: Any, lessons: Sequence[SetLesson]) -> dict[str, list[Floats]]:
    """Of both kinds, for each set (signings, F), or (1, F) where turning changes nothing."""
    made = [session.run(None, one.given()) for one in lessons]
    return {
        kind: [one.taught(rows[place]) for one, rows in zip(lessons, made, strict=True)]
        for place, kind in enumerate(KINDS)
    }


def in_batches(lessons: Sequence[SetLesson]) -> Iterator[Sequence[SetLesson]]:
    """AT_ONCE or fewer of one group at a time."""
    with tqdm(total=len(lessons), desc="whole sets", ncols=90, mininterval=5) as bar:
        for _, group in groupby(lessons, key=attrgetter("group")):
            own = list(group)
            for start in range(0, len(own), AT_ONCE):
                yield own[start : start + AT_ONCE]
                bar.update(len(own[start : start + AT_ONCE]))
