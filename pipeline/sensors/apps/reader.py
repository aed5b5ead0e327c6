"""What a reader of one app is: a module that knows its own tables and says which sensors stand in them."""

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
    """A module of this package. channels is called for the tables that it claims."""

    APP: str

    def claims(self, table: Table) -> bool: ...

    def channels(self, table: Table, context: Context) -> tuple[Channel, ...]: ...


def motion_heads(table: Table) -> tuple[Triple, ...]:
    """Every x, y and z in the header but those of magnetometers, angles and the like."""
    return tuple(triple for triple in triples(table.header) if triple.quantity != Quantity.OTHER)


def by_heads(table: Table, app: str, clocks: Sequence[str] = ()) -> tuple[Channel, ...]:
    """What the header says, on the first of the named clocks; nothing where none of them makes sense."""
    return extract(table, find_clock(table, clocks), motion_heads(table), app) or ()
