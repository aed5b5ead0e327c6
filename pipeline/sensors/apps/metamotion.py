"""MetaBase (MbientLab MetaMotion): one table a sensor, each on a clock and at a rate of its own, units in the heads.

`epoch (ms)` joins the two; the head of the second column carries the time zone.
"""

from __future__ import annotations

from pipeline.sensors.apps.reader import by_heads
from pipeline.sensors.channels import Channel
from pipeline.sensors.context import Context
from pipeline.sensors.table import Table

APP = "MetaMotion"


def claims(table: Table) -> bool:
    """True for the board's two clocks."""
    return table.column("epoch") is not None and table.column("elapsed") is not None


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """The one sensor of the table."""
    return by_heads(table, APP, ("epoch", "elapsed"))
