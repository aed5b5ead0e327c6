"""The rows of one sensor during cleaning, with the doubts found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import Nanoseconds
from pipeline.values import Array, Caveat, Doubt

Flags = npt.NDArray[np.bool_]
FEWEST_AGAIN = 10  # so many equal rows at equal times are not chance
DROPPED_SHARE = 0.02  # reported from here on: a rep of 2 s in a set of a minute is 3 %


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """times_ns (T,) and values (T, C) of one sensor, and the doubts found."""

    times_ns: Nanoseconds
    values: Array
    caveats: tuple[Caveat, ...] = ()

    def part(self, first: int, stop: int) -> Samples:
        return Samples(self.times_ns[first:stop], self.values[first:stop])

    def keep(self, which: Flags, *caveats: Caveat) -> Samples:
        return Samples(self.times_ns[which], self.values[which], (*self.caveats, *caveats))


def told_again(before: Samples, after: Samples) -> int:
    """How many rows of the later one repeat those of the earlier one from the same time on; 0 where they differ.

    For an export appended to itself, or one that begins with the rows of the one before.
    """
    told = np.flatnonzero(before.times_ns == after.times_ns[0])
    start = int(told[0]) if len(told) else len(before.times_ns)
    rows = min(len(before.times_ns) - start, len(after.times_ns))
    same = np.array_equal(before.times_ns[start : start + rows], after.times_ns[:rows]) and np.array_equal(
        before.values[start : start + rows], after.values[:rows], equal_nan=True
    )
    return rows if same and rows >= FEWEST_AGAIN else 0


def dropped(share: float) -> Sequence[Caveat]:
    """The doubt that says how many rows were left out, where they are many."""
    return [Caveat(Doubt.ROWS_DROPPED, {"percent": round(100 * share)})] if share > DROPPED_SHARE else []
