"""What boards, laboratory loggers and home-made apps write comes back as the movement that was recorded."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipeline.sensors import read_log
from pipeline.values import Doubt
from tests.pipeline.sensors.exports import START_NS, G, curl, rows, saved

MOTION = curl()
TOTAL = MOTION.total.tolist()
# A clock in whole seconds is spread evenly, to a sample of 10 ms; the acceleration changes by 14 m/s² a second.
ACCELERATION_M_S2 = 0.02 + 14.0 * 0.01
ROTATION_RAD_S = 0.05


def dated(form: str) -> list[str]:
    begun = datetime(2026, 1, 4, 23, 59, 56, tzinfo=UTC)
    return [(begun + timedelta(seconds=time_s)).strftime(form) for time_s in MOTION.times_s.tolist()]


def milliseconds() -> list[int]:
    return [round(1000 * time_s) for time_s in MOTION.times_s.tolist()]


def on_days(form: str) -> str:
    return rows(["Date", "Acc X (g)", "Acc Y (g)", "Acc Z (g)"], [dated(form), *(MOTION.total / G).T])


def actigraph() -> str:
    preamble = (
        "--- Data File Created By ActiGraph GT3X+ date format M/d/yyyy at 100 Hz  Filter Normal ---\nSerial: TAS1\n"
    )
    return preamble + rows(["Accelerometer X", "Accelerometer Y", "Accelerometer Z"], (MOTION.total / G).T)


def xsens() -> str:
    count = np.arange(len(MOTION.times_s))
    columns = [count, 100 * count + 77, *MOTION.total.T, *MOTION.rotation.T]
    header = ["PacketCounter", "SampleTimeFine", *(f"{name}_{axis}" for name in ("Acc", "Gyr") for axis in "XYZ")]
    return "// Start Time: Unknown\n// Update Rate: 100.0Hz\n" + rows(header, columns, "\t")


def raw_counts() -> str:
    counts = np.round(MOTION.total / G * 4096).astype(int)
    return rows(["millis", "ax", "ay", "az"], [milliseconds(), *counts.T])


def row_for_each_sensor() -> str:
    """Acceleration in one row, rotation in the next."""
    acceleration = [f"{time_s:.3f},{x},{y},{z},,," for time_s, (x, y, z) in zip(MOTION.times_s, TOTAL, strict=True)]
    turning = MOTION.rotation.tolist()
    rotation = [
        f"{time_s + 0.004:.3f},,,,{x},{y},{z}" for time_s, (x, y, z) in zip(MOTION.times_s, turning, strict=True)
    ]
    pairs = zip(acceleration, rotation, strict=True)
    return "\n".join(["t,accX,accY,accZ,gyroX,gyroY,gyroZ", *(line for pair in pairs for line in pair)])


def json_lines() -> str:
    records = zip(milliseconds(), TOTAL, strict=True)
    return "\n".join(json.dumps({"timestamp": ms, "accel": dict(zip("xyz", xyz, strict=True))}) for ms, xyz in records)


def json_rows() -> str:
    return json.dumps(
        {"device": "band", "samples": [[ms, *xyz] for ms, xyz in zip(milliseconds(), TOTAL, strict=True)]}
    )


def ended_lines() -> str:
    stamped = zip(MOTION.times_s.tolist(), TOTAL, strict=True)
    return "\n".join(f"33,Curl,{START_NS + round(1e9 * at_s)},{x},{y},{z};" for at_s, (x, y, z) in stamped)


WRITTEN: Mapping[str, Callable[[], str]] = {
    "american_dates": lambda: on_days("%m/%d/%Y %I:%M:%S.%f %p"),
    "german_dates": lambda: on_days("%d.%m.%Y %H:%M:%S.%f"),
    "whole_seconds": lambda: on_days("%Y-%m-%d %H:%M:%S"),
    "rate_above_the_header": actigraph,
    "tenths_of_milliseconds": xsens,
    "raw_counts": raw_counts,
    "row_for_each_sensor": row_for_each_sensor,
    "json_lines": json_lines,
    "json_rows": json_rows,
    "lines_ended_with_a_semicolon": ended_lines,
}
TURNING = ("tenths_of_milliseconds", "row_for_each_sensor")


@pytest.mark.parametrize("name", WRITTEN)
def test_the_movement_comes_back_without_a_doubt(name: str, tmp_path: Path) -> None:
    log = read_log(saved(tmp_path, {f"{name}.txt": WRITTEN[name]()}))
    wanted = np.column_stack([np.interp(log.times_s, MOTION.times_s, axis) for axis in MOTION.total.T])
    off = np.percentile(np.abs(log.acceleration_m_s2 - wanted), 99)
    assert (log.has_gravity, log.caveats) == (True, ())
    assert log.duration_s == pytest.approx(MOTION.times_s[-1], abs=0.05)
    assert off < ACCELERATION_M_S2


@pytest.mark.parametrize("name", TURNING)
def test_rotation_comes_back_beside_it(name: str, tmp_path: Path) -> None:
    log = read_log(saved(tmp_path, {f"{name}.txt": WRITTEN[name]()}))
    wanted = np.column_stack([np.interp(log.times_s, MOTION.times_s, axis) for axis in MOTION.rotation.T])
    assert np.nanpercentile(np.abs(log.rotation_rad_s - wanted), 95) < ROTATION_RAD_S


def test_a_row_that_lacks_every_sensor_is_damaged(tmp_path: Path) -> None:
    lines = row_for_each_sensor().split("\n")
    emptied = [line.split(",")[0] + ",,,,,," if number % 20 in (3, 4) else line for number, line in enumerate(lines)]
    log = read_log(saved(tmp_path, {"emptied.csv": "\n".join(emptied)}))
    assert Doubt.ROWS_DROPPED in {caveat.doubt for caveat in log.caveats}


def test_raw_rotation_beside_raw_acceleration_is_left_out(tmp_path: Path) -> None:
    """131 counts are 1 °/s on this chip and 16 on that one: nothing in the numbers tells."""
    counts = np.round(np.column_stack([MOTION.total / G * 4096, np.degrees(MOTION.rotation) * 131])).astype(int)
    text = rows(["millis", "ax", "ay", "az", "gx", "gy", "gz"], [milliseconds(), *counts.T])
    log = read_log(saved(tmp_path, {"board.csv": text}))
    assert np.isnan(log.rotation_rad_s).all()
    assert {caveat.doubt for caveat in log.caveats} == {Doubt.ROTATION_LEFT_OUT}


def test_a_damaged_year_is_one_damaged_row(tmp_path: Path) -> None:
    lines = on_days("%Y-%m-%d %H:%M:%S.%f").split("\n")
    lines[300] = lines[300].replace("2026", "9026", 1)
    log = read_log(saved(tmp_path, {"year.csv": "\n".join(lines)}))
    assert len(log.times_s) == len(MOTION.times_s) - 1
