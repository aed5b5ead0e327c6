"""Packed development tracks read back: for training and measuring only, they never ship."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pipeline.values import Array, PoseTrack

MISSING = -32768  # what the packed files write where nobody was found
SCALE = 10_000.0


@dataclass(frozen=True, slots=True, eq=False)
class LabelledTrack:
    """A track, what was done in it, where it comes from, and whether its footage was generated."""

    id: str
    exercise: str
    source: str
    synthetic: bool
    track: PoseTrack


def read_tracks(folder: Path) -> Iterator[LabelledTrack]:
    """Every track of a folder with index.csv and packed files, duplicates left out. Raises OSError where it is none."""
    opened: dict[str, dict[str, npt.NDArray[np.generic]]] = {}
    with (folder / "index.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["duplicate"] == "True":
                continue
            if row["file"] not in opened:
                with np.load(folder / row["file"]) as packed:
                    opened[row["file"]] = {key: packed[key] for key in packed.files}
            yield _labelled(row, opened[row["file"]])


def _labelled(row: dict[str, str], packed: dict[str, npt.NDArray[np.generic]]) -> LabelledTrack:
    start = int(packed["start"][int(row["number"])])
    part = slice(start, start + int(row["frames"]))
    width, height = int(row["width"]), int(row["height"])
    track = PoseTrack(
        times_s=packed["times"][part].astype(float),
        image_px=_unpacked(packed["image"][part]) * [width, height],
        world_m=_unpacked(packed["world"][part]),
        visibility=packed["visibility"][part].astype(float) / 255,
        width_px=width,
        height_px=height,
    )
    return LabelledTrack(row["id"], row["exercise"], row["source"], row["synthetic"] == "True", track)


def _unpacked(values: npt.NDArray[np.generic]) -> Array:
    numbers = values.astype(float)
    return np.where(numbers == MISSING, np.nan, numbers / SCALE)
