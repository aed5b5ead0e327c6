"""Parse sensor samples from lines of text, one by one, as they come from a live stream."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.values import Array

WIDTHS: Final = (4, 7)  # seconds and acceleration, or those and rotation
DAMAGED_FROM: Final = 1e6  # larger than any sensor's value in any unit: 100 g are 1e5 mg


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """times_s (1,), acceleration_m_s2 (1, 3), rotation_rad_s (1, 3) or None where the line has none."""

    times_s: Array
    acceleration_m_s2: Array
    rotation_rad_s: Array | None


def samples(lines: Iterable[str]) -> Iterator[Sample]:
    """A sample a line, `seconds,x,y,z` or `seconds,x,y,z,rx,ry,rz`.

    Empty lines and lines before the first sample are skipped, and so is a single bad line between two good ones: a
    serial port loses a few characters now and then. Raises ValueError, naming the line, where two in a row are bad, or
    the last.
    """
    begun, damaged = False, ""
    for number, line in enumerate(lines, start=1):
        values = _numbers(line)
        if values is not None:
            begun, damaged = True, ""
            yield _sample(values)
        elif begun and line.strip():
            if damaged:
                raise ValueError(damaged)
            damaged = f"line {number}: wanted seconds,x,y,z or seconds,x,y,z,rx,ry,rz, got {line.strip()[:60]!r}"
    if damaged:
        raise ValueError(damaged)


def _numbers(line: str) -> list[float] | None:
    fields = line.replace(";", ",").split(",")
    try:
        values = [float(field) for field in fields]
    except ValueError:
        return None
    sound = math.isfinite(values[0]) and all(abs(value) < DAMAGED_FROM for value in values[1:])
    return values if sound and len(values) in WIDTHS else None


def _sample(values: list[float]) -> Sample:
    rotation = np.array([values[4:]]) if len(values) == max(WIDTHS) else None
    return Sample(np.array(values[:1]), np.array([values[1:4]]), rotation)
