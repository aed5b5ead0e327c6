"""All readings of a set as padded arrays, so that features are computed for all at once, which is fast."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.readings import Reading
from pipeline.motion.stretch import Stretch
from pipeline.reps.batch import medians
from pipeline.values import Array, Indices, Mask

_POINTS = 5  # of each half of a repetition at which they are compared

Columns = Mapping[str, Array]


class ReadingBatch:
    """N readings with at most M repetitions: cycles (N, M, 3) padded with the last, known (N, M) False for padding."""

    def __init__(self, stretch: Stretch, readings: Sequence[Reading]) -> None:
        self.stretch, self.readings = stretch, readings
        self.reps = np.array([reading.reps for reading in readings])
        most = int(self.reps.max())
        self.cycles: Indices = np.empty((len(readings), most, 3), dtype=np.int64)
        for row, reading in enumerate(readings):
            self.cycles[row, : reading.reps], self.cycles[row, reading.reps :] = reading.cycles, reading.cycles[-1]
        self.known: Mask = np.arange(most) < self.reps[:, None]
        rows = np.arange(len(readings))
        self.last_cycle = self.cycles[rows, self.reps - 1]
        values = np.stack([reading.view.values for reading in readings])
        at = np.take_along_axis(values, self.cycles.reshape(len(readings), -1), axis=1).reshape(self.cycles.shape)
        self.sizes = np.minimum(np.abs(at[:, :, 1] - at[:, :, 0]), np.abs(at[:, :, 1] - at[:, :, 2]))
        ranges = {id(reading.view): _range(reading.view.values) for reading in readings}
        self.range = np.array([ranges[id(reading.view)] for reading in readings])

    @cached_property
    def lengths_s(self) -> Array:
        return (self.cycles[:, :, 2] - self.cycles[:, :, 0]) / FRAME_HZ

    @cached_property
    def usual_s(self) -> Array:
        return medians(self.lengths_s, self.known)

    @cached_property
    def courses(self) -> Array:
        """(N, M, points, 3) every repetition sampled at as many points."""
        share = np.linspace(0, 1, _POINTS)
        start, turn, end = (self.cycles[:, :, place, None] for place in range(3))
        frames = np.concatenate([start + (turn - start) * share[:-1], turn + (end - turn) * share], axis=2)
        return np.asarray(self.stretch.shape[np.rint(frames).astype(int)])


def _range(values: Array) -> float:
    """From the 2nd to the 98th percentile, above 0."""
    ordered = np.sort(values)
    out = len(ordered) // 50
    return float(ordered[len(ordered) - 1 - out] - ordered[out]) + 1e-9
