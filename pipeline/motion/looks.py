"""A log is looked at twice, the second time at double speed, and of each set the look that sees it better is believed.

The network was taught few repetitions of more than four seconds: of slow ones the first look sees none, or fragments.
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
from pipeline.motion.segments import Indices, segments
from pipeline.motion.signals import Motion
from pipeline.motion.views import Bank, bank_of
from pipeline.values import Array

DOUBLE = 2.0  # speed of the second look


@dataclass(frozen=True, slots=True)
class SecondLook:
    """What is believed of the second look. How long a slow repetition is and how much longer than the first look's its
    runs must be was chosen on two of four people of the UCI physical therapy set, who taught nothing."""

    fewest_reps: int = 2
    shortest_rep_s: float = 2.5  # quicker ones the first look would have seen
    fewest_instead: int = 3  # repetitions of a run that is believed instead of others
    slow_s: float = 4.0  # the usual repetition of both looks, where the second is believed instead of the first
    longer: float = 1.1  # times as long as all that the first look sees there
    whole: float = 0.9  # likewise, where the first sees several fragments


RULES: Final = SecondLook()


class Look:
    """A log played at some speed, what the network sees in it, and the runs that explain that best."""

    def __init__(self, motion: Motion, speed: float, team: Sequence[Weights] | None) -> None:
        self._motion, self._played, self._speed = motion, motion.played(speed), speed
        self._beat: LogBeat = beat_of(self._played, team)
        self.runs: list[Indices] = segments(self._beat)

    @cached_property
    def _bank(self) -> Bank:
        return bank_of(self._played)

    def edges_s(self, frames: Indices) -> Array:
        """Each of the frames in the log's seconds."""
        times_s = self._motion.times_s
        return np.asarray(np.minimum(times_s[0] + frames * (self._speed / FRAME_HZ), times_s[-1]))

    def busy(self, frames: Indices) -> float:
        """The chance (0..1) of being within a set, on average between the first and the last of the frames."""
        return float(self._beat.busy[frames[0] : frames[-1]].mean())

    def chosen(self, run: Indices, scorer: LogScorer) -> Choice:
        """The likeliest number of a run, and where its repetitions lie."""
        before = max((int(one[-1]) for one in self.runs if one[0] < run[0]), default=0)
        after = min((int(one[0]) for one in self.runs if one[0] > run[0]), default=len(self._beat.rate))
        return choose(self._bank, self._beat, run, (before, after), scorer)


def believed(first: Look, again: Look) -> Iterator[tuple[Look, Indices]]:
    """The runs of the first look, but for those that the second sees better, and the second's where it does."""
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
    """The second look's run (N + 1,) is believed instead of those of the first look that it touches."""
    reps, usual_s = len(edges_s) - 1, float(np.median(np.diff(edges_s)))
    if not others_s:
        return reps >= RULES.fewest_reps and usual_s >= RULES.shortest_rep_s
    theirs_s = np.concatenate([np.diff(other_s) for other_s in others_s])
    slow = min(usual_s, float(np.median(theirs_s))) >= RULES.slow_s
    enough = RULES.longer if len(others_s) == 1 else RULES.whole
    return slow and reps >= RULES.fewest_instead and edges_s[-1] - edges_s[0] >= enough * theirs_s.sum()


def _touch(one_s: Array, other_s: Array) -> bool:
    return bool(one_s[0] < other_s[-1] and other_s[0] < one_s[-1])
