"""phyphox: one table a sensor, quoted heads with units, seconds from the start; pauses are told in meta/time.csv.

Column names change with the experiment and the phone's language, the separator and decimal sign with its export
setting. An experiment of the user's own may call its columns "X (m/s^2)": then gravity shows whether it is in them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.sensors.apps.reader import by_heads, motion_heads
from pipeline.sensors.channels import MISSING_NS, Channel, Nanoseconds
from pipeline.sensors.context import Context, Pause
from pipeline.sensors.table import Table

APP = "phyphox"
SECONDS_FIRST = re.compile(r"[^\W\d_]+ \(s\)")  # "Time (s)" in the language of the phone


def claims(table: Table) -> bool:
    """True for seconds first and three axes of one sensor with their units after."""
    seconds = SECONDS_FIRST.fullmatch(table.header[0].strip())
    return seconds is not None and any(triple.unit for triple in motion_heads(table))


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """Every sensor of the table, pauses put back in."""
    found = by_heads(table, APP)
    return tuple(replace(each, times_ns=_with_pauses(each.times_ns, context.pauses)) for each in found)


def _with_pauses(times_ns: Nanoseconds, pauses: Sequence[Pause]) -> Nanoseconds:
    """The experiment's clock stands still while it is paused, the world's does not: that is a gap."""
    moved = times_ns.copy()
    for pause in pauses:
        moved[(times_ns != MISSING_NS) & (times_ns >= pause.at_ns)] += pause.lasted_ns
    return moved
