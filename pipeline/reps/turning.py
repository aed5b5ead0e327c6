"""Find the turning points of a signal at every threshold at once.

A hysteresis of some width finds the swings at least that large. Instead of choosing a width, the smallest swing is
removed again and again: every count that any width gives appears once, with the range of widths that gives it. A wide
range means a clear gap between repetitions and noise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeVar

import numpy as np

from pipeline.values import Array, Indices

Item = TypeVar("Item", int, float)


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """Alternating extremes (indices), the smallest swing kept and the largest swing dropped, in the signal's unit."""

    extremes: Indices
    kept: float
    dropped: float

    @property
    def cycles(self) -> int:
        """Whole there-and-back movements."""
        return (len(self.extremes) - 1) // 2


def turning_points(signal: Array, step: float) -> list[int]:
    """Indices of alternating extremes of the signal (T,) whose swings are all at least `step`, first and last included.

    `step` is in the signal's unit.
    """
    extremes: list[int] = []
    low = high = way = 0
    samples = signal.tolist()
    for index, value in enumerate(samples):
        if way >= 0 and value > samples[high]:
            high = index
        if way <= 0 and value < samples[low]:
            low = index
        if way == 0 and samples[high] - samples[low] >= step:
            way = 1 if high > low else -1
            extremes.append(low if way == 1 else high)
        elif way == 1 and samples[high] - value >= step:
            extremes.append(high)
            way, low = -1, index
        elif way == -1 and value - samples[low] >= step:
            extremes.append(low)
            way, high = 1, index
    return extremes + ([high] if way == 1 else [low] if way == -1 else [])


def levels(signal: Array, finest_share: float = 0.02) -> Iterator[Level]:
    """Every set of extremes of the signal (T,) that some hysteresis gives, finest first.

    Swings below `finest_share` of its range are noise.
    """
    finest = 1e-3 + finest_share * float(np.ptp(signal))
    extremes, dropped = turning_points(signal, finest), finest
    values = signal[extremes].tolist()
    swings = [abs(after - before) for before, after in pairwise(values)]
    while swings:
        smallest = min(swings)
        yield Level(np.array(extremes), smallest, dropped)
        dropped = max(dropped, smallest)
        index = swings.index(smallest)
        extremes, values = _without(extremes, index), _without(values, index)
        if 0 < index < len(swings) - 1:
            swings[index - 1 : index + 2] = [abs(values[index] - values[index - 1])]
        else:
            del swings[index]


def _without(extremes: list[Item], swing: int) -> list[Item]:
    if swing == 0:
        return extremes[1:]
    if swing == len(extremes) - 2:
        return extremes[:-1]
    return extremes[:swing] + extremes[swing + 2 :]
