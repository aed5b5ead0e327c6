"""Every plausible answer to "how many?": a signal, its turning points, and what speaks for them.

A candidate is one set of turning points of one signal. Swings at either end that are much larger or smaller than
the others (getting into place, walking off) are offered both with and without.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pipeline.reps.body import Body
from pipeline.reps.signals import Signal
from pipeline.reps.turning import Indices, Level, levels
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class Limits:
    """What cannot be a set, whatever it looks like. Lengths in units of a large movement (see `signals`)."""

    smallest_range: float = 0.05  # 5 cm or 4.5 degrees: the jitter of a still body's landmarks
    smallest_swing: float = 0.04
    shortest_cycle_s: float = 0.3  # 3.3 Hz: faster than boxing drills
    most_cycles: int = 120
    clearest_gap: float = 0.15  # natural log of kept over dropped swings: fainter candidates never won when tuned
    odd_edge: float = 0.35  # natural log: an end swing 1.4 times larger or smaller than usual may be something else


LIMITS = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """`cycles` movements of `signal` between the turning points at indices `extremes`.

    gap: width (natural log) of all hystereses that give this count; own_gap: of the one shown here;
    trimmed: swings left out at the start and at the end.
    """

    signal: Signal
    extremes: Indices
    gap: float
    own_gap: float
    trimmed: tuple[int, int] = (0, 0)
    votes: dict[str, float] = field(default_factory=dict)

    @property
    def cycles(self) -> int:
        return (len(self.extremes) - 1) // 2

    @property
    def swings(self) -> Array:
        return np.abs(np.diff(self.signal.values[self.extremes]))


def candidates_of(body: Body, signals: list[Signal], limits: Limits = LIMITS) -> list[Candidate]:
    """Every candidate of every signal that moves at all."""
    found: list[Candidate] = []
    for signal in signals:
        low, high = np.percentile(signal.values, [1, 99])
        if high - low >= limits.smallest_range:
            found += _of_signal(body, signal, limits)
    return found


def _of_signal(body: Body, signal: Signal, limits: Limits) -> list[Candidate]:
    gaps: dict[int, float] = {}
    clearest: dict[int, tuple[float, Level]] = {}
    for level in levels(signal.values):
        if not 1 <= level.cycles <= limits.most_cycles:
            continue
        own = float(np.log(level.kept / level.dropped))
        gaps[level.cycles] = gaps.get(level.cycles, 0.0) + max(own, 0.0)
        if level.cycles not in clearest or own > clearest[level.cycles][0]:
            clearest[level.cycles] = (own, level)
    found = []
    for cycles, (own, level) in clearest.items():
        if level.kept < limits.smallest_swing or _median_cycle_s(body, level.extremes) < limits.shortest_cycle_s:
            continue
        if gaps[cycles] >= limits.clearest_gap:
            found.append(Candidate(signal, level.extremes, gaps[cycles], own))
        found += _trimmed(signal, level, limits)
    return found


def _trimmed(signal: Signal, level: Level, limits: Limits) -> list[Candidate]:
    """The same turning points without one or two odd swings at the start, at the end, or at both."""
    swings = np.log(np.abs(np.diff(signal.values[level.extremes])))
    if len(swings) < 4:
        return []
    usual = float(np.median(swings))
    odd = np.abs(swings - usual) > limits.odd_edge
    starts = [0] + ([1] if odd[0] else []) + ([2] if odd[:2].any() else [])
    ends = [0] + ([1] if odd[-1] else []) + ([2] if odd[-2:].any() else [])
    found = []
    for first in starts:
        for last in ends:
            extremes = level.extremes[first : len(level.extremes) - last]
            if (first, last) == (0, 0) or len(extremes) < 3:
                continue
            kept = float(np.abs(np.diff(signal.values[extremes])).min())
            own = float(np.log(kept / level.dropped))
            if own >= limits.clearest_gap and kept >= limits.smallest_swing:
                found.append(Candidate(signal, extremes, own, own, (first, last)))
    return found


def _median_cycle_s(body: Body, extremes: Indices) -> float:
    times = body.times_s[extremes]
    return float(np.median(times[2:] - times[:-2]))
