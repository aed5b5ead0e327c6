"""Make one log of the channels of one recording: the best acceleration, gravity added if it is separate, rotation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import OtherSensorsOnly, TooFewSamples, UnitUnsure, UnreadableLog
from pipeline.sensors.channels import ACCELERATIONS, Channel, Nanoseconds, Quantity, Unit, seconds
from pipeline.sensors.clean import cleaned
from pipeline.sensors.columns import ColumnChoice
from pipeline.sensors.holds import Held, listed
from pipeline.sensors.judge import doubts, require_enough
from pipeline.sensors.merge import agree, joined, rotation_on, with_gravity
from pipeline.sensors.ranges import drop_impossible
from pipeline.sensors.samples import Samples
from pipeline.sensors.units import (
    Settled,
    gravity_unit,
    is_gravity_alone,
    settle_acceleration,
    settle_rotation,
    settle_unknown,
    units_to_ask,
)
from pipeline.values import Array, Caveat, Doubt, MotionLog

HELD = {Quantity.ROTATION: Held.ROTATION, Quantity.GRAVITY: Held.GRAVITY}
MOST_ACCELERATIONS = 3  # raw, with and without gravity: what one device offers
WORN_FIRST = ("watch", "", "headphones")  # between devices with equally many sensors: a phone may lie on a bench


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One channel, cleaned, and what was wrong with it."""

    channel: Channel
    caveats: tuple[Caveat, ...] = ()


def compose(channels: Sequence[Channel], choice: ColumnChoice) -> MotionLog:
    """One log of the channels of one recording, beginning at time 0.

    Raises OtherSensorsOnly, TooFewSamples, TooSparse, LogTooLong, UnitUnsure, ImpossibleValues.
    """
    parts = [_known(_cleaned(channel), choice) for channel in joined(channels)]
    devices = _devices(parts)
    parts = [part for part in parts if part.channel.device == next(iter(devices), part.channel.device)]
    motion = _acceleration(parts, choice)
    require_enough(motion.channel.times_ns)
    rotation, about_rotation = _rotation(parts, motion.channel.times_ns)
    times_s = seconds(motion.channel.times_ns, int(motion.channel.times_ns[0]))
    has_gravity = motion.channel.quantity == Quantity.TOTAL
    said = (*motion.caveats, *_left_out(devices), *about_rotation, *doubts(times_s, motion.channel.values, has_gravity))
    return MotionLog(times_s, motion.channel.values, rotation, motion.channel.app, has_gravity, _once(said))


def _cleaned(channel: Channel) -> _Part:
    samples = cleaned(Samples(channel.times_ns, channel.values))
    return _Part(replace(channel, times_ns=samples.times_ns, values=samples.values), samples.caveats)


def _known(part: _Part, choice: ColumnChoice) -> _Part:
    """What three unnamed columns measure: by gravity, or by the unit that the user gave.

    A channel called acceleration that is gravity alone is recognised, too.
    """
    named = part.channel.quantity not in (Quantity.UNKNOWN, Quantity.ACCELERATION)
    if named or len(part.channel.times_ns) < 2:
        return part
    if is_gravity_alone(part.channel.values):
        return replace(part, channel=replace(part.channel, quantity=Quantity.GRAVITY))
    if part.channel.quantity == Quantity.ACCELERATION:
        return part
    found = settle_unknown(replace(part.channel, unit=choice.unit) if choice.unit else part.channel)
    if found is None:
        raise _unit_unsure(choice, (*units_to_ask(part.channel), Unit.RAD_S, Unit.DEG_S))
    return replace(part, channel=found)


def _devices(parts: Sequence[_Part]) -> dict[str, set[Quantity]]:
    """The channels of each device that recorded acceleration; the worn one first, then the one with most kinds of
    motion.
    """
    kinds: dict[str, set[Quantity]] = {}
    for part in parts:
        kinds.setdefault(part.channel.device, set()).add(part.channel.quantity)
    moving = [device for device, found in kinds.items() if found & {*ACCELERATIONS}]
    worn = {device: -place for place, device in enumerate(WORN_FIRST)}
    order = sorted(moving, key=lambda device: (worn.get(device, 0), len(kinds[device])), reverse=True)
    return {device: kinds[device] for device in order}


