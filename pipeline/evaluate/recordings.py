"""Read packed labelled sensor recordings: a csv with a line each, and the signals of all in one npz beside it.

The csv has `id, person, label, rate_hz, rows` at least; `reps` may be empty, `session` says which belong together. The
npz has `signal` (N, 3 or 6) integers, `scale` for each channel and `start` for each recording: m/s² and, where there
are six, rad/s.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import numpy as np

from pipeline.values import Array, MotionLog

REQUIRED = ("id", "person", "label", "rate_hz", "rows")
REST = "rest"


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """One labelled stretch of signal: values (T, 3 or 6), reps None where nobody counted."""

    name: str
    person: str
    session: str
    label: str
    reps: int | None
    rate_hz: float
    values: Array = field(repr=False)

    @property
    def duration_s(self) -> float:
        return len(self.values) / self.rate_hz

    @property
    def log(self) -> MotionLog:
        """The recording as a log that begins at 0 s."""
        rotation = self.values[:, 3:6] if self.values.shape[1] >= 6 else np.full((len(self.values), 3), math.nan)
        times_s = np.arange(len(self.values)) / self.rate_hz
        return MotionLog(times_s, self.values[:, :3], rotation, self.name)


def people_drawn(people: Iterable[str], count: int, seed: str = "spotter") -> frozenset[str]:
    """`count` of the people, the same ones for this seed whoever else is there."""
    ordered = sorted(set(people), key=lambda person: sha256(f"{seed} {person}".encode()).hexdigest())
    return frozenset(ordered[:count])


def read_recordings(table: Path) -> tuple[Recording, ...]:
    """Every recording of the csv that has a clock, in order. Raises ValueError for a missing column."""
    with table.open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    absent = [name for name in REQUIRED if rows and name not in rows[0]]
    if absent:
        raise ValueError(f"{table.name}: no column {', '.join(absent)}; wanted are {', '.join(REQUIRED)}")
    with np.load(table.with_suffix(".npz")) as packed:
        signal, scale, start = packed["signal"], packed["scale"], packed["start"]
    return tuple(
        _recording(row, signal[first : first + int(row["rows"])] * scale)
        for row, first in zip(rows, start.tolist(), strict=True)
        if row["rate_hz"]
    )


def _recording(row: dict[str, str], values: Array) -> Recording:
    reps = int(float(row["reps"])) if row.get("reps") else None
    return Recording(
        row["id"], row["person"], row.get("session", ""), row["label"], reps, float(row["rate_hz"]), values
    )
