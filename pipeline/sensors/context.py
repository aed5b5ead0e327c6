"""Read the side files of a recording: Sensor Logger's Metadata.csv, phyphox's meta/time.csv; and the user's answer."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from pipeline.sensors.cells import number
from pipeline.sensors.channels import NS, Unit
from pipeline.sensors.columns import ColumnChoice

SIDE_FILE_CHARS = 20_000  # a side file has a handful of lines


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause of the recording at at_ns of its own time, which took lasted_ns in the world's."""

    at_ns: int
    lasted_ns: int


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a recording apart from its tables. uncalibrated: the unit of raw acceleration, if known."""

    choice: ColumnChoice = field(default_factory=ColumnChoice)
    uncalibrated: Unit | None = None
    standardised: bool = False
    pauses: tuple[Pause, ...] = ()


def context(texts: Iterable[str], choice: ColumnChoice) -> Context:
    """The Context given by those texts that are side files."""
    rows = [_rows(text) for text in texts if len(text) < SIDE_FILE_CHARS]
    device = next((told for each in rows if (told := _metadata(each))), {})
    standardised = device.get("standardisation", "").lower() == "true"
    platform = device.get("platform", "").lower()
    known = standardised or platform in ("android", "ios")
    unit = (Unit.M_S2 if standardised or platform == "android" else Unit.G) if known else None
    return Context(choice, unit, standardised, tuple(pause for each in rows for pause in _pauses(each)))


def _rows(text: str) -> list[list[str]]:
    try:
        return [[cell.strip() for cell in row] for row in csv.reader(text.split("\n")) if row]
    except csv.Error:
        return []


def _metadata(rows: list[list[str]]) -> dict[str, str]:
    """Sensor Logger: a head and one row, `platform` among the names."""
    head = [name.lower() for name in rows[0]] if rows else []
    return dict(zip(head, rows[1], strict=False)) if "platform" in head and len(rows) > 1 else {}


def _pauses(rows: list[list[str]]) -> tuple[Pause, ...]:
    """phyphox: START and PAUSE alternate; its experiment time leaves out what lies between PAUSE and START."""
    if not rows or [name.lower() for name in rows[0][:3]] != ["event", "experiment time", "system time"]:
        return ()
    events = [(row[0].upper(), number(row[1]), number(row[2])) for row in rows[1:] if len(row) > 2]
    return tuple(
        Pause(round(starts_s * NS), round((started_s - paused_s) * NS))
        for (before, _, paused_s), (after, starts_s, started_s) in pairwise(events)
        if before == "PAUSE" and after == "START" and 0 < started_s - paused_s < 1e6 and abs(starts_s) < 1e6
    )
