"""Read tables with several sensors side by side, each behind a clock column of its own: t_gyr, gx, gy, gz,
t_acc, ax, …
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.sensors.channels import MISSING_NS, Channel
from pipeline.sensors.extract import extract
from pipeline.sensors.headers import Triple
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import Clock, named_clocks, scaled_by_rate, worth

LEAST_WORTH = 0.5  # of the table's best clock: a coarser time beside a sensor belongs to something else
Blocks = Sequence[tuple[Clock | None, Sequence[Triple]]]


def by_clock(table: Table, clock: Clock | None, found: Sequence[Triple]) -> Blocks:
    """The sensors of each block with its clock; all of them with `clock`, the table's best, where it is for all."""
    if clock is None or clock.wholes:
        return [(clock, found)]
    least = worth(table, clock) - LEAST_WORTH
    blocks: dict[Clock, list[Triple]] = {}
    own: Clock | None = None
    end = 0
    for triple in sorted(found, key=lambda triple: min(triple.columns)):
        own = _best_between(table, end, min(triple.columns), least) or own
        end = max(triple.columns)
        if own is None:
            return [(clock, found)]
        blocks.setdefault(own, []).append(triple)
    return [*blocks.items()] if len(blocks) > 1 else [(clock, found)]


def extract_blocks(table: Table, blocks: Blocks, app: str) -> tuple[Channel, ...] | None:
    """One channel for each triple, on the clock of its block; None where a clock's numbers make no sense as times."""
    parts = [extract(table, clock, triples, app) for clock, triples in blocks]
    read = [channel for part in parts for channel in part or ()]
    if any(part is None for part in parts):
        return None
    return tuple(map(unpadded, read)) if len(blocks) > 1 else tuple(read)


def _best_between(table: Table, start: int, stop: int, least: float) -> Clock | None:
    clocks = [one for one in named_clocks(table) if start <= one.column < stop and worth(table, one) >= least]
    return scaled_by_rate(table, max(clocks, key=lambda one: worth(table, one), default=None))


def unpadded(channel: Channel) -> Channel:
    """The channel without empty rows that belong to a faster sensor beside it."""
    own = (channel.times_ns != MISSING_NS) | np.isfinite(channel.values).any(axis=1)
    return replace(channel, times_ns=channel.times_ns[own], values=channel.values[own])
