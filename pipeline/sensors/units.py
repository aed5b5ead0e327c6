"""Check the unit and the gravity of acceleration, by the size of gravity itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import ImpossibleValues
from pipeline.sensors.calm import COUNTS_A_G, LIMITS, RESTING, Calm, calm
from pipeline.sensors.channels import (
    ACCELERATIONS,
    NS,
    OF_ACCELERATION,
    OF_ROTATION,
    TO_SI,
    Channel,
    Quantity,
    Unit,
    readable,
)
from pipeline.values import Array, Caveat, Doubt


@dataclass(frozen=True, slots=True)
class Settled:
    """A channel in SI units whose quantity is known, and the corrections made."""

    channel: Channel
    caveats: tuple[Caveat, ...] = ()


def settle_acceleration(channel: Channel, beside: Unit | None = None) -> Settled | None:
    """The channel in m/s² as TOTAL or LINEAR; None where the user must be asked for the unit.

    A stated unit holds unless gravity contradicts it. Where none is stated, `beside` (the unit of a gravity sensor in
    the same recording) holds for acceleration without gravity. Raises ImpossibleValues where no unit makes sense.
    """
    found = calm(channel.times_ns, channel.values)
    said = channel.unit or beside
    if channel.quantity == Quantity.LINEAR:
        return _settle_linear(channel, found, beside)
    if said is None:
        if _zero_in_the_middle(channel.values):
            raise ImpossibleValues(found_g=round(found.in_g(found.unit or Unit.G), 2))
        unit = found.unit if channel.quantity == Quantity.TOTAL or found.clear else _by_size(found)
        counts_a_g = None if unit else _raw(channel, found)
        if counts_a_g:
            guessed = () if counts_a_g == found.counts_a_g else (Caveat(Doubt.UNIT_BY_GRAVITY),)
            return Settled(_as(replace(channel, values=channel.values / counts_a_g), Quantity.TOTAL, Unit.G), guessed)
        return Settled(_as(channel, Quantity.TOTAL, unit)) if unit else None
    if found.unit and not found.fits(said) and found.clear:
        corrected = Caveat(Doubt.UNIT_CORRECTED, {"said": said.value, "unit": found.unit.value})
        return Settled(_as(channel, Quantity.TOTAL, found.unit), (corrected,) if channel.unit else ())
    if channel.quantity == Quantity.ACCELERATION and _without_gravity(found, said):
        return Settled(_as(channel, Quantity.LINEAR, said))
    if found.fits(said) or (not found.clear and LIMITS.least_g <= found.in_g(said) <= LIMITS.most_g):
        return Settled(_as(channel, Quantity.TOTAL, said))
    raise ImpossibleValues(found_g=round(found.in_g(said), 2))


def units_to_ask(channel: Channel) -> tuple[Unit, ...]:
    """The units that the user may choose from; feet where gravity may be in them."""
    found = calm(channel.times_ns, channel.values)
    return (Unit.M_S2, Unit.G, *((Unit.FT_S2,) if found.clear and found.fits(Unit.FT_S2) else ()))


def settle_rotation(channel: Channel) -> Channel | None:
    """The channel in rad/s; None where no unit makes the numbers those of a gyroscope, or they are raw counts."""
    top = float(np.percentile(np.abs(channel.values), 99.9))
    unit = channel.unit if channel.unit in OF_ROTATION else None
    if unit is None and top > LIMITS.turning_rad_s and whole(channel.values):
        return None
    unit = unit or (Unit.DEG_S if top > LIMITS.turning_rad_s else Unit.RAD_S)
    return replace(channel, unit=unit).si() if top * TO_SI[unit] < np.radians(LIMITS.turning_deg_s) else None


def settle_unknown(channel: Channel) -> Channel | None:
    """The channel with the quantity that gravity, or the unit, shows; None where the user must be asked."""
    if channel.unit in OF_ROTATION:
        return replace(channel, quantity=Quantity.ROTATION)
    if channel.unit in OF_ACCELERATION:
        return replace(channel, quantity=Quantity.ACCELERATION)
    found = calm(channel.times_ns, channel.values)
    if _raw(channel, found):
        return replace(channel, quantity=Quantity.ACCELERATION)
    if found.unit is None or not found.clear:
        return None
    return replace(channel, quantity=Quantity.ACCELERATION)


def is_gravity_alone(values: Array) -> bool:
    """Whether the vector turns and never changes its length: an app removed the movement."""
    if len(values) < 2:
        return False
    sizes = np.linalg.norm(values, axis=1)
    size = float(sizes.mean())
    return float(sizes.std()) < LIMITS.even * size and float(values.std(axis=0).max()) > LIMITS.turned * size


def gravity_unit(values: Array) -> Unit | None:
    """The unit of a sensor that measures gravity alone; None where no unit fits."""
    size = float(np.median(np.linalg.norm(values, axis=1))) if len(values) else 0.0
    nearest = min(RESTING, key=lambda unit: abs(size / RESTING[unit] - 1))
    return nearest if abs(size / RESTING[nearest] - 1) < LIMITS.apart else None


def gravity_in(values: Array) -> bool:
    """Whether three columns (T, 3) contain gravity, whatever their clock: fifty rows are taken for a second."""
    values = values[readable(values)]
    if not len(values):
        return False
    found = calm(np.arange(len(values)) * (NS // 50), values)
    return found.clear and (found.unit is not None or (found.counts_a_g is not None and whole(values)))


def _raw(channel: Channel, found: Calm) -> float | None:
    """Counts of 1 g where whole numbers show gravity in a raw sensor's counts, and in no unit.

    Of a sensor whose range is no power of two, gravity as measured, where the columns are called acceleration.
    """
    if found.unit is not None or not found.clear or not whole(channel.values):
        return None
    by_gravity = found.size if found.size >= COUNTS_A_G[0] and channel.quantity in ACCELERATIONS else None
    return found.counts_a_g or by_gravity


def _zero_in_the_middle(values: Array) -> bool:
    """Whether these are counts of a converter whose zero is half its range: whole, none negative, about as many on
    every axis.

    None of 2785 recordings of uLift looks like that, whichever way each axis is turned.
    """
    middles = np.median(values, axis=0)
    alike = bool(middles.max() < LIMITS.middles_apart * middles.min())
    return alike and bool((values > 0).all()) and whole(values)


def whole(values: Array) -> bool:
    """Whether no number has decimals."""
    return bool((values == np.round(values)).all())


def _by_size(found: Calm) -> Unit | None:
    """m/s² where what is left is about ten.

    Movement alone leaves one or two, and nobody stands a second of ten g. Fists that circle throughout leave up to
    thirty.
    """
    size_g = found.in_g(Unit.M_S2)
    about_ten = found.unit == Unit.M_S2 and found.unrest < LIMITS.wild
    circling = LIMITS.high_g < size_g <= LIMITS.circling_g and found.unrest < LIMITS.restless
    return Unit.M_S2 if about_ten or circling else None


def _without_gravity(found: Calm, unit: Unit) -> bool:
    """Whether less than gravity is left while nothing moves, or the device never is calm and less than 1 g is left."""
    return found.in_g(unit) < LIMITS.least_g or (found.unrest > LIMITS.restless and found.in_g(unit) < 1.0)


def _settle_linear(channel: Channel, found: Calm, beside: Unit | None) -> Settled | None:
    said = channel.unit or beside or (found.unit if found.clear else None)  # some say "linear" of any acceleration
    if said is None:
        return None
    in_it = beside is None and found.fits(said) and found.clear
    return Settled(_as(channel, Quantity.TOTAL if in_it else Quantity.LINEAR, said))


def _as(channel: Channel, quantity: Quantity, unit: Unit) -> Channel:
    return replace(channel, quantity=quantity, unit=unit).si()
