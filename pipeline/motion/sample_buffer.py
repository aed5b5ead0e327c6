"""Keep the last samples of a live stream in a fixed amount of memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left

import numpy as np

from pipeline.values import Array, MotionLog

WIDTH = 6  # acceleration m/s^2 and rotation rad/s, three axes each


class SampleBuffer:
    """Samples in order of time; the caller appends them in that order."""

    def __init__(self) -> None:
        self._times_s, self._values = array("d"), array("d")

    def __len__(self) -> int:
        return len(self._times_s)

    @property
    def first_s(self) -> float:
        """Time of the first sample kept. Raises IndexError where there is none."""
        return self._times_s[0]

    @property
    def last_s(self) -> float:
        """Time of the last sample. Raises IndexError where there is none."""
        return self._times_s[-1]

    def append(self, time_s: float, row: Array) -> None:
        """Add one sample, its row (WIDTH,)."""
        self._times_s.append(time_s)
        self._values.extend(row.tolist())

    def drop_before(self, time_s: float) -> None:
        """Drop all samples before this time."""
        first = bisect_left(self._times_s, time_s)
        del self._times_s[:first]
        del self._values[: WIDTH * first]

    def log(self) -> MotionLog:
        """The samples kept, as a log with the stream's own times."""
        values = np.array(self._values).reshape(-1, WIDTH)
        return MotionLog(np.array(self._times_s), values[:, :3], values[:, 3:], "stream")
