"""Read files that were sent at once: parts of one recording, or several recordings.

Some apps write the accelerometer and the gyroscope into separate files. Two whole recordings read as one would silently
lose one of them, so they are told apart first.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from pipeline.errors import NoMotion, SeveralRecordings, UnreadableLog
from pipeline.sensors import ColumnChoice, read_log
from pipeline.values import MotionLog, Source

SAME_LENGTH_S = 2.0  # sensors of one recording start and stop within a second of each other (our estimate)


def read_together(paths: Sequence[Path], names: Sequence[str], columns: str | None = None) -> MotionLog:
    """The one log that the files hold; `columns` is the code of the user's answer about them.

    Raises SeveralRecordings, and what `read_log` raises.
    """
    choice = ColumnChoice.from_code(columns) if columns else None
    if len(paths) > 1 and _several(paths, names, choice):
        raise SeveralRecordings()
    return read_log(paths, names=names, columns=choice)


def source_of_log(log: MotionLog, names: Sequence[str]) -> Source:
    """The Source of a report about the log."""
    rate_hz = 1.0 / float(np.median(np.diff(log.times_s))) if len(log.times_s) > 1 else 0.0
    return Source("log", " + ".join(names), log.duration_s, rate_hz)


def _several(paths: Sequence[Path], names: Sequence[str], choice: ColumnChoice | None) -> bool:
    """Whether several files have acceleration of their own and are not equally long."""
    alone = [_length_s(path, name, choice) for path, name in zip(paths, names, strict=True)]
    moving = [length_s for length_s in alone if length_s is not None]
    return len(moving) > 1 and max(moving) - min(moving) > SAME_LENGTH_S


def _length_s(path: Path, name: str, choice: ColumnChoice | None) -> float | None:
    """Seconds of the file's own acceleration; None where it has none by itself."""
    try:
        return read_log([path], names=[name], columns=choice).duration_s
    except (NoMotion, UnreadableLog):
        return None
