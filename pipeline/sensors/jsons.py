"""Read json exports as tables: lists of records (one a sample), one record a line, lists of numbers, or rows."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pipeline.errors import DamagedLog, LogTooLarge
from pipeline.sensors.cells import is_number
from pipeline.sensors.layout import HEAD_LINES, RATES_HZ
from pipeline.sensors.limits import LIMITS
from pipeline.sensors.table import LONGEST_NAME, ColumnRows, Table, as_text

DEEPEST = 4  # a payload in a message in a list of messages
SENSOR_KEYS = ("sensor", "name", "type", "sensorName")
FEWEST_COLUMNS = 3
AXES = 3
VALUE_KEYS = ("values", "data", "value")
RATE_KEYS = re.compile(r"fs|(?:sampl\w*)?[ _]?(?:rate|frequency|freq)[ _]?(?:hz)?", re.IGNORECASE)


def tables(name: str, text: str) -> list[Table]:
    """One table a sensor, in the order of their first records. Raises DamagedLog, LogTooLarge."""
    if len(text) > LIMITS.json_bytes or text.count("{") + text.count("[") > LIMITS.json_parts:
        raise LogTooLarge(limit_mb=LIMITS.json_bytes // 1_000_000)
    loaded = _loaded(text)
    rate_hz = _stated_rate_hz(loaded)
    found = (table for columns in _found(loaded, DEEPEST) for table in _tables(name, columns))
    return [replace(table, rate_hz=rate_hz) for table in found]


def _stated_rate_hz(value: Any) -> float | None:
    """The rate beside the samples under one of RATE_KEYS; None where there is no plausible one."""
    told = value.items() if isinstance(value, dict) else ()
    rates = (rate for key, rate in told if RATE_KEYS.fullmatch(key) and isinstance(rate, int | float))
    return next((float(rate) for rate in rates if RATES_HZ[0] <= rate <= RATES_HZ[1]), None)


def _loaded(text: str) -> Any:
    """The parsed text; a list where each line is a value, as streams are stored. Raises DamagedLog."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        first, _, rest = text.strip().partition("\n")
        if not (rest and first.rstrip().endswith("}")):
            raise DamagedLog(format="JSON") from error
    try:
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except (ValueError, RecursionError) as error:
        raise DamagedLog(format="JSON") from error


def _found(value: Any, depth: int) -> Iterator[Mapping[str, Sequence[Any]] | list[dict[str, Any]]]:
    """Lists of records, and mappings of names to lists of equal length, at any depth."""
    if isinstance(value, list) and _is_row(value[0] if value else None):
        yield _in_columns(value)
    elif isinstance(value, list):
        records = [record for record in value if isinstance(record, dict)]
        pushed = [record["payload"] for record in records if isinstance(record.get("payload"), list)]
        yield [record for part in pushed for record in part if isinstance(record, dict)] if pushed else records
    elif (keyed := _keyed(value)) is not None:
        yield keyed
    elif isinstance(value, dict) and depth:
        plain = _named_rows(value) or _lists_of(value)
        if len(plain) > 2 and len({len(column) for column in plain.values()}) == 1:
            yield plain
            return
        for key, part in value.items():
            yield from (_titled(key, each) for each in _found(part, depth - 1))


def _keyed(value: Any) -> Mapping[str, Sequence[Any]] | list[dict[str, Any]] | None:
    """The records of a mapping whose keys are rows, as databases and pandas write tables; None for any other.

    Or of names to mappings from rows' keys to cells. Numeric keys that do not merely count the rows become the time.
    """
    parts = list(value.values()) if isinstance(value, dict) else []
    if len(parts) < FEWEST_COLUMNS or not all(isinstance(one, dict) and one.keys() == parts[0].keys() for one in parts):
        return None
    if any(isinstance(cell, dict | list) for cell in parts[0].values()):
        return None
    if len(parts[0]) > len(parts):
        return {name: list(part.values()) for name, part in value.items()}
    if len(parts) < HEAD_LINES:
        return None
    timed = all(map(is_number, value)) and list(value) != [str(row) for row in range(len(parts))]
    return [{"time": key, **part} if timed else part for key, part in value.items()]


