"""Sensor Logger (phone and watch): one table a sensor with Unix nanoseconds, `z,y,x`, told apart by file name.

Units after the app's own reference (github.com/tszheichoi/awesome-sensor-logger, UNITS.md): calibrated acceleration and
gravity in m/s², uncalibrated in g on iOS unless "Standardise Units & Frames" is on, wrist in g unless it is, gravity of
headphones always in m/s². What the numbers themselves show of gravity decides where file and metadata do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np

from pipeline.sensors.channels import Channel, Quantity, Unit
from pipeline.sensors.extract import extract
from pipeline.sensors.headers import Triple, triples
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import Clock, find_clock
from pipeline.sensors.units import gravity_unit

APP = "Sensor Logger"
# the longer name first: each is looked for at the start of the file's name
SENSORS: tuple[tuple[str, Quantity, Unit | None, str], ...] = (
    ("watchaccelerometeruncalibrated", Quantity.TOTAL, None, "watch"),
    ("watchgyroscopeuncalibrated", Quantity.ROTATION, Unit.RAD_S, "watch"),
    ("watchtotalacceleration", Quantity.TOTAL, None, "watch"),
    ("watchaccelerometer", Quantity.LINEAR, None, "watch"),
    ("watchgravity", Quantity.GRAVITY, None, "watch"),
    ("watchgyroscope", Quantity.ROTATION, Unit.RAD_S, "watch"),
    ("accelerometeruncalibrated", Quantity.TOTAL, None, ""),
    ("totalacceleration", Quantity.TOTAL, Unit.M_S2, ""),
    ("accelerometer", Quantity.LINEAR, Unit.M_S2, ""),
    ("gravity", Quantity.GRAVITY, Unit.M_S2, ""),
    ("gyroscopeuncalibrated", Quantity.ROTATION, Unit.RAD_S, ""),
    ("gyroscope", Quantity.ROTATION, Unit.RAD_S, ""),
)
OTHERS = ("magnetometer", "orientation", "location", "barometer", "compass", "pedometer", "heartrate", "watch")


def claims(table: Table) -> bool:
    """True for a table that the app wrote, or that was saved again with its columns."""
    return table.column("seconds_elapsed") is not None


def channels(table: Table, metadata: Mapping[str, str]) -> tuple[Channel, ...]:
    """The motion sensors of one file; none for the other sensors the app writes. metadata is what Metadata.csv says."""
    clock = find_clock(table, ("time", "seconds_elapsed"))
    sensor = table.column("sensor")
    if sensor is not None:
        return _long(table, clock, sensor)
    wide = tuple(triple for triple in triples(table.header) if triple.quantity != Quantity.OTHER)
    if any(triple.stem for triple in wide):
        return _fused(extract(table, clock, tuple(map(_own, wide)), APP) or ())
    found = _sensor(PurePosixPath(table.name).stem)
    if not wide or found is None:
        return ()
    return extract(table, clock, (Triple(found[0], wide[0].columns, found[1], device=found[2]),), APP) or ()


def _sensor(stem: str) -> tuple[Quantity, Unit | None, str] | None:
    """What the file's name says; UNKNOWN for a name of the user's own, None for a sensor that is no motion."""
    name = re.sub(r"[^a-z]", "", stem.lower())
    for start, quantity, unit, device in SENSORS:
        if start in name:
            return quantity, unit, device
    return None if any(other in name for other in OTHERS) else (Quantity.UNKNOWN, None, "")


def _own(triple: Triple) -> Triple:
    """accelerationX beside gravityX is without gravity; a stem of its own in a merged table names the sensor."""
    named = _sensor(triple.stem)
    if triple.stem == "acceleration":
        return replace(triple, quantity=Quantity.LINEAR, device="watch")
    if triple.stem in ("gravity", "rotationrate"):
        return replace(triple, device="watch")
    if named and named[0] != Quantity.UNKNOWN:
        return replace(triple, quantity=named[0], unit=named[1], device=named[2])
    return triple


def _fused(found: Sequence[Channel]) -> tuple[Channel, ...]:
    """The wrist's acceleration and gravity bear the same unit, which gravity shows."""
    gravity = next((channel for channel in found if channel.quantity == Quantity.GRAVITY), None)
    unit = gravity_unit(gravity.values) if gravity else None
    return tuple(
        replace(channel, unit=unit) if channel.unit is None and channel.quantity == Quantity.LINEAR else channel
        for channel in found
    )


def _long(table: Table, clock: Clock | None, sensor: int) -> tuple[Channel, ...]:
    """One row a sample of whichever sensor: the combined table."""
    names = table.parse({sensor: _texts})[sensor]
    return tuple(
        replace(channel, times_ns=channel.times_ns[rows], values=channel.values[rows])
        for name in dict.fromkeys(names.tolist())
        for channel in _of_sensor(table, clock, str(name))
        for rows in [names == name]
    )


def _of_sensor(table: Table, clock: Clock | None, name: str) -> tuple[Channel, ...]:
    found = _sensor(name)
    plain = next((triple for triple in triples(table.header) if not triple.stem), None)
    if found is None or found[0] == Quantity.UNKNOWN or plain is None:
        return ()
    return extract(table, clock, (Triple(found[0], plain.columns, found[1], device=found[2]),), APP) or ()


def _texts(cells: Sequence[str]) -> np.ndarray:
    return np.array([cell.strip().strip('"') for cell in cells])
