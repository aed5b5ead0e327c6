"""Delsys (EMGworks, Trigno Discover): every axis beside a column of times of its own, sensors at their own rates.

`X[s],"L BICEPS: ACC.X 1 [g]",X[s],…` with the sensor's number after the axis or before it, or `ACC X Time Series (s),
ACC X (G),…`. Columns of slower sensors end above those of quicker ones.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.sensors.blocks import extract_blocks, unpadded
from pipeline.sensors.cells import Cell
from pipeline.sensors.channels import NS, Channel, Quantity
from pipeline.sensors.context import Context
from pipeline.sensors.headers import Triple, heading
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import Clock

APP = "Delsys"
TIMES = re.compile(r"x(?:_\w+)?\s?\[s\]|.+ time series \(s\)", re.IGNORECASE)
NUMBER = re.compile(r"[ .]\d+(?=[ .\[]|$)")  # of a sensor, beside the axis: "ACC.X 1 [g]", "Acc 5.X [g]"
AXES = 3


def claims(table: Table) -> bool:
    """True for the app's columns of times before three axes."""
    return len(_pairs(table)) >= AXES


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """Accelerometer and gyroscope of every sensor, those of a second sensor as another device."""
    blocks = [(Clock(clock, Cell.NUMBER, NS), (triple,)) for clock, triple in _sensors(table)]
    return tuple(map(unpadded, extract_blocks(table, blocks, APP) or ()))


def _pairs(table: Table) -> list[tuple[int, int, str]]:
    """Places of the times and of the values beside them, and the name of these."""
    places = [place for place, name in enumerate(table.header[:-1]) if TIMES.fullmatch(name.strip())]
    named = [(place, place + 1, NUMBER.sub("", table.header[place + 1])) for place in places]
    return [(times, values, name) for times, values, name in named if heading(name).axis]


def _sensors(table: Table) -> list[tuple[int, Triple]]:
    """Three axes of one kind that follow one another, with the times of the first."""
    pairs = _pairs(table)
    found: list[tuple[int, Triple]] = []
    for first in range(len(pairs) - AXES + 1):
        three = pairs[first : first + AXES]
        heads = [heading(name) for _, _, name in three]
        if [head.axis for head in heads] == ["x", "y", "z"] and len({head.quantity for head in heads}) == 1:
            columns = (three[0][1], three[1][1], three[2][1])
            found.append((three[0][0], Triple(heads[0].quantity, columns, heads[0].unit, heads[0].stem)))
    return _apart([one for one in found if one[1].quantity != Quantity.OTHER])


def _apart(sensors: Sequence[tuple[int, Triple]]) -> list[tuple[int, Triple]]:
    """Of several sensors each is a device of its own: where a kind comes again, another one begins."""
    told: list[tuple[int, Triple]] = []
    device, kinds = 1, set[Quantity]()
    for times, triple in sensors:
        if triple.quantity in kinds:
            device, kinds = device + 1, set()
        kinds.add(triple.quantity)
        told.append((times, replace(triple, device=f"sensor {device}")))
    return told
