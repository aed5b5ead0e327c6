"""A FIT file in which an app of the watch logged its own sensors comes back as the movement that was recorded."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from pipeline.errors import NoMotion
from pipeline.sensors import read_log
from pipeline.sensors.fit import checksum
from pipeline.values import Array
from tests.pipeline.sensors.exports import G, curl

MOTION = curl(rate_hz=25.0)
TIME_S = 1_136_000_000
COUNTS_A_G = 4096
LEVEL = 32768
TURNED = np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 0.0, 1.0]])  # how the chip lies in the watch
HALF_A_MG = 0.01  # m/s², rounded up; a count is a quarter of a thousandth of g

Field = tuple[int, npt.NDArray[np.generic]]


def message(number: int, fields: list[Field]) -> bytes:
    """Its definition and one record of it."""
    named = b"".join(bytes([field, values.nbytes, 0x0D]) for field, values in fields)
    head = struct.pack("<BBBHB", 0x40, 0, 0, number, len(fields))
    return head + named + b"\x00" + b"".join(values.tobytes() for _, values in fields)


def written(path: Path, body: bytes) -> Path:
    head = struct.pack("<BBHI4s", 12, 0x10, 100, len(body), b".FIT")
    path.write_bytes(head + body + struct.pack("<H", checksum(head + body)))
    return path


def a_second(second: int) -> tuple[slice, list[Field]]:
    """Which samples are of this second, and how the message tells its time: 300 ms late."""
    offsets = np.arange(25, dtype="<u2") * 40
    clock: list[Field] = [(253, np.array([TIME_S + second], "<u4")), (0, np.array([300], "<u2")), (1, offsets)]
    return slice(25 * second, 25 * second + 25), clock


def by_axis(first: int, values: Array, kind: str) -> list[Field]:
    return [(first + axis, values[:, axis].astype(kind)) for axis in range(3)]


def calibration() -> bytes:
    numbers: list[Field] = [(0, np.array([0], "u1")), (1, np.array([1], "<u4")), (2, np.array([COUNTS_A_G], "<u4"))]
    numbers += [(3, np.array([LEVEL], "<u4")), (4, np.array([5, -3, 2], "<i4"))]
    return message(167, [*numbers, (5, (TURNED * 65535).astype("<i4").ravel())])


def in_floats(_: Array, total_g: Array) -> list[Field]:
    return by_axis(5, total_g, "<f4")


def in_thousandths(_: Array, total_g: Array) -> list[Field]:
    return by_axis(8, np.round(1000 * total_g), "<i2")


def in_counts(counts: Array, _: Array) -> list[Field]:
    return by_axis(2, counts, "<u2")


@pytest.mark.parametrize("fields", [in_floats, in_thousandths, in_counts])
def test_the_movement_comes_back(fields: Callable[[Array, Array], list[Field]], tmp_path: Path) -> None:
    total_g = MOTION.total / G
    counts = np.round(total_g @ TURNED * COUNTS_A_G) + LEVEL + [5, -3, 2]
    body = calibration()
    for second in range(len(total_g) // 25):
        mine, clock = a_second(second)
        body += message(165, [*clock, *fields(counts[mine], total_g[mine])])
        body += message(164, [*clock, *by_axis(5, np.degrees(MOTION.rotation[mine]), "<f4")])
    log = read_log([written(tmp_path / "workout.fit", body)])
    assert (log.source, log.has_gravity, log.caveats) == ("Garmin FIT", True, ())
    np.testing.assert_allclose(log.times_s, MOTION.times_s, atol=1e-6)
    np.testing.assert_allclose(log.acceleration_m_s2, MOTION.total, atol=HALF_A_MG)
    np.testing.assert_allclose(log.rotation_rad_s, MOTION.rotation, atol=1e-5)


def test_counts_without_a_calibration_are_no_motion(tmp_path: Path) -> None:
    mine, clock = a_second(0)
    body = message(165, [*clock, *by_axis(2, 4096 * MOTION.total[mine] + LEVEL, "<u2")])
    with pytest.raises(NoMotion):
        read_log([written(tmp_path / "raw.fit", body)])
