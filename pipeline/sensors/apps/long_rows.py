"""Rows of several sensors or devices in turn, one sample a row, with a column of words that names them.

Loggers on Android and Wear OS write so (`timestamp,sensor,x,y,z`, the sensor by name or by Android's number of its
kind), and WitMotion where several of its sensors are worn. Read as one sensor they would be a mixture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from pipeline.sensors.apps.reader import motion_heads
from pipeline.sensors.cells import Cell, is_number
from pipeline.sensors.channels import Channel, Quantity, Unit
from pipeline.sensors.context import Context
from pipeline.sensors.extract import extract
from pipeline.sensors.headers import Triple, quantity_called
from pipeline.sensors.samples import Flags
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import find_clock

APP = "table"
OF_SENSORS = re.compile(r"sensor|type", re.IGNORECASE)  # heads of a column of Android's numbers
OF_DEVICES = re.compile(r"device|sensor|address|\bmac\b|\bid\b|name|side|hand|wrist|glove|position", re.IGNORECASE)
# android.hardware.Sensor: the constants TYPE_…
ANDROID: Mapping[str, tuple[Quantity, Unit]] = {
    "1": (Quantity.TOTAL, Unit.M_S2),
    "35": (Quantity.TOTAL, Unit.M_S2),
    "4": (Quantity.ROTATION, Unit.RAD_S),
    "16": (Quantity.ROTATION, Unit.RAD_S),
    "9": (Quantity.GRAVITY, Unit.M_S2),
    "10": (Quantity.LINEAR, Unit.M_S2),
}
VALUE = re.compile(r"v(?:al(?:ue)?)?s?[\s_\[]*([0-3])\]?", re.IGNORECASE)
MOST_NAMES = 12  # of sensors in the first rows; more are something else
LEAST_TURNS = 0.1  # of neighbouring rows: labels of exercises follow one another, sensors take turns


def claims(table: Table) -> bool:
    """Whether rows of several sensors, or devices, alternate."""
    return _column(table) is not None


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """The motion sensors among them, each with its own rows; devices are told apart by their names."""
    column = _column(table)
    heads = _heads(table) or _behind(table, column)
    if column is None or not heads:
        return ()
    names = table.parse({column: Cell.TEXT})[column]
    found = extract(table, find_clock(table), heads, APP) or ()
    told = sorted(set(map(str, names.tolist())))
    if not any(map(_quantity, told)):
        return tuple(_rows_of(each, names == name, name.lower()) for name in told for each in found)
    motion = [(name, quantity) for name in told if (quantity := _quantity(name)) not in (None, Quantity.OTHER)]
    return tuple(
        replace(_rows_of(each, names == name), quantity=quantity, unit=ANDROID.get(name, (quantity, each.unit))[1])
        for name, quantity in motion
        if quantity
        for each in found
    )


def _column(table: Table) -> int | None:
    """The column whose cells name the row's sensor; None where there is none."""
    return next((column for column in range(table.width) if _tells(table, column)), None)


def _tells(table: Table, column: int) -> bool:
    cells = [row[column] for row in table.sample]
    names = set(cells)
    turns = sum(one != other for one, other in pairwise(cells))
    if not 1 < len(names) <= MOST_NAMES or turns < LEAST_TURNS * len(cells):
        return False
    if all(map(is_number, names)):
        return OF_SENSORS.search(table.header[column]) is not None and bool(names & set(ANDROID))
    of_devices = OF_DEVICES.search(table.header[column]) is not None and len(names) < len(cells) / 2
    return of_devices or any(_quantity(name) not in (None, Quantity.OTHER) for name in names)


def _quantity(name: str) -> Quantity | None:
    """What the name of a sensor, or Android's number, says; None where it says nothing."""
    if is_number(name):
        return ANDROID[name][0] if name in ANDROID else Quantity.OTHER
    found = quantity_called(name.rpartition(".")[2] or name)
    return None if found == Quantity.UNKNOWN else found


def _heads(table: Table) -> tuple[Triple, ...]:
    """The table's x, y and z; of a table without such heads its value_0, value_1 and value_2."""
    found = motion_heads(table)
    if found:
        return found
    numbered = {int(match[1]): place for place, head in enumerate(table.header) if (match := VALUE.fullmatch(head))}
    first = min(numbered, default=0)
    places = [numbered[number] for number in range(first, first + 3) if number in numbered]
    return (Triple(Quantity.UNKNOWN, (places[0], places[1], places[2]), None),) if len(places) == 3 else ()


def _behind(table: Table, column: int | None) -> tuple[Triple, ...]:
    """Of a table without heads, the three numbers behind the name."""
    if column is None or table.headed or column + 3 >= table.width:
        return ()
    after = (column + 1, column + 2, column + 3)
    numbers = all(is_number(row[place]) for row in table.sample for place in after)
    return (Triple(Quantity.UNKNOWN, after, None),) if numbers else ()


def _rows_of(channel: Channel, mine: Flags, device: str = "") -> Channel:
    return replace(channel, times_ns=channel.times_ns[mine], values=channel.values[mine], device=device)
