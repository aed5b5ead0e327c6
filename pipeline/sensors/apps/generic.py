"""Any other table: its columns are recognised by their heads, else by their numbers, else by asking the user."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePosixPath

import numpy as np

from pipeline.errors import AxesUnsure, RateUnsure
from pipeline.sensors.apps.reader import motion_heads
from pipeline.sensors.blocks import by_clock, extract_blocks
from pipeline.sensors.cells import Cell, is_clock, is_number, numbers
from pipeline.sensors.channels import ACCELERATIONS, NS, Channel, Quantity
from pipeline.sensors.columns import ColumnChoice
from pipeline.sensors.context import Context
from pipeline.sensors.diary import is_diary
from pipeline.sensors.extract import extract_at_rate
from pipeline.sensors.headers import Triple
from pipeline.sensors.holds import held_by
from pipeline.sensors.slow_motion import RULES as SLOW
from pipeline.sensors.slow_motion import rate_if_slow
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import Clock, find_clock, scaled_by_rate
from pipeline.sensors.timescale import EPOCH_S
from pipeline.sensors.units import gravity_in
from pipeline.sensors.unnamed import places_of_axes

APP = "table"
RATES_HZ = (10.0, 20.0, 25.0, 50.0, 100.0, 200.0)  # what apps and boards are set to
QUICK_HZ = {1.0: 1000.0, 2.0: 500.0, 4.0: 250.0}  # what steps of so many milliseconds make, were they such
FILES = (
    (Quantity.ROTATION, re.compile(r"\b(gyro|giros|rotation|drehrate)|자이로|각속도|ジャイロ|角速度|陀螺")),
    (Quantity.OTHER, re.compile(r"\b(mag\b|magnet)")),
)
MOST_CHOICES = 7  # buttons under one question
DATE = re.compile(r"\d{4}[-./]\d\d?[-./]\d\d?|\d\d?[-./]\d\d?[-./]\d{4}")
LEAST_DAYS = 3  # among the first rows: of no workout
LEAST_ROWS, DIFFERENT = 10, 0.9  # of so many rows so large a share has a text of its own


def claims(table: Table) -> bool:
    """Every table: asked last."""
    return True


def channels(table: Table, context: Context) -> tuple[Channel, ...]:
    """The motion in the table; none where its heads speak of other things. Raises AxesUnsure, RateUnsure."""
    if is_diary(" ".join(table.header)) and not motion_heads(table):
        return ()
    clock = scaled_by_rate(table, find_clock(table))
    if not motion_heads(table) and _is_no_recording(table):
        return ()
    found = _triples(table, clock, context.choice)
    if not found:
        return ()
    read = extract_blocks(table, by_clock(table, clock, found), APP)
    slow_hz = _rate_if_slow(read or (), clock)
    if read is not None and slow_hz is None:
        return read
    rate_hz = context.choice.rate_hz or table.rate_hz
    if rate_hz is None:
        rates_hz = (slow_hz, SLOW.times * slow_hz) if slow_hz else (*RATES_HZ, *_in_milliseconds(table, clock))
        choices = [replace(context.choice, rate_hz=rate) for rate in rates_hz]
        raise RateUnsure(**_question(choices, [f"{rate:g} Hz" for rate in rates_hz]))
    return extract_at_rate(table, rate_hz, found, APP)


def _is_no_recording(table: Table) -> bool:
    """Whether it has a single row, dates of several days, or a different text in nearly every row: bookings, prices,
    names.
    """
    columns = [[cell for row in table.sample if (cell := row[place])] for place in range(table.width)]
    return len(table.sample) < 2 or any(_of_days(cells) or _of_words(cells) for cells in columns)


def _of_days(cells: Sequence[str]) -> bool:
    return len({found[0] for cell in cells if (found := DATE.match(cell))}) >= LEAST_DAYS


def _of_words(cells: Sequence[str]) -> bool:
    many = len(cells) >= LEAST_ROWS and len(set(cells)) > DIFFERENT * len(cells)
    return many and not any(is_number(cell) or is_clock(cell) for cell in cells)


def _rate_if_slow(read: Sequence[Channel], clock: Clock | None) -> float | None:
    """The rate, where only the size of the clock's steps gives it and the movement is so slow that it may be ten times
    that.
    """
    if clock is None or clock.kind != Cell.WHOLE or clock.scale_ns is not None or clock.wholes:
        return None
    moving = (one for one in read if one.quantity in (*ACCELERATIONS, Quantity.UNKNOWN) and not _since_1970(one))
    return next((round(rate_hz, 1) for one in moving if (rate_hz := rate_if_slow(one))), None)


def _since_1970(channel: Channel) -> bool:
    return float(np.median(channel.times_ns)) >= EPOCH_S[0] * NS


def _in_milliseconds(table: Table, clock: Clock | None) -> tuple[float, ...]:
    """The rate that a clock has whose steps may be milliseconds, or rows, or hundredths of a second."""
    if clock is None or len(table.sample) < 2:
        return ()
    step = float(np.median(np.diff(numbers([row[clock.column] for row in table.sample]))))
    return (QUICK_HZ[step],) if step in QUICK_HZ else ()


def _triples(table: Table, clock: Clock | None, choice: ColumnChoice) -> tuple[Triple, ...]:
    heads = motion_heads(table)
    if choice.acceleration:
        return _chosen(table, heads, choice)
    accelerations = [triple for triple in heads if triple.quantity in ACCELERATIONS]
    kinds = {(triple.quantity, triple.device) for triple in accelerations}
    if accelerations and len(kinds) == len(accelerations):
        return tuple(triple for triple in heads if triple.quantity != Quantity.UNKNOWN)
    unknown = [triple for triple in heads if triple.quantity == Quantity.UNKNOWN]
    if not accelerations and len(unknown) <= 1 and (heads or held_by(*table.header)):
        return _named_by_file(table, heads)
    places = [triple.columns for triple in accelerations or unknown] or places_of_axes(table, clock)
    return _by_numbers(table, places, choice)


def _named_by_file(table: Table, heads: tuple[Triple, ...]) -> tuple[Triple, ...]:
    """x, y and z without a sensor or gravity in them are what their file's name says, if it says something."""
    if [triple.quantity for triple in heads] != [Quantity.UNKNOWN] or _steady(table, [heads[0].columns]):
        return heads
    name = re.sub(r"[_\d]", " ", PurePosixPath(table.name).stem.lower())
    called = next((quantity for quantity, pattern in FILES if pattern.search(name)), Quantity.UNKNOWN)
    return () if called == Quantity.OTHER else (replace(heads[0], quantity=called),)


