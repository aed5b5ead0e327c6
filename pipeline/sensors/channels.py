"""The data of one sensor: three axes on a clock of its own, with the unit and the meaning that the file gives."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from pipeline.values import Array

Nanoseconds = npt.NDArray[np.int64]

GRAVITY_M_S2 = 9.80665  # standard gravity, as every app here has it
NS = 1_000_000_000
LARGEST = 1e5  # a raw count has 16 bits; thousandths of g, and degrees a second, stay below it too
MISSING_NS = int(np.iinfo(np.int64).min)  # where no time was written


class Quantity(StrEnum):
    """What three columns measure."""

    ACCELERATION = "acceleration"  # with gravity or without: the numbers tell
    TOTAL = "total"  # with gravity, says the file
    LINEAR = "linear"  # without gravity, says the file
    GRAVITY = "gravity"
    ROTATION = "rotation"
    OTHER = "other"
    UNKNOWN = "unknown"


ACCELERATIONS = (Quantity.TOTAL, Quantity.ACCELERATION, Quantity.LINEAR)


class Unit(StrEnum):
    """The units that exports use, as they are written on a button."""

    G = "g"
    MILLI_G = "mg"
    M_S2 = "m/s²"
    CM_S2 = "cm/s²"
    MM_S2 = "mm/s²"
    FT_S2 = "ft/s²"
    RAD_S = "rad/s"
    DEG_S = "°/s"


TO_SI = {
    Unit.G: GRAVITY_M_S2,
    Unit.MILLI_G: GRAVITY_M_S2 / 1000,
    Unit.M_S2: 1.0,
    Unit.CM_S2: 0.01,
    Unit.MM_S2: 0.001,
    Unit.FT_S2: 0.3048,
    Unit.RAD_S: 1.0,
    Unit.DEG_S: float(np.pi / 180),
}
OF_ACCELERATION = (Unit.G, Unit.MILLI_G, Unit.M_S2, Unit.CM_S2, Unit.MM_S2, Unit.FT_S2)
OF_ROTATION = (Unit.RAD_S, Unit.DEG_S)


@dataclass(frozen=True, slots=True, eq=False)
class Channel:
    """times_ns (T,) of any origin, the same for all channels of a recording; values (T, 3) in x, y, z, as written.

    NaN where a cell held no number. unit is None where the file does not say. device tells several devices apart.
    """

    quantity: Quantity
    times_ns: Nanoseconds
    values: Array
    unit: Unit | None
    app: str
    device: str = ""

    def si(self) -> Channel:
        """The channel in m/s² or rad/s; unchanged where the unit is unknown."""
        if self.unit is None:
            return self
        si_unit = Unit.M_S2 if self.unit in OF_ACCELERATION else Unit.RAD_S
        return replace(self, values=self.values * TO_SI[self.unit], unit=si_unit)


def readable(values: Array) -> npt.NDArray[np.bool_]:
    """(T,) True where all values of a row are finite numbers that a sensor may give in some unit."""
    return np.asarray((np.abs(values) < LARGEST).all(axis=1))


def seconds(times_ns: Nanoseconds, origin_ns: int) -> Array:
    """Seconds since the origin, exact to the nanosecond: integers are subtracted, never floats."""
    return (times_ns - origin_ns) / NS
