"""Where a log's sets are and how many repetitions each has, in one pass: the beat, and what explains it best.

Repetitions that follow one another are a run; runs with a short pause between are one set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.motion.beat import LogBeat, beat_of
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.segments import PRICES, Indices, Prices, segments
from pipeline.motion.signals import Motion
from pipeline.values import Array

SHORTEST_REST_S = 5.0  # less is a breath within a set
SHORTEST_LOG_S = 1.0  # less shows no repetition


@dataclass(frozen=True, slots=True)
class Belief:
    """How likely a number is right: logistic in how far the network's own count of the set is from it, in repetitions
    and as a share; fitted on people whose sets taught the network nothing."""

    agreeing: float = 3.5
    off: float = -2.0
    off_share: float = -8.0
    telling_from: float = 0.35  # off by more than this many repetitions, another number is worth telling


BELIEF = Belief()


@dataclass(frozen=True, slots=True, eq=False)
class CountedSet:
    """The edges (N + 1,) in the log's seconds of each run of repetitions, the probability (0..1) that their number is
    right, and the likeliest other number where it is worth telling."""

    runs: tuple[Array, ...]
    confidence: float
    runner_up: int | None

    @property
    def reps(self) -> int:
        return sum(len(edges_s) - 1 for edges_s in self.runs)

    @property
    def span_s(self) -> tuple[float, float]:
        return float(self.runs[0][0]), float(self.runs[-1][-1])


def find_sets(motion: Motion, prices: Prices = PRICES) -> tuple[CountedSet, ...]:
    """Every set of the log, in order; none where nothing repeats."""
    if motion.duration_s < SHORTEST_LOG_S:
        return ()
    beat = beat_of(motion)
    runs = segments(beat, prices)
    first = [index for index, run in enumerate(runs) if not index or _pause_s(runs[index - 1], run) >= SHORTEST_REST_S]
    bounds = pairwise([*first, len(runs)])
    return tuple(_counted(motion, beat, runs[start:end]) for start, end in bounds if end > start)


def count_one(motion: Motion, prices: Prices = PRICES) -> CountedSet | None:
    """All repetitions as one set, whatever rests between them; None where nothing repeats."""
    if motion.duration_s < SHORTEST_LOG_S:
        return None
    beat = beat_of(motion)
    runs = segments(beat, prices)
    return _counted(motion, beat, runs) if runs else None


def _pause_s(before: Indices, after: Indices) -> float:
    return float(after[0] - before[-1]) / FRAME_HZ


def _counted(motion: Motion, beat: LogBeat, runs: Sequence[Indices]) -> CountedSet:
    start_s = float(motion.times_s[0])
    edges = tuple(np.minimum(start_s + run / FRAME_HZ, motion.times_s[-1]) for run in runs)
    reps = sum(len(run) - 1 for run in runs)
    own = sum(float(beat.rate[run[0] : run[-1]].sum()) for run in runs)
    return CountedSet(edges, chance_of(reps, own), _runner_up(reps, own))


def chance_of(reps: int, own: float, belief: Belief = BELIEF) -> float:
    """How likely the number is right where the network's own count is `own`."""
    off = abs(own - reps)
    return float(1 / (1 + np.exp(-(belief.agreeing + belief.off * off + belief.off_share * off / reps))))


def _runner_up(reps: int, own: float, belief: Belief = BELIEF) -> int | None:
    """The next number on the side where the network's own count lies."""
    if abs(own - reps) < belief.telling_from:
        return None
    return max(reps + 1, round(own)) if own > reps else max(1, min(reps - 1, round(own)))