def _chosen(table: Table, heads: Sequence[Triple], choice: ColumnChoice) -> tuple[Triple, ...]:
    """The columns that the user chose, and the only rotation beside them."""
    columns = choice.acceleration
    if columns is None or max(columns) >= table.width:
        return ()
    unit = next((triple.unit for triple in heads if triple.columns == columns), None)
    turns = [triple for triple in heads if triple.quantity == Quantity.ROTATION]
    return (Triple(Quantity.ACCELERATION, columns, unit), *(turns if len(turns) == 1 else ()))


def _by_numbers(table: Table, places: Sequence[tuple[int, int, int]], choice: ColumnChoice) -> tuple[Triple, ...]:
    """The only three columns there are, or the only three that show gravity; else the user is asked."""
    steady = _steady(table, places)
    found = places if len(places) == 1 else steady
    if len(found) == 1:
        return (Triple(Quantity.UNKNOWN if len(places) == 1 else Quantity.ACCELERATION, found[0], None),)
    if not places:
        return ()
    choices = [replace(choice, acceleration=place) for place in places]
    raise AxesUnsure(**_question(choices, [_label(table, place) for place in places]))


def _steady(table: Table, places: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """The triples in which gravity shows."""
    parsed = table.parse({column: Cell.NUMBER for place in places for column in place})
    return [place for place in places if gravity_in(np.column_stack([parsed[column] for column in place]))]


def _question(choices: Sequence[ColumnChoice], labels: Sequence[str]) -> dict[str, str]:
    shown = choices[:MOST_CHOICES]
    return {"choices": " ".join(each.code for each in shown), "labels": "|".join(labels[: len(shown)])}


def _label(table: Table, place: tuple[int, int, int]) -> str:
    """The columns' heads, or their numbers from 1, as a spreadsheet's reader counts."""
    return ", ".join(table.header[column].replace("|", "/")[:20] or str(column + 1) for column in place)
