"""From the channels of one recording to one log: the best acceleration, gravity added where it is apart, rotation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.errors import LogTooLong, OtherSensorsOnly, TooFewSamples, TooSparse, UnitUnsure
from pipeline.sensors import limits
from pipeline.sensors.channels import ACCELERATIONS, NS, Channel, Quantity, Unit, seconds
from pipeline.sensors.clean import LIMITS as CLEAN
from pipeline.sensors.clean import Samples, cleaned, drop_impossible, saturation
from pipeline.sensors.clock import gap_limit_s, gaps, step_s
from pipeline.sensors.columns import ColumnChoice
from pipeline.sensors.units import gravity_unit, settle_acceleration, settle_rotation
from pipeline.values import Array, Caveat, Doubt, MotionLog


@dataclass(frozen=True, slots=True)
class LogLimits:
    """What a log must have to be worth analysing.

    samples, duration_s: a quick punch takes half a second. rate_hz: at 5 Hz a squat of 2 s has ten samples; the
    slowest log that is counted well has 10 (Exermote). low_rate_hz: a punch of 0.3 s has six samples at 20 Hz.
    same_clock_s: two channels whose times differ by less were written as one row. still_m_s2: a phone on a bench shows
    0.05, the slowest set at hand 0.4.
    """

    samples: int = 10
    duration_s: float = 1.0
    rate_hz: float = 4.0
    low_rate_hz: float = 19.0
    still_m_s2: float = 0.15


LIMITS = LogLimits()


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """One channel, cleaned, and what was wrong with it."""

    channel: Channel
    caveats: tuple[Caveat, ...] = ()


def compose(channels: Sequence[Channel], choice: ColumnChoice) -> MotionLog:
    """One log of the channels of one recording.

    Of several accelerations the one with most beside it is taken: the wrist's fused sensors before a bare one. Raises
    OtherSensorsOnly, TooFewSamples, TooSparse, LogTooLong, UnitUnsure, ImpossibleValues.
    """
    parts = [_cleaned(channel) for channel in channels if len(channel.times_ns)]
    device = _best_device(parts)
    parts = [part for part in parts if part.channel.device == device]
    motion, caveats = _acceleration(parts, choice)
    _check(motion)
    times_ns, values = motion.times_ns, motion.values
    rotation, about_rotation = _rotation(parts, times_ns)
    times_s = seconds(times_ns, int(times_ns[0]))
    has_gravity = motion.quantity == Quantity.TOTAL
    said = (*caveats, *about_rotation, *_about(times_s, values, has_gravity))
    return MotionLog(times_s, values, rotation, motion.app, has_gravity, _once(said))


def _cleaned(channel: Channel) -> _Part:
    samples = cleaned(Samples(channel.times_ns, channel.values))
    return _Part(replace(channel, times_ns=samples.times_ns, values=samples.values), samples.caveats)


def _best_device(parts: Sequence[_Part]) -> str:
    """Where several devices were recorded at once: the one with the most kinds of motion, the first of equals."""
    kinds: dict[str, set[Quantity]] = {}
    for part in parts:
        kinds.setdefault(part.channel.device, set()).add(part.channel.quantity)
    moving = {device: found for device, found in kinds.items() if found & {*ACCELERATIONS}}
    return max(moving, key=lambda device: len(moving[device]), default="")


def _of(parts: Sequence[_Part], *quantities: Quantity) -> list[_Part]:
    return [part for part in parts if part.channel.quantity in quantities and len(part.channel.times_ns) > 1]


def _acceleration(parts: Sequence[_Part], choice: ColumnChoice) -> tuple[Channel, tuple[Caveat, ...]]:
    found = _of(parts, *ACCELERATIONS)
    if not found:
        short = [part for part in parts if part.channel.quantity in ACCELERATIONS]
        if short:
            raise TooFewSamples(samples=len(short[0].channel.times_ns), seconds=0)
        raise OtherSensorsOnly(holds=" ".join(sorted({part.channel.quantity.value for part in parts})))
    found.sort(key=lambda part: ACCELERATIONS.index(part.channel.quantity))
    gravity = _of(parts, Quantity.GRAVITY)
    settled = [_settled(part, gravity[0] if gravity else None, choice) for part in found]
    motion, caveats = next((each for each in settled if each[0].quantity == Quantity.TOTAL), settled[0])
    samples = drop_impossible(Samples(motion.times_ns, motion.values))
    return replace(motion, times_ns=samples.times_ns, values=samples.values), (*caveats, *samples.caveats)


def _settled(part: _Part, gravity: _Part | None, choice: ColumnChoice) -> tuple[Channel, tuple[Caveat, ...]]:
    channel = part.channel if choice.unit is None else replace(part.channel, unit=choice.unit)
    if gravity and channel.quantity == Quantity.LINEAR:
        unit = gravity_unit(gravity.channel.values)
        if unit:
            own = channel if channel.unit else replace(channel, unit=unit)
            return _with_gravity(own.si(), replace(gravity.channel, unit=unit).si()), part.caveats
    found = settle_acceleration(channel)
    if found is None:
        choices = [replace(choice, unit=unit) for unit in (Unit.M_S2, Unit.G)]
        raise UnitUnsure(choices=" ".join(each.code for each in choices), labels=f"{Unit.M_S2}|{Unit.G}")
    return found[0], (*part.caveats, *found[1])


def _with_gravity(channel: Channel, gravity: Channel) -> Channel:
    """The sum, where gravity was measured around the same time; the channel alone where it was not."""
    added, known = _interpolated(gravity, channel.times_ns)
    if known.mean() < 0.5:
        return channel
    return replace(
        channel,
        quantity=Quantity.TOTAL,
        times_ns=channel.times_ns[known],
        values=(channel.values + added)[known],
    )


def _rotation(parts: Sequence[_Part], times_ns: np.ndarray) -> tuple[Array, tuple[Caveat, ...]]:
    """Rotation at the given times, NaN where it was not measured."""
    found = _of(parts, Quantity.ROTATION)
    nothing = np.full((len(times_ns), 3), np.nan)
    if not found:
        return nothing, ()
    rotation = settle_rotation(found[0].channel)
    if rotation is None or not rotation.values.any():
        return nothing, ()
    values, known = _interpolated(rotation, times_ns)
    values[~known] = np.nan
    return values, ()


def _interpolated(channel: Channel, times_ns: np.ndarray) -> tuple[Array, np.ndarray]:
    """(T, 3) on the line between its samples, and (T,) where that line bridges no gap."""
    origin = int(times_ns[0])
    at, own = seconds(times_ns, origin), seconds(channel.times_ns, origin)
    values = np.column_stack([np.interp(at, own, column) for column in channel.values.T])
    after = np.clip(np.searchsorted(own, at), 1, len(own) - 1)
    slack = gap_limit_s(own)
    near = (
        (own[after] - own[after - 1] <= slack) | (np.abs(own[after] - at) < 1e-9) | (np.abs(own[after - 1] - at) < 1e-9)
    )
    inside = (at >= own[0] - step_s(own)) & (at <= own[-1] + step_s(own))
    return values, near & inside


def _check(motion: Channel) -> None:
    """Raises TooFewSamples, TooSparse, LogTooLong for what cannot be analysed."""
    count = len(motion.times_ns)
    duration_s = float(motion.times_ns[-1] - motion.times_ns[0]) / NS if count else 0.0
    if count < LIMITS.samples or duration_s < LIMITS.duration_s:
        raise TooFewSamples(samples=count, seconds=round(duration_s, 1))
    rate_hz = 1.0 / step_s(seconds(motion.times_ns, int(motion.times_ns[0])))
    if rate_hz < LIMITS.rate_hz:
        raise TooSparse(rate_hz=round(rate_hz, 2), wanted_hz=20)
    limit_s = limits.LIMITS.duration_s
    if duration_s > limit_s or count > limits.LIMITS.rows:
        raise LogTooLong(hours=round(duration_s / 3600, 1), limit_hours=round(limit_s / 3600))


def _about(times_s: Array, values: Array, has_gravity: bool) -> tuple[Caveat, ...]:
    """What the cleaned log still lacks."""
    said = list(saturation(values))
    holes = np.diff(times_s)[gaps(times_s)]
    long_ones = holes[holes > CLEAN.gap_said_s]
    if len(long_ones):
        facts = {"count": len(long_ones), "seconds": round(float(long_ones.max()))}
        said.append(Caveat(Doubt.LOG_GAPS, facts))
    rate_hz = 1.0 / step_s(times_s)
    if rate_hz < LIMITS.low_rate_hz:
        said.append(Caveat(Doubt.LOW_LOG_RATE, {"rate_hz": round(rate_hz)}))
    if not has_gravity:
        said.append(Caveat(Doubt.GRAVITY_LEFT_OUT))
    if float(np.std(np.linalg.norm(values, axis=1))) < LIMITS.still_m_s2:
        said.append(Caveat(Doubt.DEVICE_STILL))
    return tuple(said)


def _once(caveats: Sequence[Caveat]) -> tuple[Caveat, ...]:
    """One of each doubt, the first."""
    return tuple({caveat.doubt: caveat for caveat in reversed(caveats)}.values())[::-1]
