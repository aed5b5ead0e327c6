"""Read packed development tracks, for training and measuring only; they are never shipped."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.values import Array, PoseTrack

MISSING = -32768  # what the packed files write where nobody was found
SCALE = 10_000.0


@dataclass(frozen=True, slots=True, eq=False)
class LabelledTrack:
    """A track, its exercise, its source, and whether its footage was generated."""

    id: str
    exercise: str
    source: str
    synthetic: bool
    track: PoseTrack


def read_tracks(folder: Path) -> Iterator[LabelledTrack]:
    """Every track of a folder with index.csv and packed files, without duplicates. Raises OSError where there
    is none.
    """
    for row in rows_of(folder):
        synthetic = row["synthetic"] == "True"
        yield LabelledTrack(row["id"], row["exercise"], row["source"], synthetic, track_of(folder, row))


def rows_of(folder: Path) -> Iterator[dict[str, str]]:
    """The rows of the index, duplicates left out, file by file. Raises OSError where there is none."""
    with (folder / "index.csv").open(newline="", encoding="utf-8") as lines:
        yield from (row for row in csv.DictReader(lines) if row["duplicate"] != "True")


def track_of(folder: Path, row: Mapping[str, str]) -> PoseTrack:
    """The track of one row of the index."""
    packed = _opened(folder / row["file"])
    start = int(packed["start"][int(row["number"])])
    part = slice(start, start + int(row["frames"]))
    width, height = int(row["width"]), int(row["height"])
    return PoseTrack(
        times_s=packed["times"][part].astype(float),
        image_px=_unpacked(packed["image"][part]) * [width, height],
        world_m=_unpacked(packed["world"][part]),
        visibility=packed["visibility"][part].astype(float) / 255,
        width_px=width,
        height_px=height,
    )


@lru_cache(maxsize=1)  # rows come file by file
def _opened(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    with np.load(path) as packed:
        return {name: packed[name] for name in packed.files}


def _unpacked(values: npt.NDArray[np.generic]) -> Array:
    numbers = values.astype(float)
    return np.where(numbers == MISSING, np.nan, numbers / SCALE)
