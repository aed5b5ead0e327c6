"""SensorLog (iPhone, Apple Watch): one wide table, `motionUserAccelerationX(G)`, `accelerometerAccelerationX(G)`, ….

Rows are written at the logging rate with the newest value of every sensor: the motion's own stamp tells true samples
from repeated ones, the logging time does not.
"""

from __future__ import annotations

from pipeline.sensors.apps.reader import motion_heads
from pipeline.sensors.channels import Channel
from pipeline.sensors.context import Context
from pipeline.sensors.extract import extract
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import find_clock

APP = "SensorLog"
SENSORS = (
    ("motion", ("motiontimestamp_sincereboot", "motiontimestamp", "loggingtime")),
    ("accelerometer", ("accelerometertimestamp_sincereboot", "accelerometertimestamp", "loggingtime")),
    ("gyro", ("gyrotimestamp_sincereboot", "gyrotimestamp", "loggingtime")),
)


def claims(table: Table) -> bool:
    """True for the app's names of columns."""
    return any(
        table.column(name) is not None
        for name in ("loggingtime", "motionuseraccelerationx", "accelerometeraccelerationx")
    )


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """The fused motion where it was logged whole; else accelerometer and gyroscope, each on its own stamp."""
    for sensors in (SENSORS[:1], SENSORS[1:]):
        found = [channel for sensor, clocks in sensors for channel in _of(table, sensor, clocks)]
        if {channel.quantity for channel in found} & {"linear", "acceleration"}:
            return tuple(found)
    return tuple(found)


def _of(table: Table, sensor: str, clocks: tuple[str, ...]) -> tuple[Channel, ...]:
    heads = tuple(triple for triple in motion_heads(table) if triple.stem.startswith(sensor))
    return (extract(table, find_clock(table, clocks), heads, APP) or ()) if heads else ()
