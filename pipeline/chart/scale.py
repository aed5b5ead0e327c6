"""Positions of times and values in a panel, the round values beside it, and which numbers have room."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from pipeline.chart.canvas import Box
from pipeline.values import Array

ROUND_STEPS = (1, 2, 5, 10)  # times a power of ten, in the axis's own unit
NUMBER_STEPS = (1, 2, 5, 10, 20, 50, 100)  # every so many repetitions have their number written


def unit_sign(unit: str) -> str:
    """How the unit is written after a number: a degree sign close to it, anything else after a space."""
    return "°" if unit in ("deg", "°") else f" {unit}" if unit else ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A panel's box, the seconds it spans, the values it spans, and whether larger values lie lower."""

    box: Box
    window_s: tuple[float, float]
    range: tuple[float, float]
    downward: bool

    def x(self, time_s: float) -> float:
        """Pixels from the left of the picture, for a time in seconds."""
        return float(self.xs(np.array(time_s)))

    def y(self, value: float) -> float:
        """Pixels from the top of the picture, for a value of the curve."""
        return float(self.ys(np.array(value)))

    def xs(self, times_s: Array) -> Array:
        """Pixels from the left (T,) for times in seconds (T,)."""
        start, end = self.window_s
        return np.asarray(self.box.left + (times_s - start) / (end - start) * self.box.width)

    def ys(self, values: Array) -> Array:
        """Pixels from the top (T,) for values of the curve (T,)."""
        low, high = self.range
        share = (values - low) / (high - low)
        return np.asarray(self.box.top + (share if self.downward else 1 - share) * self.box.height)


def round_step(span: float, most: int) -> float:
    """The smallest of 1, 2 and 5 times a power of ten that divides the span into at most `most` parts."""
    least = span / most
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in ROUND_STEPS if step * power >= least * (1 - 1e-9))


def ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """The round values between two ends, ascending, at most `most` + 1 of them."""
    step = round_step(high - low, most)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return tuple(round(place * step, 10) for place in range(first, last + 1))


def thinned(numbers: Iterable[int], room_px: float, needed_px: float) -> frozenset[int]:
    """The numbers that are written where each has `room_px` and needs `needed_px`.

    All of them, or every second, fifth, tenth; the first too, where the next one leaves room for it.
    """
    step = next((step for step in NUMBER_STEPS if step * room_px >= needed_px), NUMBER_STEPS[-1])
    first_fits = (step - 1) * room_px >= needed_px
    return frozenset(n for n in numbers if n % step == 0 or (n == 1 and first_fits))
