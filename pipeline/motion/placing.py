"""Place a given number of repetitions within a set where they fit best, for every plausible number: dynamic
programming.

`segments.py` finds sets and their likeliest number in one pass; here the number is given, the set's ends are nearly
known, and repetitions of similar length score higher.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.motion.beat import LogBeat
from pipeline.motion.segments import LENGTHS, PRICES, Prices, repetition_scores
from pipeline.values import Array, Indices

_NEVER = -1e9


WITHOUT_NUMBER = replace(PRICES, rate=0.0, each=0.0)  # here the number is not judged


@dataclass(frozen=True, slots=True)
class PlacingRules:
    """Chosen together with the choice among the numbers (`learn/log_counter/choice.py`).

    A length is compared with the mean of the repetitions placed so far, so that the first of several comes out too
    long. A separate pass for every number places them evenly; by itself it counts 5 of 1033 runs of the six people held
    out better and 23 worse, with the numbers' weights fitted again without the person judged 12 better and 7 worse. So
    it waits until the choice is trained again.
    """

    prices: Prices = WITHOUT_NUMBER
    uneven: float = 6.0  # times the squared logarithm of a length as a share of that mean
    slack: float = 0.3  # of a repetition: how far the ends may move


RULES: Final = PlacingRules()


@dataclass(frozen=True, slots=True, eq=False)
class Placement:
    """edges (N + 1,) frames of N repetitions end to end, and their score."""

    edges: Indices
    score: float

    @property
    def reps(self) -> int:
        return len(self.edges) - 1


def place_repetitions(beat: LogBeat, first: int, last: int, seen: int, most: int) -> list[Placement]:
    """The best placement of each number of repetitions from 1 to `most` that fits between about these two frames.

    `seen` is the likeliest number.
    """
    slack = int(RULES.slack * (last - first) / seen) + 1
    low, high = max(0, first - slack), min(len(beat.rate), last + slack)
    earned = repetition_scores(_part(beat, low, high), RULES.prices)
    frames = np.arange(len(earned))
    starts, fits = np.maximum(frames[:, None] - LENGTHS, 0), frames[:, None] >= LENGTHS
    best = np.where(frames <= first - low + slack, 0.0, _NEVER)
    steps: list[Indices] = []
    found = []
    for reps in range(1, most + 1):
        uneven = RULES.uneven * np.log(LENGTHS * reps / (last - first)) ** 2
        scores = np.where(fits, earned + best[starts] - uneven, _NEVER)
        steps.append(scores.argmax(axis=1))
        best = scores.max(axis=1)
        ending = np.where(frames >= last - low - slack, best, _NEVER)
        end = int(ending.argmax())
        if ending[end] > _NEVER / 2:
            found.append(Placement(_read_back(steps, end) + low, float(ending[end])))
    return found


def _part(beat: LogBeat, first: int, last: int) -> LogBeat:
    return LogBeat(*(values[first:last] for values in (beat.busy, beat.edge, beat.middle, beat.rate)))


def _read_back(steps: list[Indices], end: int) -> Indices:
    edges = [end]
    for step in steps[::-1]:
        edges.append(edges[-1] - int(LENGTHS[step[edges[-1]]]))
    return np.array(edges[::-1], dtype=np.int64)


def unevenness(edges: Indices) -> float:
    """The standard deviation of the lengths between edges (N + 1,), as a share of their mean."""
    lengths: Array = np.diff(edges).astype(np.float64)
    return float(lengths.std() / lengths.mean())
