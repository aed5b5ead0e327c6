"""Physics Toolbox Sensor Suite: `gFx,gFy,gFz` in g with gravity, `ax,ay,az` in m/s² without, `wx,wy,wz` in rad/s.

One table holds one sensor, or several ("multi record"); time is in seconds, or the text of a clock.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.sensors.apps.reader import motion_heads
from pipeline.sensors.channels import Channel, Quantity, Unit
from pipeline.sensors.context import Context
from pipeline.sensors.extract import extract
from pipeline.sensors.headers import Triple
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import find_clock

APP = "Physics Toolbox"
SENSORS = {
    "gf": (Quantity.TOTAL, Unit.G),
    "a": (Quantity.LINEAR, Unit.M_S2),
    "w": (Quantity.ROTATION, Unit.RAD_S),
}


def claims(table: Table) -> bool:
    """True where a column or a total is named as only this app does."""
    return table.column("gfx", "tgf") is not None or (table.column("at") is not None and table.column("ax") is not None)


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """The sensors of the table; the magnetometer and the total are left out."""
    found = tuple(_own(triple) for triple in motion_heads(table) if triple.stem in SENSORS)
    return extract(table, find_clock(table, ("time",)), found, APP) or ()


def _own(triple: Triple) -> Triple:
    quantity, unit = SENSORS[triple.stem]
    return replace(triple, quantity=quantity, unit=triple.unit or unit)
