"""Photos of yoga poses as training needs them: shapes with their names, and which of them are nearly the same photo.

The data are MediaPipe's landmarks of Yoga-82's photos; they are for training and measuring and never ship.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.catalogue.pose import yoga_poses
from pipeline.photo.shape import ANKLE, ELBOW, HIP, KNEE, NOSE, SHOULDER, WRIST, Shapes, shapes
from pipeline.values import Array, Floats, Indices, Mask

SEEN_QUALITY: Final = 2  # of the data's marks: 3 and 2 are visible landmarks, 1 a guessed one, 0 none
EXACT_QUALITY: Final = 3  # a point read by itself; one read out of a cluster may be its neighbour
TWIN_METRES: Final = 0.06  # mean distance a coordinate, body about 1.7 m: the same photo cropped or filtered
_COMPARED: Final = (NOSE, *(joint + side for joint in (SHOULDER, ELBOW, WRIST, HIP, KNEE, ANKLE) for side in (0, 1)))


@dataclass(frozen=True, slots=True, eq=False)
class Photos:
    """N photos: shapes, image_px (N, 33, 2), exact_33 (N, 33) which landmarks may be measured, answer (N,) an index
    into names."""

    seen: Shapes
    image_px: Array
    exact_33: Mask
    answer: Indices
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.answer)


def read_photos(folder: Path) -> Photos:
    """Every photo of yoga82.npz and yoga82.csv in the folder. Raises OSError where they are not there, KeyError where
    a pose is in no catalogue."""
    with np.load(folder / "yoga82.npz") as stored:
        shares, quality, suspect = stored["xy"].astype(float), stored["quality"], stored["suspect"]
    with (folder / "yoga82.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = tuple(yoga_poses())
    slugs = {pose.yoga82: name for name, pose in yoga_poses().items()}
    image_px = shares * np.array([[[float(row["width"]), float(row["height"])]] for row in rows])
    answer = np.array([names.index(slugs[row["pose"]]) for row in rows])
    visible = quality >= SEEN_QUALITY
    exact = (quality >= EXACT_QUALITY) & ~suspect
    return Photos(shapes(image_px, visible.astype(float)), image_px, exact, answer, names)


def twins(photos: Photos, metres: float = TWIN_METRES) -> Indices:
    """(N,) a number for each photo, the same for photos of one pose whose bodies nearly coincide, mirrored or not."""
    root = np.arange(len(photos))
    points, mirrored = (seen.points[:, list(_COMPARED)] for seen in (photos.seen, photos.seen.mirrored()))
    for answer in np.unique(photos.answer):
        of = np.flatnonzero(photos.answer == answer)
        for other in (points, mirrored):
            for one, two in zip(*_near(points[of], other[of], metres), strict=True):
                root[_root(root, of[one])] = _root(root, of[two])
    return np.array([_root(root, index) for index in range(len(root))])


def folds(photos: Photos, count: int, seed: int) -> Indices:
    """(N,) a fold for each photo: every pose spread evenly over the folds, near-twins always in the same one."""
    generator, group = np.random.default_rng(seed), twins(photos)
    fold = np.zeros(len(photos), dtype=int)
    for answer in np.unique(photos.answer):
        groups = generator.permutation(np.unique(group[photos.answer == answer]))
        places = {int(one): place % count for place, one in enumerate(groups)}
        for index in np.flatnonzero(photos.answer == answer):
            fold[index] = places[int(group[index])]
    return fold


def _near(points: Floats, others: Floats, metres: float) -> tuple[Indices, Indices]:
    """Indices of the pairs, in order, whose points lie within `metres` on average."""
    apart = np.sqrt(((points[:, None] - others[None]) ** 2).mean(axis=(2, 3)))
    one, two = np.nonzero(np.triu(apart < metres, 1))
    return one, two


def _root(root: Indices, index: int) -> int:
    while root[index] != index:
        root[index] = root[root[index]]
        index = int(root[index])
    return int(index)
