"""Find runs of True values over time."""

from __future__ import annotations

import numpy as np

from pipeline.values import Mask


def runs(inside: Mask, bridged: int = 1) -> list[tuple[int, int]]:
    """First and last index of each run of True in (T,), in order; runs at most `bridged` frames apart are joined."""
    known = np.flatnonzero(inside)
    if not len(known):
        return []
    parts = np.split(known, np.flatnonzero(np.diff(known) > bridged) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts]
