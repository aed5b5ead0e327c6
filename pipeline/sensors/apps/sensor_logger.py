"""Sensor Logger (phone and watch): one table a sensor with Unix nanoseconds, `z,y,x`, told apart by file name.

Units after the app's own reference (github.com/tszheichoi/awesome-sensor-logger, UNITS.md): calibrated acceleration and
gravity in m/s², uncalibrated in g on iOS unless "Standardise Units & Frames" is on, wrist in g unless it is, gravity of
headphones always in m/s². What the numbers themselves show of gravity decides where file and metadata do not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from pipeline.sensors.apps.reader import motion_heads
from pipeline.sensors.cells import Cell
from pipeline.sensors.channels import Channel, Quantity, Unit
from pipeline.sensors.context import Context
from pipeline.sensors.extract import extract
from pipeline.sensors.headers import Triple
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import find_clock

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
    """True for a table that the app wrote, or that was saved again with its columns; pushed json lacks one of them."""
    pushed = table.name.endswith(".json") and _sensor(PurePosixPath(table.name).stem, Context())
    return table.column("seconds_elapsed") is not None or bool(pushed and pushed.quantity != Quantity.UNKNOWN)


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """The motion sensors of one file, of a merged table or of a long one; none for the app's other sensors."""
    sensor = table.column("sensor")
    if sensor is not None:
        return _long(table, sensor, context)
    heads = motion_heads(table)
    if any(triple.stem == "acceleration" for triple in heads):
        return _fused(table, heads, context)
    if any(triple.stem for triple in heads):
        return _merged(table, heads, context)
    found = _sensor(PurePosixPath(table.name).stem, context)
    return _extracted(table, [replace(found, columns=heads[0].columns)]) if heads and found else ()


def _extracted(table: Table, heads: Sequence[Triple]) -> tuple[Channel, ...]:
    return extract(table, find_clock(table, ("time", "seconds_elapsed")), heads, APP) or ()


def _sensor(name: str, context: Context) -> Triple | None:
    """What the name of a file, or of a sensor in one, says; UNKNOWN for the user's own, None where it is no motion."""
    plain = re.sub(r"[^a-z]", "", name.lower())
    for word, quantity, unit, device in SENSORS:
        if word in plain:
            told = unit or (context.uncalibrated if quantity == Quantity.TOTAL else None)
            return Triple(quantity, (0, 0, 0), told, plain, device)
    return None if any(other in plain for other in OTHERS) else Triple(Quantity.UNKNOWN, (0, 0, 0), None)


def _fused(table: Table, heads: Sequence[Triple], context: Context) -> tuple[Channel, ...]:
    """accelerationX is without gravity, which stands beside it: the wrist's or the headphones'."""
    device = "headphones" if _of_headphones(table) else "watch"
    units = {"acceleration": None if device == "watch" else (Unit.M_S2 if context.standardised else Unit.G)}
    own = {"acceleration": Quantity.LINEAR, "gravity": Quantity.GRAVITY, "rotationrate": Quantity.ROTATION}
    found = [
        replace(head, quantity=own[head.stem], unit=units.get(head.stem), device=device)
        for head in heads
        if head.stem in own
    ]
    return _extracted(table, found)


def _merged(table: Table, heads: Sequence[Triple], context: Context) -> tuple[Channel, ...]:
    """Accelerometer_x, Gravity_x, …: the stem is a sensor's name."""
    named = [(head, _sensor(head.stem, context)) for head in heads]
    return _extracted(
        table,
        [
            replace(sensor, columns=head.columns)
            for head, sensor in named
            if sensor and sensor.quantity != Quantity.UNKNOWN
        ],
    )


def _of_headphones(table: Table) -> bool:
    return "headphone" in table.name.lower() or table.column("devicelocation") is not None


def _long(table: Table, sensor: int, context: Context) -> tuple[Channel, ...]:
    """One row a sample of whichever sensor."""
    names = table.parse({sensor: Cell.TEXT})[sensor]
    plain = next((triple for triple in motion_heads(table) if not triple.stem), None)
    own = {str(name): _sensor(str(name), context) for name in sorted(set(names.tolist()))} if plain else {}
    found = []
    for name, head in own.items():
        if head and plain and head.quantity != Quantity.UNKNOWN:
            for channel in _extracted(table, [replace(head, columns=plain.columns)]):
                mine = names == name
                found.append(replace(channel, times_ns=channel.times_ns[mine], values=channel.values[mine]))
    return tuple(found)
