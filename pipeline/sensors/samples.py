"""The rows of one sensor while they are cleaned, and what was found wrong with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.sensors.channels import Nanoseconds
from pipeline.values import Array, Caveat, Doubt

Flags = npt.NDArray[np.bool_]
DROPPED_SHARE = 0.02  # from here on it is said: a rep of 2 s in a set of a minute is 3 %


@dataclass(frozen=True, slots=True, eq=False)
class Samples:
    """times_ns (T,) and values (T, C) of one sensor, and what was found wrong with them."""

    times_ns: Nanoseconds
    values: Array
    caveats: tuple[Caveat, ...] = ()

    def keep(self, which: Flags, *caveats: Caveat) -> Samples:
        return Samples(self.times_ns[which], self.values[which], (*self.caveats, *caveats))


def dropped(share: float) -> Sequence[Caveat]:
    """Says how many rows were left out, where they are many."""
    return [Caveat(Doubt.ROWS_DROPPED, {"percent": round(100 * share)})] if share > DROPPED_SHARE else []
