"""Whether numbers are in the unit, and hold the gravity, that they are said to: gravity itself is the yardstick."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import ImpossibleValues
from pipeline.sensors.cells import Cell
from pipeline.sensors.channels import (
    GRAVITY_M_S2,
    NS,
    OF_ACCELERATION,
    OF_ROTATION,
    TO_SI,
    Channel,
    Quantity,
    Unit,
    readable,
)
from pipeline.sensors.table import Table
from pipeline.values import Array, Caveat, Doubt


@dataclass(frozen=True, slots=True)
class UnitLimits:
    """When gravity is taken to be in the numbers.

    window_s: over a second an arm's own acceleration nearly cancels, gravity does not. calm_share: the calmest fifth
    of a set (turning points, pauses) shows gravity within 10 %; uLift's bands read 9.3 to 10.5 at rest. low_g, high_g:
    in the wildest logs at hand (jumping jacks, punches) the calmest fifth stays above 0.6 and below 1.5. steady: the
    spread of the calm fifth over its size; without gravity it is above 0.3. apart: how far a sensor of gravity alone
    is from 1 g. turning_rad_s: 2000 degrees a second, the widest range of the gyroscopes at hand, is 35 rad/s; who
    moves turns quicker than 40 degrees a second. turning_deg_s: no gyroscope measures above 4000.
    """

    window_s: float = 1.0
    calm_share: float = 0.2
    low_g: float = 0.5
    high_g: float = 1.6
    steady: float = 0.15
    apart: float = 0.1
    turning_rad_s: float = 40.0
    turning_deg_s: float = 4500.0


LIMITS = UnitLimits()
RESTING = {Unit.M_S2: GRAVITY_M_S2, Unit.G: 1.0, Unit.MILLI_G: 1000.0}  # what gravity is in each unit


@dataclass(frozen=True, slots=True)
class Settled:
    """A channel in SI units whose meaning is known, and what had to be corrected."""

    channel: Channel
    caveats: tuple[Caveat, ...] = ()


@dataclass(frozen=True, slots=True)
class Calm:
    """The mean vector's size over the calmest seconds, in the numbers as written, and its spread over its size."""

    size: float
    spread: float

    @property
    def steady(self) -> bool:
        return self.spread < LIMITS.steady

    def shows(self, unit: Unit) -> bool:
        """True where this is gravity in that unit."""
        return LIMITS.low_g * RESTING[unit] <= self.size <= LIMITS.high_g * RESTING[unit]

    @property
    def unit(self) -> Unit | None:
        """The unit in which this is gravity, if any."""
        return next((unit for unit in OF_ACCELERATION if self.shows(unit)), None)


def calm(times_ns: np.ndarray, values: Array) -> Calm:
    """How large the mean vector of a second is while the device moves least; of cleaned samples, at least one."""
    windows = (times_ns - times_ns[0]) // int(LIMITS.window_s * NS)
    starts = np.flatnonzero(np.concatenate(([True], np.diff(windows) > 0)))
    counts = np.diff(np.append(starts, len(windows)))
    means = np.add.reduceat(values, starts, axis=0) / counts[:, None]
    squares = np.add.reduceat((values**2).sum(axis=1), starts) / counts
    unrest = squares - (means**2).sum(axis=1)
    full = counts >= 0.5 * np.median(counts)
    sizes = np.linalg.norm(means, axis=1)[full]
    calmest = sizes[np.argsort(unrest[full])][: max(1, int(np.ceil(LIMITS.calm_share * len(sizes))))]
    size = float(np.median(calmest))
    return Calm(size, float(np.std(calmest)) / size if size > 0 else float("inf"))


def settle_acceleration(channel: Channel, beside: Unit | None = None) -> Settled | None:
    """The channel in m/s² as TOTAL or LINEAR; None where only its user can tell the unit.

    A unit that is said holds unless gravity contradicts it; where none is said, `beside`, that of a sensor of gravity
    in the same recording, holds for acceleration without gravity. Raises ImpossibleValues where no unit makes sense.
    """
    found = calm(channel.times_ns, channel.values)
    if channel.quantity == Quantity.LINEAR:
        return _settle_linear(channel, found, beside)
    said = channel.unit
    if said and found.shows(said):
        return Settled(_as(channel, Quantity.TOTAL, said))
    if found.unit and (said is None or found.steady):
        caveats = (Caveat(Doubt.UNIT_CORRECTED, {"said": said.value, "unit": found.unit.value}),) if said else ()
        return Settled(_as(channel, Quantity.TOTAL, found.unit), caveats)
    said = said or beside
    if said is None:
        return None
    if channel.quantity == Quantity.ACCELERATION and found.size * TO_SI[said] < LIMITS.low_g * GRAVITY_M_S2:
        return Settled(_as(channel, Quantity.LINEAR, said))
    raise ImpossibleValues(found_g=round(found.size * TO_SI[said] / GRAVITY_M_S2, 2))


def settle_rotation(channel: Channel) -> Channel | None:
    """The channel in rad/s; None where the numbers are those of no gyroscope in any unit."""
    top = float(np.percentile(np.abs(channel.values), 99.9))
    unit = channel.unit if channel.unit in OF_ROTATION else None
    unit = unit or (Unit.DEG_S if top > LIMITS.turning_rad_s else Unit.RAD_S)
    return replace(channel, unit=unit).si() if top * TO_SI[unit] < np.radians(LIMITS.turning_deg_s) else None


def settle_unknown(channel: Channel) -> Channel | None:
    """With the quantity that gravity, or the unit, shows; None where only the user can tell."""
    if channel.unit in OF_ROTATION:
        return replace(channel, quantity=Quantity.ROTATION)
    if channel.unit in OF_ACCELERATION:
        return replace(channel, quantity=Quantity.ACCELERATION)
    found = calm(channel.times_ns, channel.values)
    if found.unit is None or not found.steady:
        return None
    alone = np.std(np.linalg.norm(channel.values, axis=1)) < 0.002 * found.size
    return replace(channel, quantity=Quantity.GRAVITY if alone else Quantity.ACCELERATION)


def gravity_unit(values: Array) -> Unit | None:
    """The unit of a sensor that shows gravity and nothing else."""
    size = float(np.median(np.linalg.norm(values, axis=1))) if len(values) else 0.0
    return next((unit for unit, resting in RESTING.items() if abs(size / resting - 1) < LIMITS.apart), None)


def gravity_in(table: Table, columns: tuple[int, int, int]) -> bool:
    """True where three columns of a table hold gravity, whatever their clock: fifty rows are taken for a second."""
    parsed = table.parse(dict.fromkeys(columns, Cell.NUMBER))
    values = np.column_stack([parsed[column] for column in columns])
    values = values[readable(values)]
    if not len(values):
        return False
    found = calm(np.arange(len(values)) * (NS // 50), values)
    return found.unit is not None and found.steady


def _settle_linear(channel: Channel, found: Calm, beside: Unit | None) -> Settled | None:
    said = channel.unit or beside
    if said is None:
        return None
    in_it = beside is None and found.shows(said) and found.steady
    return Settled(_as(channel, Quantity.TOTAL if in_it else Quantity.LINEAR, said))


def _as(channel: Channel, quantity: Quantity, unit: Unit) -> Channel:
    return replace(channel, quantity=quantity, unit=unit).si()