def _left_out(devices: Mapping[str, set[Quantity]]) -> Sequence[Caveat]:
    """The doubt that says how many other devices recorded as much; none for a phone beside its watch."""
    told, *others = devices.items() or [("", set())]
    alike = sum(kinds == told[1] and device not in WORN_FIRST for device, kinds in others)
    return [Caveat(Doubt.SEVERAL_RECORDINGS, {"count": alike})] if alike else []


def _of(parts: Sequence[_Part], *quantities: Quantity) -> list[_Part]:
    """The parts of these quantities, in their order, that have samples."""
    found = [part for part in parts if part.channel.quantity in quantities and len(part.channel.times_ns) > 1]
    return sorted(found, key=lambda part: quantities.index(part.channel.quantity))


def _acceleration(parts: Sequence[_Part], choice: ColumnChoice) -> _Part:
    """The first acceleration with gravity (or with gravity added); else the first without. In m/s²."""
    found = _of(parts, *ACCELERATIONS)
    if not found:
        raise _without(parts)
    gravity = next(iter(_of(parts, Quantity.GRAVITY)), None)
    settled = _all_settled(found[:MOST_ACCELERATIONS], gravity, choice)
    best = next((part for part in settled if part.channel.quantity == Quantity.TOTAL), settled[0])
    others = sum(not agree(best.channel, part.channel) for part in settled)
    several = (Caveat(Doubt.SEVERAL_RECORDINGS, {"count": others}),) if others else ()
    samples = drop_impossible(Samples(best.channel.times_ns, best.channel.values))
    channel = replace(best.channel, times_ns=samples.times_ns, values=samples.values)
    return _Part(channel, (*best.caveats, *samples.caveats, *several))


def _all_settled(found: Sequence[_Part], gravity: _Part | None, choice: ColumnChoice) -> list[_Part]:
    """Those whose unit and gravity are known. Raises the first one's error where there are none."""
    settled: list[_Part] = []
    problems: list[UnreadableLog] = []
    for part in found:
        try:
            settled.append(_settled(part, gravity, choice))
        except UnreadableLog as error:
            problems.append(error)
    if not settled:
        raise problems[0]
    return settled


def _without(parts: Sequence[_Part]) -> Exception:
    """The error that says why there is no acceleration: its rows were empty, or other sensors were recorded."""
    if any(part.channel.quantity in (*ACCELERATIONS, Quantity.UNKNOWN) for part in parts):
        return TooFewSamples(samples=0, seconds=0.0)
    return OtherSensorsOnly(holds=listed({HELD[part.channel.quantity] for part in parts}))


def _settled(part: _Part, gravity: _Part | None, choice: ColumnChoice) -> _Part:
    channel = replace(part.channel, unit=part.channel.unit or choice.unit)
    unit = gravity_unit(gravity.channel.values) if gravity else None
    found = settle_acceleration(channel, unit)
    if found is None:
        raise _unit_unsure(choice, units_to_ask(channel))
    if found.channel.quantity == Quantity.LINEAR and gravity and unit:
        found = Settled(with_gravity(found.channel, replace(gravity.channel, unit=unit).si()), found.caveats)
    return _Part(found.channel, (*part.caveats, *found.caveats))


def _rotation(parts: Sequence[_Part], times_ns: Nanoseconds) -> tuple[Array, tuple[Caveat, ...]]:
    """Rotation at these times, NaN where not measured; all zeros count as not measured."""
    found = next((part for part in _of(parts, Quantity.ROTATION) if part.channel.values.any()), None)
    if found is None:
        return np.full((len(times_ns), 3), np.nan), ()
    settled = settle_rotation(found.channel)
    if settled is None:
        return np.full((len(times_ns), 3), np.nan), (Caveat(Doubt.ROTATION_LEFT_OUT),)
    return rotation_on(settled, times_ns), ()


def _unit_unsure(choice: ColumnChoice, units: Sequence[Unit]) -> UnitUnsure:
    choices = " ".join(replace(choice, unit=unit).code for unit in units)
    return UnitUnsure(choices=choices, labels="|".join(units))


def _once(caveats: Sequence[Caveat]) -> tuple[Caveat, ...]:
    """One of each doubt, the first."""
    return tuple({caveat.doubt: caveat for caveat in reversed(caveats)}.values())[::-1]
