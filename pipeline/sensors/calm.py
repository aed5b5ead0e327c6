"""The acceleration that is left while the device moves least: gravity, the reference for units."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pipeline.sensors.channels import GRAVITY_M_S2, NS, OF_ACCELERATION, TO_SI, Unit
from pipeline.values import Array


@dataclass(frozen=True, slots=True)
class UnitLimits:
    """When gravity is taken to be in the numbers. Figures: 1448 recordings of seven sets, four logs without gravity.

    window_s: over a second an arm's own acceleration nearly cancels, gravity does not. calm_share: in the calmest fifth
    of a set (turning points, pauses) the mean is within low_g to high_g in 97 of 100; lifting and jumping with circling
    arms throughout reaches 0.25 and 3.9 g, so what the file says is accepted from least_g to most_g. clear: movement
    within those seconds over their mean; below it in 90 of 100 sets with gravity, never without (0.7 to 42). restless:
    above it in no set with gravity where less than 1 g is left. wild: above it in none of 24 recordings of punches,
    whatever rate their user names. steady: the spread of the calm seconds. apart: how far a sensor of gravity alone is
    from 1 g. even, turned: the spread of its length, and of an axis, over that length: a phone on a bench is as even,
    but does not turn. turning_rad_s: 2000 degrees a second, the widest range of the gyroscopes at hand, is 35 rad/s;
    whoever moves turns faster than 40 degrees a second. turning_deg_s: none measures above 4000. middles_apart: times
    as much as on the axis with the least counts, where zero is not 0 but in the middle; of uLift, with each axis turned
    so that it is above zero throughout if it can be, the least is 1.52.
    """

    window_s: float = 1.0
    calm_share: float = 0.2
    low_g: float = 0.6
    high_g: float = 1.6
    least_g: float = 0.33
    most_g: float = 5.0
    clear: float = 0.6
    restless: float = 1.3
    wild: float = 4.0
    circling_g: float = 3.3
    steady: float = 0.15
    apart: float = 0.1
    even: float = 0.002
    turned: float = 0.05
    turning_rad_s: float = 40.0
    turning_deg_s: float = 4500.0
    middles_apart: float = 1.5


LIMITS = UnitLimits()
COUNTS_A_G = tuple(2**bits for bits in range(6, 15))  # of sensors of 16 bits, from 2 to 16 g, and of 8
COUNTS_OFF = 0.08  # error of a sensor at rest: uLift's bands show 9.3 to 10.5 m/s²
GUESSED = (Unit.G, Unit.MILLI_G, Unit.M_S2)  # gravity cannot tell the others: mm/s² look like counts
NEAR_CM = 0.01  # cm/s² and mg differ by 2 %: 981 at rest is read as cm/s², which if wrong is 2 % too large
RESTING = {unit: GRAVITY_M_S2 / TO_SI[unit] for unit in OF_ACCELERATION}  # what gravity is in each unit


@dataclass(frozen=True, slots=True)
class Calm:
    """The calm seconds of a channel.

    The size of the mean vector of a second while the device moves least, in the numbers as written; how much the sizes
    differ from each other, and the movement within the seconds, both over that size.
    """

    size: float
    spread: float
    unrest: float

    @property
    def clear(self) -> bool:
        """Whether what is left while nothing moves is gravity, in whatever unit."""
        return self.unrest < LIMITS.clear and self.spread < LIMITS.steady

    @property
    def unit(self) -> Unit | None:
        """The usual unit in which this is the size of gravity, if any."""
        if abs(self.in_g(Unit.CM_S2) - 1) < NEAR_CM:
            return Unit.CM_S2
        return next((unit for unit in GUESSED if self.fits(unit)), None)

    @property
    def counts_a_g(self) -> int | None:
        """How many counts of a raw sensor would be 1 g, if this were gravity in counts; None where no sensor has as
        many.
        """
        return next((count for count in COUNTS_A_G if abs(self.size / count - 1) < COUNTS_OFF), None)

    def fits(self, unit: Unit) -> bool:
        """Whether this is the size of gravity in this unit."""
        return LIMITS.low_g <= self.in_g(unit) <= LIMITS.high_g

    def in_g(self, unit: Unit) -> float:
        """The size in g, if the numbers are in this unit."""
        return self.size / RESTING[unit]


def calm(times_ns: np.ndarray, values: Array) -> Calm:
    """The Calm of cleaned samples, at least one."""
    windows = (times_ns - times_ns[0]) // int(LIMITS.window_s * NS)
    starts = np.flatnonzero(np.concatenate(([True], np.diff(windows) > 0)))
    counts = np.diff(np.append(starts, len(windows)))
    means = np.add.reduceat(values, starts, axis=0) / counts[:, None]
    squares = np.add.reduceat((values**2).sum(axis=1), starts) / counts
    unrest = squares - (means**2).sum(axis=1)
    full = counts >= 0.5 * np.median(counts)
    sizes = np.linalg.norm(means, axis=1)[full]
    order = np.argsort(unrest[full])[: max(1, int(np.ceil(LIMITS.calm_share * len(sizes))))]
    size = float(np.median(sizes[order]))
    if size == 0:
        return Calm(0.0, float("inf"), float("inf"))
    restless = float(np.sqrt(max(0.0, np.median(unrest[full][order]))))
    return Calm(size, float(np.std(sizes[order])) / size, restless / size)
