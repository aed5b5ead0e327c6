"""Where a log's sets are and how many repetitions each has: the beat, and what explains it best.

Repetitions that follow one another are a run; runs with a short pause between are one set. Where nothing is seen the
log is looked at again at double speed: the network was taught few repetitions of more than four seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pipeline.motion.beat import Weights, beat_of
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.segments import PRICES, Prices, segments
from pipeline.motion.signals import Motion
from pipeline.values import Array

SHORTEST_REST_S = 5.0  # less is a breath within a set
SHORTEST_LOG_S = 1.0  # less shows no repetition
DOUBLE = 2.0  # speed of the second look


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What is believed of what only the second look sees."""

    fewest_reps: int = 2
    shortest_rep_s: float = 2.5  # quicker ones the first look would have seen


SECOND_LOOK = SecondLook()


@dataclass(frozen=True, slots=True)
class Belief:
    """How likely a number is right: logistic in how far the network's own count of the set is from it, in repetitions
    and as a share; fitted on people whose sets taught the network nothing."""

    agreeing: float = 2.5
    off: float = -2.2
    off_share: float = -0.6
    telling_from: float = 0.35  # off by more than this many repetitions, another number is worth telling


BELIEF = Belief()


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Repetitions one after the other: edges_s (N + 1,) in the log's seconds, and the network's own count of them."""

    edges_s: Array
    own: float

    @property
    def reps(self) -> int:
        return len(self.edges_s) - 1


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
    runs = find_runs(motion, prices)
    first = [index for index, run in enumerate(runs) if not index or _pause_s(runs[index - 1], run) >= SHORTEST_REST_S]
    bounds = pairwise([*first, len(runs)])
    return tuple(_counted(runs[start:end]) for start, end in bounds if end > start)


def count_one(motion: Motion, prices: Prices = PRICES) -> CountedSet | None:
    """All repetitions as one set, whatever rests between them; None where nothing repeats."""
    runs = find_runs(motion, prices)
    return _counted(runs) if runs else None


def find_runs(motion: Motion, prices: Prices = PRICES, weights: Weights | None = None) -> list[Run]:
    """Every run of repetitions, in order; `weights` are the network's, where not the shipped ones."""
    if motion.duration_s < SHORTEST_LOG_S:
        return []
    seen, again = (_look(motion, speed, prices, weights) for speed in (1.0, DOUBLE))
    slow = [run for run in again if _slow(run) and not any(_touch(run, one) for one in seen)]
    return sorted([*seen, *slow], key=lambda run: float(run.edges_s[0]))


def _look(motion: Motion, speed: float, prices: Prices, weights: Weights | None) -> list[Run]:
    beat = beat_of(motion.played(speed), weights)
    last_s = float(motion.times_s[-1])
    return [
        Run(
            np.minimum(motion.times_s[0] + run * (speed / FRAME_HZ), last_s),
            float(beat.rate[run[0] : run[-1]].sum()),
        )
        for run in segments(beat, prices)
    ]


def _slow(run: Run, rules: SecondLook = SECOND_LOOK) -> bool:
    return run.reps >= rules.fewest_reps and float(np.median(np.diff(run.edges_s))) >= rules.shortest_rep_s


def _touch(one: Run, other: Run) -> bool:
    return bool(one.edges_s[0] < other.edges_s[-1] and other.edges_s[0] < one.edges_s[-1])


def _pause_s(before: Run, after: Run) -> float:
    return float(after.edges_s[0] - before.edges_s[-1])


def _counted(runs: Sequence[Run]) -> CountedSet:
    reps, own = sum(run.reps for run in runs), sum(run.own for run in runs)
    return CountedSet(tuple(run.edges_s for run in runs), chance_of(reps, own), _runner_up(reps, own))


def chance_of(reps: int, own: float, belief: Belief = BELIEF) -> float:
    """How likely the number is right where the network's own count is `own`."""
    off = abs(own - reps)
    return float(1 / (1 + np.exp(-(belief.agreeing + belief.off * off + belief.off_share * off / reps))))


def _runner_up(reps: int, own: float, belief: Belief = BELIEF) -> int | None:
    """The next number on the side where the network's own count lies."""
    if abs(own - reps) < belief.telling_from:
        return None
    return max(reps + 1, round(own)) if own > reps else max(1, min(reps - 1, round(own)))
