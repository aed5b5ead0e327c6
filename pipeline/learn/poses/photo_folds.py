"""Split the yoga photos into folds: training, validation while choosing, test."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from pipeline.learn.poses.network import Lessons
from pipeline.learn.poses.photos import Photos, folds, read_photos
from pipeline.photo.shape import Shapes

FOLDS: Final = 10
TESTED: Final = (0, 1)  # folds that decide nothing
WATCHED: Final = 2  # the fold that recipes, temperature and working points are chosen on
FEWEST_JOINTS: Final = 10  # of 21 landmarks: photos with fewer teach nothing


@dataclass(frozen=True, slots=True, eq=False)
class PhotoFolds:
    """The photos and their split: fold (N,), and usable (N,), those with enough landmarks to train on."""

    photos: Photos
    taught: Lessons[Shapes]
    fold: Any
    usable: Any

    @classmethod
    def read(cls, folder: Path, seed: int) -> PhotoFolds:
        """The photos of the folder. Raises OSError where they are not there."""
        photos = read_photos(folder)
        usable = photos.seen.known.sum(axis=1) >= FEWEST_JOINTS
        return cls(photos, Lessons(photos.seen, photos.answer), folds(photos, FOLDS, seed), usable)

    @property
    def teaching(self) -> Lessons[Shapes]:
        """The photos that teach while the others are watched or counted."""
        return self.taught.rows(self.usable & (self.fold > WATCHED))

    @property
    def everything(self) -> Lessons[Shapes]:
        """All photos that can teach."""
        return self.taught.rows(self.usable)

    def of(self, *numbers: int) -> Lessons[Shapes]:
        """All photos of these folds."""
        return self.taught.rows(np.isin(self.fold, numbers))
