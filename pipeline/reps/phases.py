"""Find where a movement leaves rest and where it arrives, to a fraction of a frame.

Half a repetition begins where its speed rises from zero. In a noisy track zero cannot be seen, so the speed is read at
two small shares of its peak and extrapolated to zero. Real movements start between a half sine (speed grows with t) and
minimum jerk (speed grows with t squared, Flash & Hogan 1985): the 0.65th power of the speed is straight enough for
both, within 3 % of the half's length (test_tempo checks it).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class OnsetRule:
    """The shares of the peak speed at which it is read, and the shortest stillness that is a pause."""

    low_share: float = 0.04
    high_share: float = 0.20
    power: float = 0.65
    shortest_pause_s: float = 0.13  # the error of the onsets at both sides of a turn without pause (test_timing)


ONSET: Final = OnsetRule()


@dataclass(frozen=True, slots=True)
class Phases:
    """Seconds at which the movement leaves rest, arrives at the turn, leaves it, and is back.

    spread_s: how far the signals that show it disagree about one of these times, NaN where they are too few.
    """

    leaves_s: float
    arrives_s: float
    leaves_turn_s: float
    returns_s: float
    spread_s: float = math.nan

    @property
    def turn_s(self) -> float:
        return (self.arrives_s + self.leaves_turn_s) / 2

    @property
    def pause_s(self) -> float:
        return self.leaves_turn_s - self.arrives_s


def phases_of(times_s: Array, movement: Array, start: int, turn: int, end: int) -> Phases:
    """The four times of one cycle of the movement (T,) with turning points at the indices start < turn < end."""
    leaves, arrives = move_times(times_s, movement, start, turn)
    leaves_turn, returns = move_times(times_s, movement, turn, end)
    if leaves_turn - arrives < ONSET.shortest_pause_s:
        arrives = leaves_turn = float(np.clip(_vertex_s(times_s, movement, turn), leaves, returns))
    return Phases(leaves, arrives, leaves_turn, returns)


def without_short_pauses(phases: Sequence[Phases]) -> list[Phases]:
    """The same phases; pauses and rests shorter than shortest_pause_s are removed, so that the phases beside
    them meet.
    """
    met = [_unpaused(one) if one.pause_s < ONSET.shortest_pause_s else one for one in phases]
    for index, (before, after) in enumerate(pairwise(met)):
        if after.leaves_s - before.returns_s < ONSET.shortest_pause_s:
            between_s = (after.leaves_s + before.returns_s) / 2
            met[index] = replace(before, returns_s=between_s)
            met[index + 1] = replace(after, leaves_s=between_s)
    return met


def _unpaused(phases: Phases) -> Phases:
    return replace(phases, arrives_s=phases.turn_s, leaves_turn_s=phases.turn_s)


def move_times(times_s: Array, movement: Array, first: int, last: int) -> tuple[float, float]:
    """(leaves_s, arrives_s) of the one-way movement between two turning points."""
    times, way = times_s[first : last + 1], movement[first : last + 1]
    if len(times) < 4:
        return float(times[0]), float(times[-1])
    # signed, so that the jitter of a resting body is soon below any share
    speed = np.gradient(way, times) * np.sign(way[-1] - way[0])
    peak = int(speed.argmax())
    leaves = _zero_s(times[: peak + 1][::-1], speed[: peak + 1][::-1])
    arrives = _zero_s(times[peak:], speed[peak:])
    return max(leaves, float(times[0])), min(arrives, float(times[-1]))


def _zero_s(times_s: Array, speed: Array) -> float:
    """The time at which a speed that starts at its peak reaches zero."""
    high_s = _falls_below_s(times_s, speed, ONSET.high_share * speed[0])
    low_s = _falls_below_s(times_s, speed, ONSET.low_share * speed[0])
    high, low = ONSET.high_share**ONSET.power, ONSET.low_share**ONSET.power
    return float(low_s + (low_s - high_s) * low / (high - low))


def _falls_below_s(times_s: Array, speed: Array, limit: float) -> float:
    under = np.flatnonzero(speed < limit)
    if len(under) == 0:
        return float(times_s[-1])
    after = int(under[0])
    before = after - 1
    part = (speed[before] - limit) / (speed[before] - speed[after])
    return float(times_s[before] + part * (times_s[after] - times_s[before]))


def _vertex_s(times_s: Array, movement: Array, turn: int) -> float:
    """The turning point between frames: the vertex of a parabola through three of them."""
    if not 0 < turn < len(times_s) - 1:
        return float(times_s[turn])
    before, here, after = movement[turn - 1 : turn + 2]
    bend = before - 2 * here + after
    shift = 0.0 if bend == 0 else float(np.clip(0.5 * (before - after) / bend, -0.5, 0.5))
    return float(times_s[turn] + shift * (times_s[turn + 1] - times_s[turn]))
