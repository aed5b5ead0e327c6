"""Find a log's sets and count the repetitions of each: beat, segments, choice.

Repetitions that follow one another are a run; runs with a short pause between them are one set. Slow repetitions are
found better at double speed (`looks.py`). Then each run's number is chosen (`choose.py`), and its first repetition is
made to begin at rest (`anchoring.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.motion.anchoring import anchor_to_rest, rests_outside
from pipeline.motion.beat import Weights
from pipeline.motion.choose import LogScorer, shipped_scorer
from pipeline.motion.looks import DOUBLE, Look, merge_looks
from pipeline.motion.set_edges import reps_apart, runs_in_posture
from pipeline.motion.signals import Motion
from pipeline.values import Array, Indices

SHORTEST_REST_S = 5.0  # less is a breath within a set
SHORTEST_LOG_S = 1.0  # less shows no repetition
APART_CHANCE = 0.5  # probability that a few repetitions at an end, after a pause, belong to the set
# A run this short is doubted unless the networks are surer than this that a set goes on. Of 200 workouts of people
# trained on, a third of the sets cut to one to three repetitions, 43 of 57 runs in rest are doubted, and 52 of 213
# short sets (at 0.75: 30 and 18; of those then no longer doubted a quarter is nothing); the probability of the number
# does not tell them apart.
FEW, HARDLY_BUSY, HARDLY_CHANCE = 3, 0.85, 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Repetitions one after the other.

    edges_s (N + 1,) in the log's seconds, the probability (0..1) of their number, the next likely number where worth
    reporting, and whether the body is seen to rest at the edges.
    """

    edges_s: Array
    chance: float
    runner_up: int | None
    rest_seen: bool

    @property
    def reps(self) -> int:
        return len(self.edges_s) - 1


@dataclass(frozen=True, slots=True, eq=False)
class CountedSet:
    """A set and its count.

    The edges (N + 1,) in the log's seconds of each run, the probability (0..1) that their number is right, the next
    likely number where worth reporting, whether the edges are seen to be rest; beside: whether these are a few
    repetitions next to a larger set, in another posture.
    """

    runs: tuple[Array, ...]
    confidence: float
    runner_up: int | None
    rest_seen: bool = False
    beside: bool = False

    @property
    def reps(self) -> int:
        return sum(len(edges_s) - 1 for edges_s in self.runs)

    @property
    def span_s(self) -> tuple[float, float]:
        return float(self.runs[0][0]), float(self.runs[-1][-1])


def find_sets(motion: Motion) -> tuple[CountedSet, ...]:
    """Every set of the log, in order; none where nothing repeats."""
    runs = find_runs(motion)
    first = [index for index, run in enumerate(runs) if not index or _pause_s(runs[index - 1], run) >= SHORTEST_REST_S]
    bounds = pairwise([*first, len(runs)])
    return tuple(one for start, end in bounds if end > start for one in _sets(motion, runs[start:end]))


def count_one(motion: Motion) -> CountedSet | None:
    """All repetitions as one set, whatever rests lie between them, without a few in another posture; None where nothing
    repeats.
    """
    runs = find_runs(motion)
    return _counted(runs[runs_in_posture(motion, [run.edges_s for run in runs])]) if runs else None


def find_runs(motion: Motion, team: Sequence[Weights] | None = None, scorer: LogScorer | None = None) -> list[Run]:
    """Every run of repetitions, in order; `team` (the networks' weights) and `scorer` default to the shipped ones."""
    if motion.duration_s < SHORTEST_LOG_S:
        return []
    first, again = (Look(motion, speed, team) for speed in (1.0, DOUBLE))
    chosen = scorer or shipped_scorer()
    runs = [_run(look, run, chosen) for look, run in merge_looks(first, again)]
    return _at_rest(motion, sorted(runs, key=lambda run: float(run.edges_s[0])))


def _run(look: Look, run: Indices, scorer: LogScorer) -> Run:
    choice = look.chosen(run, scorer)
    chance, other = choice.chance, choice.runner_up
    if len(choice.edges) - 1 <= FEW and look.busy(run) < HARDLY_BUSY:
        chance, other = min(chance, HARDLY_CHANCE), 0
    return Run(look.edges_s(choice.edges), chance, other, rest_seen=False)


def _at_rest(motion: Motion, runs: Sequence[Run]) -> list[Run]:
    """The runs counted from rest to rest, where the rest outside them can be seen."""
    found = []
    for index, run in enumerate(runs):
        before_s = float(runs[index - 1].edges_s[-1] if index else motion.times_s[0])
        after_s = float(runs[index + 1].edges_s[0] if index + 1 < len(runs) else motion.times_s[-1])
        edges_s = anchor_to_rest(motion, run.edges_s, (before_s, after_s))
        more = len(edges_s) - len(run.edges_s)  # None stays None
        other = run.runner_up + more if run.runner_up else run.runner_up
        seen = rests_outside(motion, edges_s, (before_s, after_s))
        found.append(replace(run, edges_s=edges_s, runner_up=other, rest_seen=seen))
    return found


def _pause_s(before: Run, after: Run) -> float:
    return float(after.edges_s[0] - before.edges_s[-1])


def _sets(motion: Motion, runs: Sequence[Run]) -> Iterator[CountedSet]:
    """The set of the runs, and what lies beside it."""
    own = runs_in_posture(motion, [run.edges_s for run in runs])
    before, after = runs[: own.start], runs[own.stop :]
    yield from (replace(_counted(before), beside=True),) if before else ()
    yield _counted(runs[own])
    yield from (replace(_counted(after), beside=True),) if after else ()


def _counted(runs: Sequence[Run]) -> CountedSet:
    reps, few = sum(run.reps for run in runs), reps_apart([run.edges_s for run in runs])
    chance = math.prod(run.chance for run in runs)
    unsure = min((run for run in runs if run.runner_up is not None), key=lambda run: run.chance, default=None)
    other = None if unsure is None or unsure.runner_up is None else reps - unsure.reps + unsure.runner_up
    if few:
        chance, other = min(chance, APART_CHANCE), reps - few
    return CountedSet(tuple(run.edges_s for run in runs), chance, other, all(run.rest_seen for run in runs))
