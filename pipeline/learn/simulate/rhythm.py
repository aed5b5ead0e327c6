"""The rhythm of a simulated set: phase and repetition number of each frame."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.values import Array, Indices

QUICK_S: Final = 1.8  # movements that may be faster than this (jumps, kicks, punches) hardly rest at their ends

# Where people rest and turn, 0 and 1 being the catalogue's stations: in development tracks most went about as far.
RESTS_AT: Final = (-0.05, 0.1)
TURNS_AT: Final = (0.8, 1.2)
LATE_SHARE: Final = 0.12  # of sets are shown with the wait before them: our estimate


@dataclass(frozen=True, slots=True, eq=False)
class Rhythm:
    """phase (T,) is 0 at rest and 1 at the turn (through 0..1 once a repetition where `cycle`); number (T,) counts."""

    phase: Array
    number: Indices

    @classmethod
    def steady(cls, times_s: Array, rep_s: float, cycle: bool = False) -> Rhythm:
        """Repetitions of exactly rep_s one after another, from rest at the first time, cosine there and back."""
        turns = (times_s - times_s[0]) / rep_s
        part = turns % 1.0
        return cls(part if cycle else (1 - np.cos(2 * np.pi * part)) / 2, turns.astype(int))

    @classmethod
    def held(cls, count: int) -> Rhythm:
        """Nothing but rest, for a hold."""
        return cls(np.zeros(count), np.zeros(count, dtype=int))

    @classmethod
    def drawn(
        cls, times_s: Array, seconds: tuple[float, float], rng: np.random.Generator, cycle: bool = False
    ) -> Rhythm:
        """A person's rhythm: tempo out of `seconds`, uneven, with pauses, partial range, a break or a late start."""
        bounds = _bounds_s(times_s, seconds, rng)
        number = np.maximum(np.searchsorted(bounds, times_s, side="right") - 1, 0)
        length = np.diff(bounds)[number]
        part = np.maximum(times_s - bounds[number], 0) / length
        if cycle:
            return cls(part, number)
        shape = _Shape.drawn(seconds, rng)
        reach = np.exp(rng.normal(0, 0.05, len(bounds)))[number]
        low, high = rng.uniform(*RESTS_AT), rng.uniform(*TURNS_AT)
        return cls(low + shape.at(part) * reach * (high - low), number)


@dataclass(frozen=True, slots=True)
class _Shape:
    """Shares of a repetition's time: going, staying at the turn, coming back; what is left is rest."""

    going: float
    staying: float
    coming: float

    @classmethod
    def drawn(cls, seconds: tuple[float, float], rng: np.random.Generator) -> _Shape:
        quick = 0.3 if seconds[1] < QUICK_S else 1.0
        staying, resting = rng.uniform(0, 0.15) * quick, rng.uniform(0, 0.2) * quick
        going = rng.uniform(0.35, 0.65) * (1 - staying - resting)
        return cls(going, staying, 1 - staying - resting - going)

    def at(self, part: Array) -> Array:
        """How far along (0..1) after `part` of the repetition's time."""
        turn = self.going + self.staying
        line = np.where(part < turn, part / self.going, 1 - (part - turn) / self.coming)
        eased = np.clip(line, 0, 1)
        return np.asarray(eased * eased * (3 - 2 * eased))


def _bounds_s(times_s: Array, seconds: tuple[float, float], rng: np.random.Generator) -> Array:
    """Seconds at which repetitions begin, from before the first frame to after the last."""
    typical_s = float(np.exp(rng.uniform(*np.log(seconds))))
    span_s = float(times_s[-1] - times_s[0])
    lengths = typical_s * np.exp(rng.normal(0, 0.1, int(span_s / typical_s * 1.6) + 4))
    if rng.random() < 0.15 and typical_s > 1.2:  # a break between two repetitions
        lengths[rng.integers(len(lengths))] += rng.uniform(0.3, 2.0)
    late = rng.random() < LATE_SHARE
    begins_s = rng.uniform(0, 0.4 * span_s) if late else -rng.uniform(0, lengths[0])
    bounds = times_s[0] + begins_s + np.concatenate([[0.0], np.cumsum(lengths)])
    return bounds if bounds[-1] > times_s[-1] else np.append(bounds, times_s[-1] + typical_s)
