"""Detect lost samples that the clock does not show: the movement jumps between two rows that look adjacent.

An app that numbers its rows, or computes its clock from their count, writes the same step over a second that never
arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.sensors.clock import step_s
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class BreakRules:
    """What a break is. A strike rises and falls over several samples; a loss is one large step among small ones.

    times: a break is so many times as large as the sum of usual_m_s2 (which excludes coarse sensors at rest) and the
    largest of the `near` steps before and after. fewest, a_minute: so many in a log are not chance. longer: a step that
    the clock shows is no break.

    Chosen on 22 people of uLift: one of their 107 sessions fires, and no log of the other sets except those put
    together of pieces. Where every tenth second is left out, 33 of 44 workouts at 100 Hz fire, 19 at 50 and 9 at 25 Hz.
    """

    times: float = 4.0
    near: int = 6
    usual_m_s2: float = 0.5
    fewest: int = 2
    a_minute: float = 0.5
    longer: float = 1.5


RULES: Final = BreakRules()


def loses_samples(times_s: Array, acceleration_m_s2: Array) -> bool:
    """Whether the movement (T, 3) breaks more often than by chance."""
    if len(times_s) <= 2 * RULES.near:
        return False
    found = len(breaks(times_s, acceleration_m_s2))
    minutes = float(times_s[-1] - times_s[0]) / 60
    return found >= max(RULES.fewest, RULES.a_minute * minutes)


def breaks(times_s: Array, acceleration_m_s2: Array) -> Array:
    """The times before which samples seem to be missing."""
    steps = np.linalg.norm(np.diff(acceleration_m_s2, axis=0), axis=1)
    even = np.diff(times_s) <= RULES.longer * step_s(times_s)
    return np.asarray(
        times_s[1:][even & (steps > RULES.times * (_largest_beside(steps, RULES.near) + RULES.usual_m_s2))]
    )


def _largest_beside(steps: Array, near: int) -> Array:
    """(T,) the largest of the `near` values before and after each, itself excluded."""
    padded, count = np.pad(steps, near, mode="edge"), len(steps)
    shifts = (shift for shift in range(2 * near + 1) if shift != near)
    return np.asarray(np.maximum.reduce([padded[shift : shift + count] for shift in shifts]))
