"""All data that the photos' networks are trained on, and how often each kind is drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.learn.poses.network import Lessons
from pipeline.learn.poses.photo_folds import PhotoFolds
from pipeline.learn.poses.stills import Stills, capped, read_back, together
from pipeline.photo.name import NAMES, ONE_EXERCISE
from pipeline.photo.shape import Shapes
from pipeline.photo.space import Bodies
from pipeline.values import Indices

MOST_OF_A_NAME: Final = 100  # filmed stills of one source that teach


@dataclass(frozen=True, slots=True)
class Shares:
    """How often each kind of lesson is drawn."""

    photos: float = 0.44
    poses: float = 0.11
    exercises: float = 0.32
    filmed: float = 0.13


SHARES: Final = Shares()
SPACE_SHARES: Final = Shares(0.0, 0.15, 0.65, 0.2)  # Yoga-82's photos have no depth
BALANCE: Final = 0.7  # how far rare names are drawn oftener, in simulated and filmed stills; photos of yoga half so
PHOTOS_BALANCE: Final = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class TrainingData:
    """All training data: photos with their folds, simulated and filmed stills."""

    folds: PhotoFolds
    simulated: Stills
    filmed: Stills

    def lessons(self, without: Sequence[str], seed: int) -> Lessons[Shapes]:
        """All but the filmed stills of these sources and the photos that are held back."""
        rng, photos = np.random.default_rng(seed), self.folds.teaching
        seen = photos.seen.unhidden()
        parts = (
            (Lessons(read_back(part.seen.unhidden(), seen, rng), part.answer), share, BALANCE)
            for part, share in self._parts(without, SHARES, rng)
        )
        return together((Lessons(seen, called(photos.answer)), SHARES.photos, PHOTOS_BALANCE), *parts)

    def space_lessons(self, without: Sequence[str], seed: int) -> Lessons[Bodies]:
        """Simulated and filmed stills in space, but for the filmed ones of these sources."""
        parts = self._parts(without, SPACE_SHARES, np.random.default_rng(seed))
        return together(*((Lessons(part.placed, part.answer), share, BALANCE) for part, share in parts))

    def _parts(
        self, without: Sequence[str], shares: Shares, rng: np.random.Generator
    ) -> tuple[tuple[Stills, float], ...]:
        filmed = capped(self.filmed.rows(~np.isin(self.filmed.source, without)), MOST_OF_A_NAME, rng)
        pose = self.simulated.source == "pose"
        return (
            (self.simulated.rows(pose), shares.poses),
            (self.simulated.rows(~pose), shares.exercises),
            (filmed, shares.filmed),
        )


def called(answer: Indices) -> Indices:
    """What photos of these poses are called by all networks together, as indices into NAMES."""
    return np.array([NAMES.index(ONE_EXERCISE.get(NAMES[one], NAMES[one])) for one in answer])
