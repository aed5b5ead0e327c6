"""Where a log's sets are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.ndimage import uniform_filter1d

from pipeline.motion.signals import RATE_HZ, Motion, low_passed
from pipeline.values import Array

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SpanRules:
    """What is a set and what is rest."""

    shortest_set_s: float = 4.0
    shortest_rest_s: float = 4.0
    working_m_s2: float = 0.8  # root mean square of what moves between 0.15 and 4 Hz
    window_s: float = 3.0


RULES = SpanRules()


def set_spans(motion: Motion, rules: SpanRules = RULES) -> tuple[tuple[float, float], ...]:
    """(start_s, end_s) of every set, in order."""
    working = _effort(motion, rules) > rules.working_m_s2
    runs = _runs(_without_short(working, rules.shortest_rest_s))
    times = motion.times_s
    return tuple((float(times[a]), float(times[b - 1])) for a, b in runs if (b - a) / RATE_HZ >= rules.shortest_set_s)


def _effort(motion: Motion, rules: SpanRules) -> Array:
    fast = low_passed(motion.acceleration, 4.0, RATE_HZ)
    moving = fast - low_passed(fast, 0.15, RATE_HZ)
    energy = uniform_filter1d((moving**2).sum(axis=1), int(rules.window_s * RATE_HZ), mode="nearest")
    return np.asarray(np.sqrt(np.maximum(energy, 0)))


def _without_short(working: Mask, shortest_s: float) -> Mask:
    kept = working.copy()
    for start, end in _runs(~working):
        if (end - start) / RATE_HZ < shortest_s:
            kept[start:end] = True
    return kept


def _runs(mask: Mask) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(int)))
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
