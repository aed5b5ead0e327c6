"""Stretches of True over time: when something is held, goes on, or repeats."""

from __future__ import annotations

import numpy as np

from pipeline.values import Mask


def runs(inside: Mask, bridged: int = 1) -> list[tuple[int, int]]:
    """First and last index of each run of True in (T,), in order; what is at most `bridged` frames apart is one."""
    known = np.flatnonzero(inside)
    if not len(known):
        return []
    parts = np.split(known, np.flatnonzero(np.diff(known) > bridged) + 1)
    return [(int(part[0]), int(part[-1])) for part in parts]
