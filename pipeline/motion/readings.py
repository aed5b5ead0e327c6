"""Every plausible reading of a set: a view, a threshold, and which of its turning points are the repetitions' ends.

A threshold (hysteresis) leaves some turning points; three in a row are a repetition, there and back. Both ways are
read, each also without repetitions unlike the others and without those outside the set.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.motion.beat_channels import FRAME_HZ
from pipeline.motion.views import View
from pipeline.reps.turning import Level, levels
from pipeline.values import Indices

TRIMS = ("whole", "alike", "inside")


@dataclass(frozen=True, slots=True)
class ReadingRules:
    """What cannot be a set."""

    least_range_m_s2: float = 0.05
    finest_share: float = 0.03  # of a view's range: smaller swings are jitter
    most_counts: int = 5  # readings per view: the sixth clearest hardly ever won
    clearest_gap: float = 0.06  # natural logarithm of kept over dropped swings
    shortest_s: float = 0.28
    away: int = 4  # repetitions more or fewer than the network sees: farther off was hardly ever right
    away_share: float = 0.25  # or that share of them
    longest_ratio: float = 2.0  # of the usual length: what is longer or shorter is unlike the others
    slack: float = 0.25  # of a usual repetition: how far outside the set its middle may lie

    def away_of(self, seen: int) -> int:
        """How far a number may be from the one that the network sees."""
        return max(self.away, round(self.away_share * seen))


RULES: Final = ReadingRules()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A reading: cycles (N, 3) frames (from, turn, to) in a view.

    gap: width (natural log) of all thresholds that give as many turning points; own_gap: of this one; lost: share of
    the cycles that were trimmed away.
    """

    view: View
    cycles: Indices
    gap: float
    own_gap: float
    trim: str
    lost: float = 0.0

    @property
    def reps(self) -> int:
        return len(self.cycles)

    @property
    def usual_s(self) -> float:
        """The median length of the repetitions."""
        lengths = sorted((self.cycles[:, 2] - self.cycles[:, 0]).tolist())
        return float(lengths[len(lengths) // 2]) / FRAME_HZ


def readings_of(views: tuple[View, ...], inside: tuple[float, float], seen: int) -> list[Reading]:
    """Every reading of a stretch whose set lies within the frames `inside` and has about `seen` repetitions."""
    away = RULES.away_of(seen)
    return [
        trimmed
        for view in views
        if float(np.ptp(view.values)) >= RULES.least_range_m_s2
        for reading in _of_view(view, seen + away + 2)
        if reading.reps >= seen - away  # trimming can only make it fewer
        for trimmed in _trimmed(reading, inside)
        if abs(trimmed.reps - seen) <= away and trimmed.usual_s >= RULES.shortest_s
    ]


def _of_view(view: View, most: int) -> Iterator[Reading]:
    gaps: dict[int, float] = {}
    clearest: dict[int, tuple[float, Level]] = {}
    for level in levels(view.values, RULES.finest_share):
        points = len(level.extremes)
        if not 3 <= points <= 2 * most:
            continue
        own = math.log(level.kept / level.dropped)
        number = points // 2
        gaps[number] = gaps.get(number, 0.0) + max(own, 0.0)
        if number not in clearest or own > clearest[number][0]:
            clearest[number] = (own, level)
    for number in sorted(gaps, key=lambda number: -gaps[number])[: RULES.most_counts]:
        if gaps[number] >= RULES.clearest_gap:
            own, level = clearest[number]
            for way in (0, 1):
                cycles = _cycles(level.extremes[way:])
                if len(cycles):
                    yield Reading(view, cycles, gaps[number], own, TRIMS[0])


def _cycles(extremes: Indices) -> Indices:
    whole = (len(extremes) - 1) // 2
    return np.asarray(extremes[2 * np.arange(whole)[:, None] + np.arange(3)])


def _trimmed(reading: Reading, inside: tuple[float, float]) -> Iterator[Reading]:
    yield reading
    lengths = reading.cycles[:, 2] - reading.cycles[:, 0]
    usual, middles = reading.usual_s * FRAME_HZ, reading.cycles[:, 1]
    slack = RULES.slack * usual
    alike = np.maximum(lengths / usual, usual / lengths) < RULES.longest_ratio
    within = (middles >= inside[0] - slack) & (middles <= inside[1] + slack)
    for name, kept in ((TRIMS[1], alike), (TRIMS[2], within & alike)):
        if kept.any() and not kept.all():
            yield Reading(
                reading.view, reading.cycles[kept], reading.gap, reading.own_gap, name, 1 - float(kept.mean())
            )
