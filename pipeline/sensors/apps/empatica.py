"""Empatica E4 (`ACC.csv`): no header; Unix seconds of the start in the first row, samples a second in the next, counts.

One column of its own for each axis, so both stand there three times; a count is 1/64 g (the app's own `info.txt`).
"""

from __future__ import annotations

import numpy as np

from pipeline.sensors.cells import Cell, numbers
from pipeline.sensors.channels import NS, Channel, Quantity, Unit
from pipeline.sensors.context import Context
from pipeline.sensors.layout import RATES_HZ
from pipeline.sensors.table import Table
from pipeline.sensors.timescale import EPOCH_S
from pipeline.values import Array

APP = "Empatica"
COUNTS_A_G = 64
AXES = 3


def claims(table: Table) -> bool:
    """True for a start and a rate, each told for all three axes, above the rows."""
    if table.headed or table.width != AXES or len(table.sample) < 3:
        return False
    start_s, rate_hz = (numbers(row) for row in table.sample[:2])
    return (
        _within(start_s, EPOCH_S) and _within(rate_hz, RATES_HZ) and bool((numbers(table.sample[2]) < EPOCH_S[0]).all())
    )


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """The acceleration, its rows as many a second as the file says."""
    parsed = table.parse(dict.fromkeys(range(AXES), Cell.NUMBER))
    rows = np.column_stack([parsed[column] for column in range(AXES)])
    start_s, rate_hz, counts = rows[0, 0], rows[1, 0], rows[2:]
    times_ns = round(start_s * NS) + np.round(np.arange(len(counts)) * (NS / rate_hz)).astype(np.int64)
    return (Channel(Quantity.TOTAL, times_ns, counts / COUNTS_A_G, Unit.G, APP),)


def _within(values: Array, limits: tuple[float, float]) -> bool:
    """The same number for each axis, between the limits."""
    return bool((values == values[0]).all() and limits[0] <= values[0] <= limits[1])
