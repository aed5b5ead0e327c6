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
    """When gravity is taken to be in the numbers. Figures: 1448 recordings of seven sets, four logs without gravity.

    window_s: over a second an arm's own acceleration nearly cancels, gravity does not. calm_share: in the calmest fifth
    of a set (turning points, pauses) the mean is within low_g to high_g in 97 of 100; lifting and jumping with
    circling arms throughout reaches 0.25 and 3.9 g, so what the file says holds from least_g to most_g. clear: the
    unrest within those seconds over their mean; under it in 90 of 100 sets with gravity, never without (0.7 to 42).
    restless: above it in no set with gravity where less than 1 g is left. wild: above it in none of 24 recordings of
    punches, whatever rate their user names. steady: the spread of the calm seconds.
    apart: how far a sensor of gravity alone is from 1 g. turning_rad_s: 2000 degrees a second, the widest range of the
    gyroscopes at hand, is 35 rad/s; who moves turns quicker than 40 degrees a second. turning_deg_s: none measures
    above 4000.
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
    """The mean vector of a second, while the device moves least: its size in the numbers as written, how much the
    sizes differ from each other, and the movement within the seconds, both over that size."""

    size: float
    spread: float
    unrest: float

    @property
    def clear(self) -> bool:
        """True where what is left while nothing moves is gravity, whatever its unit."""
        return self.unrest < LIMITS.clear and self.spread < LIMITS.steady

    @property
    def unit(self) -> Unit | None:
        """The unit in which this is the size of gravity, if any."""
        return next((unit for unit in OF_ACCELERATION if LIMITS.low_g <= self.in_g(unit) <= LIMITS.high_g), None)

    def in_g(self, unit: Unit) -> float:
        """The size, were it in this unit."""
        return self.size / RESTING[unit]


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
    order = np.argsort(unrest[full])[: max(1, int(np.ceil(LIMITS.calm_share * len(sizes))))]
    size = float(np.median(sizes[order]))
    if size == 0:
        return Calm(0.0, float("inf"), float("inf"))
    restless = float(np.sqrt(max(0.0, np.median(unrest[full][order]))))
    return Calm(size, float(np.std(sizes[order])) / size, restless / size)


def settle_acceleration(channel: Channel, beside: Unit | None = None) -> Settled | None:
    """The channel in m/s² as TOTAL or LINEAR; None where only its user can tell the unit.

    A unit that is said holds unless gravity contradicts it; where none is said, `beside`, that of a sensor of gravity
    in the same recording, holds for acceleration without gravity. Raises ImpossibleValues where no unit makes sense.
    """
    found = calm(channel.times_ns, channel.values)
    said = channel.unit or beside
    if channel.quantity == Quantity.LINEAR:
        return _settle_linear(channel, found, beside)
    if said is None:
        unit = found.unit if channel.quantity == Quantity.TOTAL or found.clear else _by_size(found)
        return Settled(_as(channel, Quantity.TOTAL, unit)) if unit else None
    if found.unit and found.unit != said and found.clear:
        corrected = Caveat(Doubt.UNIT_CORRECTED, {"said": said.value, "unit": found.unit.value})
        return Settled(_as(channel, Quantity.TOTAL, found.unit), (corrected,) if channel.unit else ())
    if channel.quantity == Quantity.ACCELERATION and _without_gravity(found, said):
        return Settled(_as(channel, Quantity.LINEAR, said))
    if found.unit == said or (not found.clear and LIMITS.least_g <= found.in_g(said) <= LIMITS.most_g):
        return Settled(_as(channel, Quantity.TOTAL, said))
    raise ImpossibleValues(found_g=round(found.in_g(said), 2))


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
    if found.unit is None or not found.clear:
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
    return found.unit is not None and found.clear


def _by_size(found: Calm) -> Unit | None:
    """m/s² where what is left is about ten: of those movement alone leaves one or two, and nobody stands a second of
    ten g. Fists that circle throughout leave up to thirty."""
    size_g = found.in_g(Unit.M_S2)
    about_ten = found.unit == Unit.M_S2 and found.unrest < LIMITS.wild
    circling = LIMITS.high_g < size_g <= LIMITS.circling_g and found.unrest < LIMITS.restless
    return Unit.M_S2 if about_ten or circling else None


def _without_gravity(found: Calm, unit: Unit) -> bool:
    """Less than gravity is left while nothing moves, or the device never is that calm and less than 1 g is left."""
    return found.in_g(unit) < LIMITS.least_g or (found.unrest > LIMITS.restless and found.in_g(unit) < 1.0)


def _settle_linear(channel: Channel, found: Calm, beside: Unit | None) -> Settled | None:
    said = channel.unit or beside
    if said is None:
        return None
    in_it = beside is None and found.unit == said and found.clear
    return Settled(_as(channel, Quantity.TOTAL if in_it else Quantity.LINEAR, said))


def _as(channel: Channel, quantity: Quantity, unit: Unit) -> Channel:
    return replace(channel, quantity=quantity, unit=unit).si()
