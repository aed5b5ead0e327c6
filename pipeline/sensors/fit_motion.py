"""Motion in a Garmin FIT file, as written by Connect IQ apps that log the watch's own sensors.

Numbers of messages and fields, units and the arithmetic of a calibration: Garmin's FIT SDK (Profile.xlsx,
"accelerometer_data", "gyroscope_data", "three_d_sensor_calibration").
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.errors import DamagedLog
from pipeline.sensors.channels import NS, Channel, Nanoseconds, Quantity, Unit
from pipeline.sensors.fit import Layout, messages, parts
from pipeline.values import Array

APP = "Garmin FIT"
EPOCH_S = 631_065_600  # FIT counts from the last day of 1989
CALIBRATION = 167
TIMESTAMP, MILLISECONDS, OFFSETS = 253, 0, 1
RAW, CALIBRATED, COMPRESSED = (2, 3, 4), (5, 6, 7), (8, 9, 10)
OF_SENSOR, FACTOR, DIVISOR, LEVEL, SHIFTS, MATRIX = range(6)  # fields of a calibration
MATRIX_ONE = 65535
MILLI = 1000.0


@dataclass(frozen=True, slots=True)
class Sensor:
    """A calibration's number for the sensor, what it measures, and its unit once calibrated."""

    number: int
    quantity: Quantity
    unit: Unit


SENSORS: Mapping[int, Sensor] = {
    165: Sensor(0, Quantity.TOTAL, Unit.G),
    164: Sensor(1, Quantity.ROTATION, Unit.DEG_S),
}


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """Counts (T, 3) become matrix @ (counts - level - shifts) * factor."""

    factor: float
    level: float
    shifts: Array
    matrix: Array

    def of(self, counts: Array) -> Array:
        return np.asarray((counts - self.level - self.shifts) * self.factor @ self.matrix.T)


def fit_channels(data: bytes) -> tuple[Channel, ...]:
    """Acceleration and rotation of a FIT file; none where it is a summary. Raises DamagedLog."""
    found: dict[Sensor, list[tuple[Nanoseconds, Array]]] = {}
    calibrations: dict[int, Calibrated] = {}
    try:
        for layout, values in (one for body in parts(data) for one in messages(body)):
            if layout.number == CALIBRATION:
                calibrations.update(_calibration(layout, values))
            elif layout.number in SENSORS:
                sensor = SENSORS[layout.number]
                for read in _samples(layout, values, calibrations.get(sensor.number)):
                    found.setdefault(sensor, []).append(read)
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise DamagedLog(format="FIT") from error
    return tuple(_channel(sensor, read) for sensor, read in found.items())


def _channel(sensor: Sensor, read: list[tuple[Nanoseconds, Array]]) -> Channel:
    times, values = (np.concatenate(each) for each in zip(*read, strict=True))
    return Channel(sensor.quantity, times, values, sensor.unit, APP)


def _samples(layout: Layout, values: bytes, by: Calibrated | None) -> Iterator[tuple[Nanoseconds, Array]]:
    """The samples of one message; none where they are counts without a calibration."""
    if not {TIMESTAMP, OFFSETS} <= set(layout.fields):
        return
    (second,) = _field(layout, values, TIMESTAMP, "u4")
    late = _field(layout, values, MILLISECONDS, "u2") if MILLISECONDS in layout.fields else np.zeros(1)
    after_ms = late[0] + _field(layout, values, OFFSETS, "u2")
    times_ns = (EPOCH_S + int(second)) * NS + (after_ms * 1_000_000).astype(np.int64)
    xyz = _measured(layout, values, by)
    if xyz is not None:
        count = min(len(times_ns), len(xyz))
        yield times_ns[:count], xyz[:count]


def _measured(layout: Layout, values: bytes, by: Calibrated | None) -> Array | None:
    """(T, 3) in the sensor's unit, NaN where there is none."""
    if set(CALIBRATED) <= set(layout.fields):
        return _three(layout, values, CALIBRATED, "f4")
    if set(COMPRESSED) <= set(layout.fields):
        return _three(layout, values, COMPRESSED, "i2") / MILLI
    if by is not None and set(RAW) <= set(layout.fields):
        return by.of(_three(layout, values, RAW, "u2"))
    return None


def _three(layout: Layout, values: bytes, fields: tuple[int, ...], kind: str) -> Array:
    columns = [_field(layout, values, field, kind) for field in fields]
    return np.column_stack([column[: min(map(len, columns))] for column in columns])


def _field(layout: Layout, values: bytes, field: int, kind: str) -> Array:
    """The numbers of a field, NaN for those that FIT calls invalid: the largest of their kind."""
    dtype = np.dtype(layout.order + kind)
    count = layout.sizes[field] // dtype.itemsize
    read = np.frombuffer(values, dtype, count, layout.fields[field])
    if dtype.kind == "f":
        return read.astype(np.float64)
    return np.where(read == np.iinfo(dtype).max, np.nan, read.astype(np.float64))


def _calibration(layout: Layout, values: bytes) -> dict[int, Calibrated]:
    """The calibration by its sensor's number; empty where a part of it is missing."""
    if not {OF_SENSOR, FACTOR, DIVISOR, LEVEL, SHIFTS, MATRIX} <= set(layout.fields):
        return {}
    one = {field: _field(layout, values, field, "u4")[0] for field in (FACTOR, DIVISOR, LEVEL)}
    shifts = _field(layout, values, SHIFTS, "i4")
    matrix = _field(layout, values, MATRIX, "i4") / MATRIX_ONE
    told = Calibrated(one[FACTOR] / one[DIVISOR], one[LEVEL], shifts, matrix.reshape(3, 3))
    sound = np.isfinite([told.factor, told.level, *shifts, *matrix]).all()
    return {values[layout.fields[OF_SENSOR]]: told} if sound else {}
