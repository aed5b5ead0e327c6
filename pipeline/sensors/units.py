"""Whether numbers are in the unit, and hold the gravity, that they are said to: gravity itself is the yardstick."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import ImpossibleValues
from pipeline.sensors.channels import GRAVITY_M_S2, NS, OF_ACCELERATION, OF_ROTATION, TO_SI, Channel, Quantity, Unit
from pipeline.values import Array, Caveat, Doubt


@dataclass(frozen=True, slots=True)
class UnitLimits:
    """When gravity is taken to be in the numbers.

    window_s: over a second an arm's own acceleration nearly cancels, gravity does not. calm_share: the calmest fifth
    of a set (turning points, pauses) shows gravity within 10 %; uLift's bands read 9.3 to 10.5 at rest. low_g, high_g:
    in the wildest logs at hand (jumping jacks, punches) the calmest fifth stays above 0.6 and below 1.5. steady: the
    spread of the calm fifth, over its size; without gravity it is above 0.3. turning_rad_s: 2000 degrees a second is
    the widest range of any gyroscope at hand, 35 rad/s. turning_deg_s: whoever moves turns quicker than 60 a second.
    """

    window_s: float = 1.0
    calm_share: float = 0.2
    low_g: float = 0.5
    high_g: float = 1.6
    steady: float = 0.15
    turning_rad_s: float = 40.0


LIMITS = UnitLimits()
RESTING = {Unit.M_S2: GRAVITY_M_S2, Unit.G: 1.0, Unit.MILLI_G: 1000.0}  # what a scale shows of gravity in each unit


@dataclass(frozen=True, slots=True)
class Calm:
    """The mean vector's size over the calmest seconds, in the numbers as written, and its spread over its size."""

    size: float
    spread: float

    def shows(self, unit: Unit) -> bool:
        """True where this is gravity in that unit."""
        resting = RESTING[unit]
        return LIMITS.low_g * resting <= self.size <= LIMITS.high_g * resting


def calm(channel: Channel) -> Calm:
    """How large the mean vector of a second is while the device moves least; of cleaned samples."""
    windows = (channel.times_ns - channel.times_ns[0]) // int(LIMITS.window_s * NS)
    starts = np.flatnonzero(np.concatenate(([True], np.diff(windows) > 0)))
    counts = np.diff(np.append(starts, len(windows)))
    sums = np.add.reduceat(channel.values, starts, axis=0)
    squares = np.add.reduceat((channel.values**2).sum(axis=1), starts)
    means = sums / counts[:, None]
    unrest = squares / counts - (means**2).sum(axis=1)
    full = counts >= 0.5 * np.median(counts)
    sizes = np.linalg.norm(means, axis=1)[full]
    calmest = sizes[np.argsort(unrest[full])][: max(1, int(np.ceil(LIMITS.calm_share * len(sizes))))]
    size = float(np.median(calmest))
    return Calm(size, float(np.std(calmest)) / size if size > 0 else float("inf"))


def settle_acceleration(channel: Channel) -> tuple[Channel, tuple[Caveat, ...]] | None:
    """The channel in m/s² as TOTAL or LINEAR, and what was corrected; None where only its user can tell the unit.

    A unit that is said holds unless gravity contradicts it. Raises ImpossibleValues where no unit makes sense.
    """
    found = calm(channel)
    if channel.quantity == Quantity.LINEAR:
        return _settle_linear(channel, found)
    said = channel.unit
    if said and found.shows(said):
        return _as(channel, Quantity.TOTAL, said), ()
    seen = next((unit for unit in OF_ACCELERATION if found.shows(unit)), None)
    if said is None:
        return (_as(channel, Quantity.TOTAL, seen), ()) if seen else None
    if seen and found.spread < LIMITS.steady:
        return _as(channel, Quantity.TOTAL, seen), (Caveat(Doubt.UNIT_CORRECTED, {"said": said, "unit": seen}),)
    if found.size * TO_SI[said] < LIMITS.low_g * GRAVITY_M_S2 and channel.quantity == Quantity.ACCELERATION:
        return _as(channel, Quantity.LINEAR, said), ()
    raise ImpossibleValues(found_g=round(found.size * TO_SI[said] / GRAVITY_M_S2, 2))


def settle_rotation(channel: Channel) -> Channel | None:
    """The channel in rad/s; None where its unit can neither be read nor told from the numbers."""
    if channel.unit in OF_ROTATION:
        return channel.si()
    top = float(np.percentile(np.abs(channel.values), 99.9)) if len(channel.values) else 0.0
    unit = Unit.DEG_S if top > LIMITS.turning_rad_s else Unit.RAD_S
    return replace(channel, unit=unit).si()


def gravity_unit(values: Array) -> Unit | None:
    """The unit of a sensor that shows gravity and nothing else."""
    size = float(np.nanmedian(np.linalg.norm(values, axis=1))) if len(values) else 0.0
    return next((unit for unit, resting in RESTING.items() if abs(size / resting - 1) < 0.1), None)


def _settle_linear(channel: Channel, found: Calm) -> tuple[Channel, tuple[Caveat, ...]] | None:
    said = channel.unit
    if said is None:
        return None
    if found.shows(said) and found.spread < LIMITS.steady:
        return _as(channel, Quantity.TOTAL, said), ()
    return _as(channel, Quantity.LINEAR, said), ()


def _as(channel: Channel, quantity: Quantity, unit: Unit) -> Channel:
    return replace(channel, quantity=quantity, unit=unit).si()
