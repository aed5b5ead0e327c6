"""Any other table: its columns are told by their heads, else by their numbers, else by the user."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.errors import AxesUnsure, RateUnsure
from pipeline.sensors.channels import ACCELERATIONS, Channel, Quantity, Unit
from pipeline.sensors.columns import ColumnChoice
from pipeline.sensors.extract import extract, extract_at_rate
from pipeline.sensors.headers import Triple, triples
from pipeline.sensors.table import Table
from pipeline.sensors.timebase import Clock, find_clock

APP = "table"
RATES_HZ = (10.0, 20.0, 25.0, 50.0, 100.0, 200.0)  # what apps and boards are set to
MOST_CHOICES = 6  # buttons under one question


def channels(table: Table, choice: ColumnChoice) -> tuple[Channel, ...]:
    """The motion in the table. Raises AxesUnsure, RateUnsure where the user must be asked."""
    clock = find_clock(table)
    found = _triples(table, clock, choice)
    if not found:
        return ()
    read = extract(table, clock, found, APP)
    if read is not None:
        return read
    if choice.rate_hz is None:
        raise RateUnsure(**_question([replace(choice, rate_hz=rate) for rate in RATES_HZ], _rates()))
    return extract_at_rate(table, choice.rate_hz, found, APP)


def _triples(table: Table, clock: Clock | None, choice: ColumnChoice) -> tuple[Triple, ...]:
    if choice.acceleration:
        if max(choice.acceleration) >= table.width:
            return ()
        return (Triple(Quantity.ACCELERATION, choice.acceleration, choice.unit),)
    named = tuple(triple for triple in triples(table.header) if triple.quantity != Quantity.OTHER)
    if any(triple.quantity in ACCELERATIONS for triple in named):
        return named
    unknown = [triple for triple in named if triple.quantity == Quantity.UNKNOWN]
    if len(unknown) == 1 and len(named) == 1:
        return (replace(unknown[0], quantity=Quantity.ACCELERATION),)
    if not unknown and (named or table.headed):
        return named
    return _by_place(table, clock, choice, unknown)


def _by_place(table: Table, clock: Clock | None, choice: ColumnChoice, named: Sequence[Triple]) -> tuple[Triple, ...]:
    """Three columns in a row, or what the user says they are."""
    if named:
        places = [triple.columns for triple in named]
    else:
        free = [column for column in range(table.width) if not clock or column != clock.column]
        free = [column for column in free if len({row[column] for row in table.sample}) > 2]
        runs = [run for run in pairwise([*free, -1])]  # noqa: C416
        starts = [i for i in range(len(free) - 2) if free[i + 2] == free[i] + 2]
        places = [(free[i], free[i] + 1, free[i] + 2) for i in starts]
        if len(runs) == 3 and len(places) == 1:
            return (Triple(Quantity.ACCELERATION, places[0], choice.unit),)
    if not places:
        return ()
    labels = [_label(table, place) for place in places]
    raise AxesUnsure(**_question([replace(choice, acceleration=place) for place in places], labels))


def _question(choices: Sequence[ColumnChoice], labels: Sequence[str]) -> dict[str, str]:
    shown = choices[:MOST_CHOICES]
    return {"choices": " ".join(each.code for each in shown), "labels": "|".join(labels[: len(shown)])}


def _rates() -> list[str]:
    return [f"{rate:g} Hz" for rate in RATES_HZ]


def _label(table: Table, place: tuple[int, int, int]) -> str:
    """The columns' heads, or their numbers from 1, as a spreadsheet's reader counts."""
    return ", ".join(table.header[column] or str(column + 1) for column in place).replace("|", "/")


__all__ = ["APP", "Unit", "channels"]
