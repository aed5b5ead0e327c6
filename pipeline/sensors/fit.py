"""Garmin FIT: sport, duration and kinds of measurements, read from the file's structure alone.

Only definitions and sessions are decoded here (Garmin's FIT SDK, "FIT file structure"); the values of records are
skipped, so that a day's activity takes milliseconds. Motion, which few files hold, is read by `fit_motion`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.errors import DamagedLog, NoMotion
from pipeline.sensors.activity import Activity
from pipeline.sensors.holds import Held, Sport

# Garmin's FIT SDK, Profile.xlsx: numbers of messages and fields
SESSION, RECORD, SPORT, SUB_SPORT, ELAPSED = 18, 20, 5, 6, 7
FIELDS = {0: Held.PLACE, 3: Held.HEART_RATE, 4: Held.CADENCE, 5: Held.DISTANCE, 6: Held.SPEED, 7: Held.POWER,
          13: Held.TEMPERATURE, 73: Held.SPEED}  # fmt: skip
SPORTS = {1: Sport.RUNNING, 2: Sport.CYCLING, 4: Sport.TRAINING, 5: Sport.SWIMMING, 10: Sport.TRAINING,
          11: Sport.WALKING, 15: Sport.ROWING, 17: Sport.WALKING, 62: Sport.TRAINING}  # fmt: skip
SUB_SPORTS = {1: Sport.RUNNING, 6: Sport.CYCLING, 14: Sport.ROWING, 20: Sport.TRAINING}  # indoors
SHORTEST_HEAD = 12
UNKNOWN_U32 = 0xFFFFFFFF
CRC = (0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
       0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400)  # fmt: skip
CHECKED_BYTES = 1_000_000  # a checksum over more takes too long for a file that is refused anyway


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of one kind of message: byte order, number, each field's offset and size, size of all."""

    order: str
    number: int
    fields: dict[int, int]
    sizes: dict[int, int]
    size: int


def fit_activity(data: bytes) -> NoMotion:
    """What a FIT file contains. Raises DamagedLog for one that is cut short or has a wrong checksum."""
    found = Activity("FIT")
    try:
        for body in parts(data):
            for layout, values in messages(body):
                _take(found, layout, values)
    except (struct.error, IndexError, KeyError) as error:
        raise DamagedLog(format="FIT") from error
    return found.only()


def parts(data: bytes) -> Iterator[bytes]:
    """The records of every file in the chain."""
    at = 0
    while at < len(data):
        head = data[at]
        (size,) = struct.unpack_from("<I", data, at + 4)
        end = at + head + size
        if head < SHORTEST_HEAD or data[at + 8 : at + 12] != b".FIT" or end + 2 > len(data):
            raise DamagedLog(format="FIT")
        (stated,) = struct.unpack_from("<H", data, end)
        if end - at < CHECKED_BYTES and stated != checksum(data[at:end]):
            raise DamagedLog(format="FIT")
        yield data[at + head : end]
        at = end + 2


def messages(body: bytes) -> Iterator[tuple[Layout, bytes]]:
    layouts: dict[int, Layout] = {}
    at = 0
    while at < len(body):
        head = body[at]
        if head & 0xC0 == 0x40:
            layouts[head & 0x0F], at = _layout(body, at)
            continue
        layout = layouts[(head >> 5) & 0x03 if head & 0x80 else head & 0x0F]
        yield layout, body[at + 1 : at + 1 + layout.size]
        at += 1 + layout.size


def _layout(body: bytes, at: int) -> tuple[Layout, int]:
    """A definition, and where the next record begins."""
    order = ">" if body[at + 2] else "<"
    (number,) = struct.unpack_from(f"{order}H", body, at + 3)
    fields: dict[int, int] = {}
    sizes: dict[int, int] = {}
    size, cursor = 0, at + 6
    for _ in range(body[at + 5]):
        fields[body[cursor]], sizes[body[cursor]] = size, body[cursor + 1]
        size, cursor = size + body[cursor + 1], cursor + 3
    if body[at] & 0x20:  # fields of a developer's own follow
        count, cursor = body[cursor], cursor + 1
        size += sum(body[cursor + 3 * place + 1] for place in range(count))
        cursor += 3 * count
    return Layout(order, number, fields, sizes, size), cursor


def _take(found: Activity, layout: Layout, values: bytes) -> None:
    if layout.number == RECORD:
        found.held.update(FIELDS[key] for key in layout.fields if key in FIELDS)
    if layout.number == SESSION and ELAPSED in layout.fields:
        (elapsed_ms,) = struct.unpack_from(f"{layout.order}I", values, layout.fields[ELAPSED])
        found.seconds += elapsed_ms / 1000 if elapsed_ms != UNKNOWN_U32 else 0.0
    if layout.number == SESSION and SPORT in layout.fields:
        indoors = SUB_SPORTS.get(values[layout.fields[SUB_SPORT]]) if SUB_SPORT in layout.fields else None
        found.sport = indoors or SPORTS.get(values[layout.fields[SPORT]], Sport.OTHER)


def checksum(data: bytes) -> int:
    """Garmin's cyclic redundancy check, four bits at a time."""
    crc = 0
    for byte in data:
        crc = (crc >> 4) & 0x0FFF ^ CRC[crc & 0xF] ^ CRC[byte & 0xF]
        crc = (crc >> 4) & 0x0FFF ^ CRC[crc & 0xF] ^ CRC[byte >> 4]
    return crc
