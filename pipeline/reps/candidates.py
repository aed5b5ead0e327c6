"""Every plausible answer to "how many?": one set of turning points of one signal, from rest to rest.

Swings at either end that are much larger or smaller than the others (getting into place, walking off) are offered both
with and without. The beat network tells which turning points are rest and which the far end; half a movement too many
at an end is left out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from pipeline.reps.beat import Beat
from pipeline.reps.body import Body, grid_steps
from pipeline.reps.signals import Signal
from pipeline.reps.turning import Level, levels
from pipeline.values import Array, Indices


@dataclass(frozen=True, slots=True)
class Limits:
    """What cannot be a set of repetitions. Lengths are in units of a large movement (see `signals`)."""

    smallest_range: float = 0.05  # 5 cm or 4.5 degrees: the jitter of a still body's landmarks
    smallest_swing: float = 0.04
    shortest_cycle_s: float = 0.3  # 3.3 Hz: faster than boxing drills
    most_cycles: int = 120
    most_counts: int = 8  # candidates per signal: the ninth clearest never won in tuning
    clearest_gap: float = 0.15  # natural log of kept over dropped swings: less clear candidates never won in tuning
    edge_s: float = 0.5  # a turning point this close to the clip's end may come from the cut
    clear_preference: float = 0.1  # of the beat, out of 2: both ways are offered
    sure_preference: float = 1.0  # of the beat: only its way is offered
    odd_edge: float = 0.35  # natural log: an end swing 1.4 times larger or smaller than usual may be something else


LIMITS: Final = Limits()


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """`cycles` repetitions of `signal` between the turning points at frames `extremes`.

    gap: width (natural log) of all hysteresis thresholds that give this count; own_gap: of those that give these
    extremes; trimmed: swings left out at the start and at the end; halves: half movements left out because they start
    or end at the far end; other_way: the same number of cycles between the other turning points, where one half was
    left out.
    """

    signal: Signal
    extremes: Indices
    gap: float
    own_gap: float
    trimmed: tuple[int, int] = (0, 0)
    halves: int = 0
    other_way: Indices | None = None

    @property
    def cycles(self) -> int:
        return (len(self.extremes) - 1) // 2

    @property
    def swings(self) -> Array:
        return np.abs(np.diff(self.signal.values[self.extremes]))


def candidates_of(body: Body, signals: list[Signal], beat: Beat) -> list[Candidate]:
    """Every candidate of every signal that moves at all."""
    found: list[Candidate] = []
    for signal in signals:
        low, high = np.percentile(signal.values, [1, 99])
        if high - low >= LIMITS.smallest_range:
            found += _of_signal(body, signal)
    return [whole for candidate in found for whole in _from_rest_to_rest(candidate, body, beat)]


def _of_signal(body: Body, signal: Signal) -> list[Candidate]:
    gaps: dict[int, float] = {}
    clearest: dict[int, tuple[float, Level]] = {}
    for level in levels(signal.values):
        if not 1 <= level.cycles <= LIMITS.most_cycles:
            continue
        own = math.log(level.kept / level.dropped)
        gaps[level.cycles] = gaps.get(level.cycles, 0.0) + max(own, 0.0)
        if level.cycles not in clearest or own > clearest[level.cycles][0]:
            clearest[level.cycles] = (own, level)
    found = []
    likeliest = sorted(clearest, key=lambda cycles: -gaps[cycles])[: LIMITS.most_counts]
    for cycles in likeliest:
        own, level = clearest[cycles]
        if level.kept < LIMITS.smallest_swing or _median_cycle_s(body, level.extremes) < LIMITS.shortest_cycle_s:
            continue
        if gaps[cycles] >= LIMITS.clearest_gap:
            found.append(Candidate(signal, level.extremes, gaps[cycles], own))
        found += _trimmed(signal, level)
    return found


def _trimmed(signal: Signal, level: Level) -> list[Candidate]:
    """The same turning points without one or two odd swings at the start, the end, or both."""
    sizes = np.abs(np.diff(signal.values[level.extremes]))
    if len(sizes) < 4:
        return []
    swings = np.log(sizes).tolist()
    usual = sorted(swings)[len(swings) // 2]
    odd = [abs(swing - usual) > LIMITS.odd_edge for swing in swings]
    starts = [0] + ([1] if odd[0] else []) + ([2] if any(odd[:2]) else [])
    ends = [0] + ([1] if odd[-1] else []) + ([2] if any(odd[-2:]) else [])
    found = []
    for first in starts:
        for last in ends:
            extremes = level.extremes[first : len(level.extremes) - last]
            if (first, last) == (0, 0) or len(extremes) < 3:
                continue
            kept = float(sizes[first : len(sizes) - last].min())
            own = math.log(kept / level.dropped)
            if own >= LIMITS.clearest_gap and kept >= LIMITS.smallest_swing:
                found.append(Candidate(signal, extremes, own, own, (first, last)))
    return found


def _from_rest_to_rest(candidate: Candidate, body: Body, beat: Beat) -> list[Candidate]:
    """The candidate with rest at both ends; both versions where the clip may begin and end within a repetition."""
    extremes = candidate.extremes
    rest_first = beat.prefers_rest_first(extremes)
    if len(extremes) % 2 == 0:
        ways = (extremes[:-1], extremes[1:]) if rest_first >= 0 else (extremes[1:], extremes[:-1])
        return [replace(candidate, extremes=ways[0], halves=1, other_way=ways[1])]
    near = grid_steps(LIMITS.edge_s)
    spans = extremes[0] <= near and extremes[-1] >= len(body.times_s) - 1 - near
    if candidate.cycles < 2 or rest_first > -LIMITS.clear_preference or not spans:
        return [candidate]
    inner = replace(candidate, extremes=extremes[1:-1], halves=2)
    return [inner] if rest_first <= -LIMITS.sure_preference else [candidate, inner]


def _median_cycle_s(body: Body, extremes: Indices) -> float:
    times = body.times_s[extremes]
    return float(np.median(times[2:] - times[:-2]))
