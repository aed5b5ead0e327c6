"""How many repetitions a set's movement shows, and where each starts, turns and ends."""

from __future__ import annotations

import math

import numpy as np

from pipeline.motion.signals import RATE_HZ, Motion, low_passed, main_component
from pipeline.reps.count import Count
from pipeline.reps.turning import levels
from pipeline.values import Curve, Cycle

_FASTEST_HZ = 3.0
_SHORTEST_REP_S = 0.35
_SMALLEST_SWING_M_S2 = 0.8


def count_movement(motion: Motion) -> Count:
    """The repetitions of one set's movement; none where nothing repeats."""
    smooth = low_passed(motion.acceleration, _FASTEST_HZ, RATE_HZ)
    component = main_component(smooth)
    curve = Curve(motion.times_s, component, "movement", "m/s²")
    best = 0.0
    cycles: tuple[Cycle, ...] = ()
    for level in levels(component):
        times = motion.times_s[level.extremes]
        if level.cycles < 1 or level.kept < _SMALLEST_SWING_M_S2:
            continue
        if np.median(times[2:] - times[:-2]) < _SHORTEST_REP_S:
            continue
        gap = math.log(level.kept / level.dropped)
        if gap > best:
            triples = zip(times[0:-2:2], times[1:-1:2], times[2::2], strict=True)
            best, cycles = gap, tuple(Cycle(float(a), float(b), float(c)) for a, b, c in triples)
    return Count(cycles, curve, curve, min(1.0, best), None)
