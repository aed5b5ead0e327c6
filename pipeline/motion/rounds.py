"""Find rounds of punching in a log, by what the recogniser says of each window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.catalogue import find
from pipeline.motion.recognize import WindowScores
from pipeline.motion.windows import WINDOW_S
from pipeline.values import Array

STRIKES = ("punch", "kick")  # families whose repetitions have no way back that could be timed


@dataclass(frozen=True, slots=True)
class RoundRules:
    """What is one round."""

    punching_from: float = 0.5  # probability of any punch in a window
    shortest_s: float = 3.0
    longest_pause_s: float = 10.0  # between two punches of one round; a round ends with a minute's rest


RULES: Final = RoundRules()


def is_strike(name: str) -> bool:
    """Whether this is a punch or kick of the catalogue."""
    entry = find(name)
    return entry is not None and entry.family in STRIKES


def punch_rounds(scores: WindowScores) -> tuple[tuple[float, float], ...]:
    """(start_s, end_s) of every stretch that looks like punching."""
    columns = [index for index, name in enumerate(scores.classes) if is_strike(name)]
    at_s = scores.times_s[scores.probability[:, columns].sum(axis=1) >= RULES.punching_from]
    return tuple(
        (start_s - WINDOW_S / 2, end_s + WINDOW_S / 2)
        for start_s, end_s in group_times(at_s, RULES.longest_pause_s)
        if end_s - start_s >= RULES.shortest_s
    )


def group_times(at_s: Array, longest_pause_s: float) -> list[tuple[float, float]]:
    """First and last of each group of times (N,), in order, without a longer pause in it; none for no times."""
    if not len(at_s):
        return []
    breaks = np.flatnonzero(np.diff(at_s) > longest_pause_s)
    firsts, lasts = at_s[[0, *(breaks + 1)]], at_s[[*breaks, -1]]
    return [(float(first), float(last)) for first, last in zip(firsts, lasts, strict=True)]
