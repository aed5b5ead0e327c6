"""Read labelled sensor logs for training and evaluation, as recorded and on the recogniser's even clock.

A data set is `<name>.npz` (signal, scale, start) beside `<name>.csv` (a line a recording). Labels that the recogniser
does not answer are mapped here; idle ends of punching rounds become rest.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from pipeline.motion.signals import RATE_HZ
from pipeline.motion.windows import even
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import UNKNOWN, Array, Floats, MotionLog

REST: Final = "rest"
PUNCHES: Final = ("cross", "hook", "jab", "uppercut")
DATA_SETS: Final = (
    "ulift",
    "exermote",
    "itt_dippid",
    "punchbuddy",
    "boxinghands",
    "joycon_punch",
    "uci_physical_therapy",
)
CLASS_OF: Final[Mapping[str, str]] = {
    "straight": "cross",
    "no_punch": REST,
    **dict.fromkeys(("lifting", "rowing", "running"), UNKNOWN),
    **{f"pt_e{number}": UNKNOWN for number in range(1, 9)},
}
ASSUMED_RATE_HZ: Final = 20.0  # of boxinghands, which has no clock: its firmware waits 50 ms a sample
PUNCH_M_S2: Final = 20.0  # from gravity: only punches reach it in a punching round
ROOM_S: Final = 1.0  # kept before the first and after the last punch
SHORTEST_S: Final = 0.5  # less shows no movement
SHORTEST_REST_S: Final = 4.0


@dataclass(frozen=True, slots=True, eq=False)
class LabelledLog:
    """A log as it was recorded; `person` is unique over all data sets, `label` an answer of the recogniser, and
    `workout` the same for logs of one person and session."""

    id: str
    person: str
    label: str
    log: MotionLog
    workout: str = ""

    @property
    def data_set(self) -> str:
        return self.person.split("/")[0]


@dataclass(frozen=True, slots=True, eq=False)
class Recording:
    """The same at RATE_HZ: values (T, 6), acceleration in m/s² and rotation in rad/s, 0 without a gyroscope."""

    id: str
    person: str
    label: str
    values: Floats
    gyroscope: bool

    @classmethod
    def of(cls, one: LabelledLog) -> Recording:
        frames = even(one.log)
        return cls(one.id, one.person, one.label, frames.values.astype(np.float32), frames.gyroscope)

    @property
    def data_set(self) -> str:
        return self.person.split("/")[0]

    @property
    def duration_s(self) -> float:
        return len(self.values) / RATE_HZ


def read_logs(folder: Path, names: Sequence[str] = DATA_SETS) -> list[LabelledLog]:
    """Every usable log of the data sets in the folder. Raises FileNotFoundError where one is missing."""
    return [labelled for name in names for labelled in _read(folder, name)]


def _read(folder: Path, name: str) -> Iterator[LabelledLog]:
    packed = np.load(folder / f"{name}.npz")
    signal, scale, start = packed["signal"], packed["scale"], packed["start"]
    doubled = {row["id"] for row in _rows(folder / f"{name}_spans.csv") if row.get("inside")}
    for row, first in zip(_rows(folder / f"{name}.csv"), start, strict=True):
        if row["id"] not in doubled:
            values = signal[first : first + int(row["rows"])] * scale
            yield from _labelled(name, row, values)


def _rows(path: Path) -> list[dict[str, str]]:
    """The lines of a table; none where there is no such file, as not every data set marks spans."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _labelled(name: str, row: Mapping[str, str], values: Array) -> Iterator[LabelledLog]:
    """The log, and for a punching round its idle ends as rest."""
    label = CLASS_OF.get(row["label"], row["label"])
    person = f"{name}/{row['person'] or 'unknown'}"
    rate_hz = float(row["rate_hz"] or ASSUMED_RATE_HZ)
    parts = _rounds(values, rate_hz) if label in PUNCHES else [(slice(0, len(values)), True)]
    for number, (part, busy) in enumerate(parts):
        if part.stop - part.start >= SHORTEST_S * rate_hz:
            part_id = row["id"] if busy else f"{row['id']}_idle{number}"
            workout = f"{person} {row['session']}"
            yield LabelledLog(part_id, person, label if busy else REST, _log(values[part], rate_hz), workout)


def _log(values: Array, rate_hz: float) -> MotionLog:
    gyroscope = values.shape[1] == 6 and bool(np.abs(values[:, 3:]).max() > 0)
    rotation = values[:, 3:] if gyroscope else np.full_like(values[:, :3], np.nan)
    return MotionLog(np.arange(len(values)) / rate_hz, values[:, :3], rotation, "measuring data")


def _rounds(values: Array, rate_hz: float) -> list[tuple[slice, bool]]:
    """During, before and after the punches of a round; idle ends are left out where they are short."""
    hard = np.flatnonzero(np.abs(np.linalg.norm(values[:, :3], axis=1) - GRAVITY_M_S2) > PUNCH_M_S2)
    if not len(hard):
        return [(slice(0, len(values)), True)]
    room = int(ROOM_S * rate_hz)
    first, last = max(0, int(hard[0]) - room), min(len(values), int(hard[-1]) + room)
    ends = [slice(0, first), slice(last, len(values))]
    return [
        (slice(first, last), True),
        *((part, False) for part in ends if part.stop - part.start >= SHORTEST_REST_S * rate_hz),
    ]
