"""Analyse a log at normal and at double speed, and keep for each set the look that sees it better.

The network was trained on few repetitions of more than four seconds: at normal speed it misses slow ones, or finds
fragments.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from pipeline.motion.beat import LogBeat, Weights, beat_of
from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.choose import Choice, LogScorer, choose
from pipeline.motion.segments import segments
from pipeline.motion.signals import Motion
from pipeline.motion.views import Bank, bank_of
from pipeline.values import Array, Indices

DOUBLE = 2.0  # the second look's speed


@dataclass(frozen=True, slots=True)
class SecondLook:
    """When the second look's runs are kept.

    How long a slow repetition is, and how much longer than the first look's its runs must be, was chosen on two of four
    people of the UCI physical therapy set, which was not trained on.
    """

    fewest_reps: int = 2
    shortest_rep_s: float = 2.5  # the first look finds faster ones itself
    fewest_instead: int = 3  # repetitions of a run that replaces others
    slow_s: float = 4.0  # usual repetition in both looks, where the second replaces the first
    longer: float = 1.1  # times as long as everything the first look finds there
    whole: float = 0.9  # likewise, where the first finds several fragments


RULES: Final = SecondLook()


class Look:
    """A log at some speed: the network's output, and the runs that explain it best."""

    def __init__(self, motion: Motion, speed: float, team: Sequence[Weights] | None) -> None:
        self._motion, self._played, self._speed = motion, motion.at_speed(speed), speed
        self._beat: LogBeat = beat_of(self._played, team)
        self.runs: list[Indices] = segments(self._beat)

    @cached_property
    def _bank(self) -> Bank:
        return bank_of(self._played)

    def edges_s(self, frames: Indices) -> Array:
        """These frames in the log's seconds."""
        times_s = self._motion.times_s
        return np.asarray(np.minimum(times_s[0] + frames * (self._speed / FRAME_HZ), times_s[-1]))

    def busy(self, frames: Indices) -> float:
        """Mean probability (0..1) of being within a set, between the first and the last of the frames."""
        return float(self._beat.busy[frames[0] : frames[-1]].mean())

    def chosen(self, run: Indices, scorer: LogScorer) -> Choice:
        """The likeliest number of repetitions of a run, and where they lie."""
        before = max((int(one[-1]) for one in self.runs if one[0] < run[0]), default=0)
        after = min((int(one[0]) for one in self.runs if one[0] > run[0]), default=len(self._beat.rate))
        return choose(self._bank, self._beat, run, (before, after), scorer)


def merge_looks(first: Look, again: Look) -> Iterator[tuple[Look, Indices]]:
    """The runs of the first look, those replaced that the second sees better."""
    left = {index: first.edges_s(run) for index, run in enumerate(first.runs)}
    for run in again.runs:
        edges_s = again.edges_s(run)
        met = [index for index, other_s in left.items() if _touch(edges_s, other_s)]
        if sees_better(edges_s, [left[index] for index in met]):
            yield again, run
            left = {index: other_s for index, other_s in left.items() if index not in met}
    for index in left:
        yield first, first.runs[index]


def sees_better(edges_s: Array, others_s: Sequence[Array]) -> bool:
    """Whether the second look's run (N + 1,) replaces those of the first look that it overlaps."""
    reps, usual_s = len(edges_s) - 1, float(np.median(np.diff(edges_s)))
    if not others_s:
        return reps >= RULES.fewest_reps and usual_s >= RULES.shortest_rep_s
    theirs_s = np.concatenate([np.diff(other_s) for other_s in others_s])
    slow = min(usual_s, float(np.median(theirs_s))) >= RULES.slow_s
    enough = RULES.longer if len(others_s) == 1 else RULES.whole
    return slow and reps >= RULES.fewest_instead and edges_s[-1] - edges_s[0] >= enough * theirs_s.sum()


def _touch(one_s: Array, other_s: Array) -> bool:
    return bool(one_s[0] < other_s[-1] and other_s[0] < one_s[-1])
