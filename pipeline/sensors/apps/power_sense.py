"""PowerSense and others that write Core Motion as it is: gravity and user acceleration apart in g, rotation in rad/s.

Unix seconds with rows out of order and long gaps are this app's; cleaning sees to them.
"""

from __future__ import annotations

from pipeline.sensors.apps.reader import by_heads
from pipeline.sensors.channels import Channel
from pipeline.sensors.context import Context
from pipeline.sensors.table import Table

APP = "PowerSense"


def claims(table: Table) -> bool:
    """True for the app's names of the fused acceleration."""
    return table.column("user_acc_x") is not None and table.column("gravity_x") is not None


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """User acceleration, gravity and rotation."""
    return by_heads(table, APP, ("timestamp",))
