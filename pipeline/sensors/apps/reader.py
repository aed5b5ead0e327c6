"""The interface of a reader: a module that recognises an app's tables and says which sensors they hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pipeline.sensors.channels import Channel, Quantity
from pipeline.sensors.context import Context
from pipeline.sensors.extract import extract
from pipeline.sensors.headers import Triple, triples
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import find_clock


class Reader(Protocol):
    """A module of this package. `channels` is called for tables that it claims."""

    APP: str

    def claims(self, table: Table) -> bool: ...

    def channels(self, table: Table, context: Context) -> tuple[Channel, ...]: ...


def motion_heads(table: Table) -> tuple[Triple, ...]:
    """Every x, y and z in the header, except of magnetometers, angles and the like."""
    return tuple(triple for triple in triples(table.header) if triple.quantity != Quantity.OTHER)


def by_heads(table: Table, app: str, clocks: Sequence[str] = ()) -> tuple[Channel, ...]:
    """The sensors of the header on the first of the named clocks; none where none of the clocks makes sense."""
    return extract(table, find_clock(table, clocks), motion_heads(table), app) or ()
