"""AndroSensor: one wide table in Latin-1, `;` or `,`, heads such as `ACCELEROMETER X (m/s²)` with blanks before them.

The gyroscope's axes are called Yaw, Pitch and Roll by some versions. Values stand until the next arrives.
"""

from __future__ import annotations

from pipeline.sensors.apps.reader import by_heads
from pipeline.sensors.channels import Channel
from pipeline.sensors.context import Context
from pipeline.sensors.table import Table

APP = "AndroSensor"


def claims(table: Table) -> bool:
    """True for the app's clock, or for the capitals of its sensors."""
    heads = [name.strip() for name in table.header]
    return any(name.lower().startswith("time since start") for name in heads) or any(
        name.startswith(("ACCELEROMETER X", "LINEAR ACCELERATION X")) for name in heads
    )


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """Accelerometer, linear acceleration, gravity and gyroscope, as far as they were switched on."""
    return by_heads(table, APP, ("time since start in ms", "time since start"))