def _named_rows(value: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
    """Columns of rows beside a list of their names, as pandas splits a table; none where there are none."""
    lists = [part for part in value.values() if isinstance(part, list) and len(part) >= FEWEST_COLUMNS]
    names = next((part for part in lists if all(isinstance(name, str) for name in part)), None)
    rows = next((part for part in lists if isinstance(part[0], list) and names and len(part[0]) == len(names)), None)
    if names is None or rows is None:
        return {}
    whole = [row for row in rows if isinstance(row, list) and len(row) == len(names)]
    return dict(zip(names, zip(*whole, strict=True), strict=True)) if len({*names}) == len(names) else {}


def _lists_of(value: Mapping[str, Any]) -> dict[str, Sequence[Any]]:
    """The lists of plain values in it, with those one level deeper under both names.

    A clock may stand beside {"acceleration": {"x": […], …}}.
    """
    own = {key: column for key, column in value.items() if _is_plain(column)}
    within = ((key, part) for key, part in value.items() if isinstance(part, dict))
    deeper = {f"{key}_{name}": column for key, part in within for name, column in part.items() if _is_plain(column)}
    return own | deeper if own else own


def _is_plain(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and not isinstance(value[0], dict | list)


def _is_row(value: Any) -> bool:
    cells = value if isinstance(value, list) else []
    return len(cells) >= FEWEST_COLUMNS and all(isinstance(cell, int | float) for cell in cells)


def _in_columns(rows: Sequence[Any]) -> Mapping[str, Sequence[Any]]:
    """Rows of numbers as columns without names; rows of another length than the first are left out."""
    whole = [row for row in rows if isinstance(row, list) and len(row) == len(rows[0])]
    return {" " * place: column for place, column in enumerate(zip(*whole, strict=True))}


def _titled(key: str, found: Any) -> Any:
    """Records that do not name their sensor get the name they lie under."""
    if isinstance(found, list):
        return [record if _sensor(record) else {**record, "sensor": key} for record in found]
    return found


def _tables(name: str, found: Mapping[str, Sequence[Any]] | list[dict[str, Any]]) -> Iterator[Table]:
    if isinstance(found, Mapping):
        yield _table(name, found)
        return
    keys = [key for key in SENSOR_KEYS if any(isinstance(record.get(key), str) for record in found[:HEAD_LINES])]
    by_sensor: dict[str, list[dict[str, Any]]] = {}
    for record in found:
        by_sensor.setdefault(str(record.get(keys[0], "")) if keys else "", []).append(record)
    for sensor, records in by_sensor.items():
        columns = _columns(_flat(records))
        if len(columns) >= FEWEST_COLUMNS:
            yield _table(f"{sensor}.json" if sensor else name, columns)


def _columns(records: list[dict[str, Any]]) -> dict[str, Sequence[Any]]:
    """One list for each key of the first records, except those that name the sensor."""
    keys = dict.fromkeys(key for record in records[:HEAD_LINES] for key in record if key not in SENSOR_KEYS)
    return {key: [record.get(key) for record in records] for key in keys}


def _table(name: str, columns: Mapping[str, Sequence[Any]]) -> Table:
    cells = tuple(columns.values())
    sample = tuple(zip(*([as_text(cell) for cell in column[:HEAD_LINES]] for column in cells), strict=True))
    return Table(name, tuple(key.strip()[:LONGEST_NAME] for key in columns), sample, ColumnRows(cells))


def _sensor(record: Mapping[str, Any]) -> str:
    return next((value for key in SENSOR_KEYS if isinstance(value := record.get(key), str)), "")


def _flat(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records with values from one level deeper.

    Sensor Logger pushes such records. Under any name but VALUE_KEYS the values get that name as a prefix, as in
    {"accel": {"x": 0.1}}.
    """
    inner = next((key for key in VALUE_KEYS if isinstance(records[0].get(key), dict)), None)
    if inner is not None:
        return [{**record, **part} for record in records if isinstance(part := record.get(inner), dict)]
    found = (item for record in records[:HEAD_LINES] for item in record.items())
    deeper = dict.fromkeys(key for key, value in found if isinstance(value, dict))
    return _unpacked([_spelled_out(record, deeper) for record in records] if deeper else records)


def _unpacked(records: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records with values out of lists.

    [x, y, z] becomes three values with their axis after the name; a packet of samples, as Movesense sends, becomes as
    many records with the packet's time.
    """
    found = [
        (key, value) for record in records[:HEAD_LINES] for key, value in record.items() if isinstance(value, list)
    ]
    axes = dict.fromkeys(key for key, value in found if _is_row(value) and len(value) == AXES)
    spread = [_without(record, axes) | _by_axis(record, axes) for record in records] if axes else records
    packet = next((key for key, value in found if value and isinstance(value[0], dict)), None)
    if packet is None:
        return spread
    return [
        _without(record, [packet]) | {f"{packet}_{name}": value for name, value in sample.items()}
        for record in spread
        for sample in _samples(record.get(packet))
    ]


def _without(record: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key not in keys}


def _by_axis(record: Mapping[str, Any], keys: Collection[str]) -> dict[str, Any]:
    rows = {key: value for key in keys if isinstance(value := record.get(key), list) and len(value) == AXES}
    named = {key: "" if key in VALUE_KEYS else f"{key}_" for key in rows}
    return {f"{named[key]}{axis}": cell for key, row in rows.items() for axis, cell in zip("xyz", row, strict=True)}


def _samples(packet: Any) -> Iterator[Mapping[str, Any]]:
    yield from (one for one in packet if isinstance(one, dict)) if isinstance(packet, list) else ()


def _spelled_out(record: Mapping[str, Any], deeper: Collection[str]) -> dict[str, Any]:
    plain = _without(record, deeper)
    parts = {key: part for key in deeper if isinstance(part := record.get(key), dict)}
    return plain | {f"{key}_{name}": value for key, part in parts.items() for name, value in part.items()}
