"""Extract channels from a table whose columns are known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.sensors.cells import Cell
from pipeline.sensors.channels import NS, Channel, Nanoseconds
from pipeline.sensors.headers import Triple
from pipeline.sensors.samples import Flags
from pipeline.sensors.table import Columns, Table
from pipeline.sensors.timebase import Clock
from pipeline.values import Array


def extract(table: Table, clock: Clock | None, triples: Sequence[Triple], app: str) -> tuple[Channel, ...] | None:
    """One channel for each triple, all on the table's clock; None where the clock's numbers make no sense as times."""
    if clock is None:
        return None
    parsed = table.parse({**_numbers(triples), **clock.kinds})
    times = clock.nanoseconds(parsed)
    if times is None:
        return None
    measured = {triple: np.isfinite(_values(triple, parsed)).any(axis=1) for triple in triples}
    anything = np.any([*measured.values()], axis=0)
    found = {triple: _channel(triple, times, parsed, app) for triple in triples}
    # rows in which only other sensors wrote are none of this one's, and not damaged
    return tuple(_rows_of(channel, measured[triple] | ~anything) for triple, channel in found.items())


def extract_at_rate(table: Table, rate_hz: float, triples: Sequence[Triple], app: str) -> tuple[Channel, ...]:
    """One channel for each triple, with rows at rate_hz: for a table without a clock."""
    parsed = table.parse(_numbers(triples))
    count = len(next(iter(parsed.values()))) if parsed else 0
    times = np.round(np.arange(count) * (NS / rate_hz)).astype(np.int64)
    return tuple(_channel(triple, times, parsed, app) for triple in triples)


def _rows_of(channel: Channel, own: Flags) -> Channel:
    return channel if own.all() else replace(channel, times_ns=channel.times_ns[own], values=channel.values[own])


def _numbers(triples: Sequence[Triple]) -> dict[int, Cell]:
    return {column: Cell.NUMBER for triple in triples for column in triple.columns}


def _channel(triple: Triple, times: Nanoseconds, parsed: Columns, app: str) -> Channel:
    return Channel(triple.quantity, times, _values(triple, parsed), triple.unit, app, triple.device)


def _values(triple: Triple, parsed: Columns) -> Array:
    return np.column_stack([parsed[column] for column in triple.columns])
