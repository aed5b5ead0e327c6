"""Where a log's sets are and how many repetitions each has: the beat, what explains it best, and a choice.

Repetitions that follow one another are a run; runs with a short pause between are one set. Where nothing is seen the
log is looked at again at double speed: the network was taught few repetitions of more than four seconds. Then every
run's number is chosen (`choose.py`), and its first repetition begins at rest (`anchoring.py`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

import numpy as np

from pipeline.motion.anchoring import anchored, rests_outside
from pipeline.motion.beat import LogBeat, Weights, beat_of
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.choose import LogScorer, choose, shipped_scorer
from pipeline.motion.segments import PRICES, Indices, Prices, segments
from pipeline.motion.signals import Motion
from pipeline.motion.views import Bank, bank_of
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


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Repetitions one after the other: edges_s (N + 1,) in the log's seconds, the probability (0..1) of their number,
    the next likely number where it is worth telling, and whether the body is seen to rest where they begin and end."""

    edges_s: Array
    chance: float
    runner_up: int | None
    rest_seen: bool

    @property
    def reps(self) -> int:
        return len(self.edges_s) - 1


@dataclass(frozen=True, slots=True, eq=False)
class CountedSet:
    """The edges (N + 1,) in the log's seconds of each run of repetitions, the probability (0..1) that their number is
    right, the next likely number where it is worth telling, and whether the edges are seen to be rest."""

    runs: tuple[Array, ...]
    confidence: float
    runner_up: int | None
    rest_seen: bool = False

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


def find_runs(
    motion: Motion, prices: Prices = PRICES, weights: Weights | None = None, scorer: LogScorer | None = None
) -> list[Run]:
    """Every run of repetitions, in order; `weights` are the network's and `scorer` the choice's, where not the shipped
    ones."""
    if motion.duration_s < SHORTEST_LOG_S:
        return []
    seen, again = (_Look(motion, speed, prices, weights) for speed in (1.0, DOUBLE))
    taken = [seen.span_s(index) for index in range(len(seen.runs))]
    slow = [
        index
        for index in range(len(again.runs))
        if again.is_slow(index) and not any(_touch(again.span_s(index), span_s) for span_s in taken)
    ]
    chosen = scorer or shipped_scorer()
    runs = [seen.chosen(index, chosen) for index in range(len(seen.runs))] + [again.chosen(i, chosen) for i in slow]
    return _at_rest(motion, sorted(runs, key=lambda run: float(run.edges_s[0])))


class _Look:
    """A log played at some speed, what the network sees in it, and the runs that explain that best."""

    def __init__(self, motion: Motion, speed: float, prices: Prices, weights: Weights | None) -> None:
        self._motion, self._played, self._speed = motion, motion.played(speed), speed
        self._beat: LogBeat = beat_of(self._played, weights)
        self.runs: list[Indices] = segments(self._beat, prices)

    @cached_property
    def _bank(self) -> Bank:
        return bank_of(self._played)

    def span_s(self, index: int) -> tuple[float, float]:
        """From where to where the run goes."""
        edges_s = self._edges_s(self.runs[index])
        return float(edges_s[0]), float(edges_s[-1])

    def is_slow(self, index: int, rules: SecondLook = SECOND_LOOK) -> bool:
        """The run is one that only a second look sees."""
        edges_s = self._edges_s(self.runs[index])
        return len(edges_s) > rules.fewest_reps and float(np.median(np.diff(edges_s))) >= rules.shortest_rep_s

    def chosen(self, index: int, scorer: LogScorer) -> Run:
        """The run with its likeliest number of repetitions."""
        before = int(self.runs[index - 1][-1]) if index else 0
        after = int(self.runs[index + 1][0]) if index + 1 < len(self.runs) else len(self._beat.rate)
        choice = choose(self._bank, self._beat, self.runs[index], (before, after), scorer)
        return Run(self._edges_s(choice.edges), choice.chance, choice.runner_up, rest_seen=False)

    def _edges_s(self, frames: Indices) -> Array:
        times_s = self._motion.times_s
        return np.asarray(np.minimum(times_s[0] + frames * (self._speed / FRAME_HZ), times_s[-1]))


def _at_rest(motion: Motion, runs: Sequence[Run]) -> list[Run]:
    """The runs counted from rest to rest, where there is rest outside them to see."""
    found = []
    for index, run in enumerate(runs):
        before_s = float(runs[index - 1].edges_s[-1] if index else motion.times_s[0])
        after_s = float(runs[index + 1].edges_s[0] if index + 1 < len(runs) else motion.times_s[-1])
        edges_s = anchored(motion, run.edges_s, (before_s, after_s))
        found.append(replace(run, edges_s=edges_s, rest_seen=rests_outside(motion, edges_s, (before_s, after_s))))
    return found


def _touch(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _pause_s(before: Run, after: Run) -> float:
    return float(after.edges_s[0] - before.edges_s[-1])


def _counted(runs: Sequence[Run]) -> CountedSet:
    unsure = min((run for run in runs if run.runner_up is not None), key=lambda run: run.chance, default=None)
    reps = sum(run.reps for run in runs)
    other = None if unsure is None or unsure.runner_up is None else reps - unsure.reps + unsure.runner_up
    chance = math.prod(run.chance for run in runs)
    return CountedSet(tuple(run.edges_s for run in runs), chance, other, all(run.rest_seen for run in runs))
