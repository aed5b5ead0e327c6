"""Tables arranged unlike others, one value a row, a unit in every cell, a clock for every axis, are read the same."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import AnalysisError, RateUnsure
from pipeline.sensors import ColumnChoice, read_log
from pipeline.values import Doubt, MotionLog
from tests.pipeline.sensors.exports import G, curl, rows, saved

MOTION = curl(seconds=12.0)
TIMES = [f"{at_s:.3f}" for at_s in MOTION.times_s.tolist()]
SENSORS = {"accelerometer": MOTION.total, "gyroscope": MOTION.rotation}
IN_TURN = [(at, sensor, axis) for at in range(len(TIMES)) for sensor in SENSORS for axis in range(3)]
ONE_BY_ONE = [(at, sensor, axis) for sensor in SENSORS for axis in range(3) for at in range(len(TIMES))]


def read(text: str, folder: Path, choice: ColumnChoice | None = None) -> MotionLog:
    return read_log(saved(folder, {"export.csv": text}), columns=choice)


def tidied(head: str, form: str, cells: Iterable[tuple[int, str, int]], size: float = 1.0) -> str:
    """A value a row: {t}, {sensor}, {short}, {axis}, {number} and {value}."""
    lines = (
        form.format(
            t=TIMES[at], sensor=sensor, short=sensor[:3], axis="xyz"[axis], number=axis,
            value=f"{SENSORS[sensor][at, axis] * size:.5f}",
        )
        for at, sensor, axis in cells
    )  # fmt: skip
    return "\n".join([head, *lines, ""])


TIDY = {
    "sensor_and_axis": tidied("time,sensor,axis,value", "{t},{sensor},{axis},{value}", IN_TURN),
    "one_word": tidied("timestamp;name;value", "{t};{short}_{axis};{value}", IN_TURN),
    "one_after_the_other": tidied("time,variable,value", "{t},{short}.{axis},{value}", ONE_BY_ONE),
    "numbered": tidied("time\tsensor\taxis\tvalue", "{t}\t{sensor}\t{number}\t{value}", IN_TURN),
}


@pytest.mark.parametrize("kind", TIDY)
def test_one_value_a_row_gives_back_the_movement(kind: str, tmp_path: Path) -> None:
    log = read(TIDY[kind], tmp_path)
    assert (log.caveats, log.has_gravity) == ((), True)
    assert log.times_s == pytest.approx(MOTION.times_s, abs=1e-3)
    assert np.abs(log.acceleration_m_s2 - MOTION.total).max() < 1e-3
    assert np.abs(log.rotation_rad_s - MOTION.rotation).max() < 1e-3


def test_the_unit_in_a_column_of_its_own_holds(tmp_path: Path) -> None:
    own = [cell for cell in IN_TURN if cell[1] == "accelerometer"]
    text = tidied("time,axis,unit,value", "{t},{axis},mg,{value}", own, 1000 / G)
    assert np.abs(read(text, tmp_path).acceleration_m_s2 - MOTION.total).max() < 1e-3


def test_a_sample_that_lacks_an_axis_is_left_out(tmp_path: Path) -> None:
    lost = {(7, "accelerometer", 1), (40, "accelerometer", 2)}
    text = tidied(
        "time,sensor,axis,value", "{t},{sensor},{axis},{value}", (cell for cell in IN_TURN if cell not in lost)
    )
    assert read(text, tmp_path).times_s == pytest.approx(np.delete(MOTION.times_s, [7, 40]), abs=1e-3)


def test_one_value_a_row_without_three_axes_is_no_log(tmp_path: Path) -> None:
    flat = (cell for cell in IN_TURN if cell[2] < 2)
    with pytest.raises(AnalysisError):
        read(tidied("time,sensor,axis,value", "{t},{sensor},{axis},{value}", flat), tmp_path)


@pytest.mark.parametrize(
    ("unit", "size", "turned"),
    [("g", 1 / G, "°/s"), ("mg", 1000 / G, "dps"), ("m/s²", 1.0, "rad/s"), ("m/s^2", 1.0, "deg/s")],
)
def test_a_unit_in_every_cell_holds_for_its_column(unit: str, size: float, turned: str, tmp_path: Path) -> None:
    turn = 1.0 if turned == "rad/s" else 180 / np.pi
    cells = zip(TIMES, (MOTION.total * size).tolist(), (MOTION.rotation * turn).tolist(), strict=True)
    body = (
        ",".join(
            [f"{float(t) * 1000:.0f} ms", *(f"{one:.5f} {unit}" for one in acc), *(f"{one:.5f}{turned}" for one in rot)]
        )
        for t, acc, rot in cells
    )
    log = read("\n".join(["time,ax,ay,az,gx,gy,gz", *body, ""]), tmp_path)
    assert (log.caveats, log.has_gravity) == ((), True)
    assert log.times_s == pytest.approx(MOTION.times_s, abs=1e-3)
    assert np.abs(log.acceleration_m_s2 - MOTION.total).max() < 1e-3
    assert np.abs(log.rotation_rad_s - MOTION.rotation).max() < 1e-3


def test_a_row_in_another_unit_is_left_out_and_told(tmp_path: Path) -> None:
    cells = zip(TIMES, (MOTION.total / G).tolist(), strict=True)
    body = [
        f"{t},{x * 1000:.2f} mg,{y:.5f} g,{z:.5f} g" if number % 10 == 5 else f"{t},{x:.5f} g,{y:.5f} g,{z:.5f} g"
        for number, (t, (x, y, z)) in enumerate(cells)
    ]
    log = read("\n".join(["time,x,y,z", *body, ""]), tmp_path)
    assert [caveat.doubt for caveat in log.caveats] == [Doubt.ROWS_DROPPED]
    assert np.abs(log.acceleration_m_s2 - MOTION.total[np.arange(len(TIMES)) % 10 != 5]).max() < 1e-3


def delsys(heads: list[str], blocks: list[list[list[float]]]) -> str:
    """Columns of different lengths side by side, empty below their ends."""
    columns = [column for block in blocks for column in block]
    longest = max(map(len, columns))
    filled = [[f"{cell:.6f}" for cell in column] + [""] * (longest - len(column)) for column in columns]
    return rows(heads, filled)


def paired(values: np.ndarray, times_s: np.ndarray) -> list[list[float]]:
    """Each axis behind a column of its times."""
    return [column for axis in values.T for column in (times_s.tolist(), axis.tolist())]


EMG = [(np.arange(10 * len(TIMES)) / 1000).tolist(), [1e-5 * (n % 7) for n in range(10 * len(TIMES))]]
ACC, GYR = (paired(values, MOTION.times_s) for values in (MOTION.total / G, np.degrees(MOTION.rotation)))
WORKS = ["X [s]", "Avanti sensor 1: EMG 1 [V]"] + [
    head for kind, unit in (("ACC", "g"), ("GYRO", "deg/s")) for axis in "XYZ"
    for head in ("X [s]", f"Avanti sensor 1: {kind}.{axis} 1 [{unit}]")
]  # fmt: skip
DISCOVER = ["EMG 1 Time Series (s)", "EMG 1 (mV)"] + [
    head for kind, unit in (("ACC", "G"), ("GYRO", "deg/s")) for axis in "XYZ"
    for head in (f"{kind} {axis} Time Series (s)", f"{kind} {axis} ({unit})")
]  # fmt: skip
ABOVE = "Label: curls\nTrial Length: 12.0\nWrist (75557)" + "," * 13 + "\n"
RATES = "\n,1000.0 Hz" + ",,100.0 Hz" * 6 + "\n,0.001 s" + ",,0.01 s" * 6 + "\n"


@pytest.mark.parametrize("program", ["EMGworks", "Discover"])
def test_a_clock_for_every_axis_gives_back_the_movement(program: str, tmp_path: Path) -> None:
    text = delsys(WORKS if program == "EMGworks" else DISCOVER, [EMG, ACC, GYR])
    if program == "Discover":
        head, _, body = text.partition("\n")
        text = ABOVE + head + RATES + body
    log = read(text, tmp_path)
    assert (log.source, log.caveats, log.has_gravity) == ("Delsys", (), True)
    assert log.times_s == pytest.approx(MOTION.times_s, abs=1e-3)
    assert np.abs(log.acceleration_m_s2 - MOTION.total).max() < 1e-3
    assert np.abs(log.rotation_rad_s - MOTION.rotation).max() < 1e-3


def test_a_second_sensor_is_told(tmp_path: Path) -> None:
    heads = [f"{head}" for head in WORKS[2:8]] + [
        head.replace("r 1", "r 2").replace(" 1 ", " 2 ") for head in WORKS[2:8]
    ]
    log = read(delsys(heads, [ACC, ACC]), tmp_path)
    assert [caveat.doubt for caveat in log.caveats] == [Doubt.SEVERAL_RECORDINGS]


def test_counts_of_a_sensor_of_any_range_are_read_by_gravity(tmp_path: Path) -> None:
    counts = np.round(1366 * 4 * MOTION.total / G).astype(int)
    log = read(rows(["t", "ax", "ay", "az"], [MOTION.times_s, *counts.T]), tmp_path)
    assert np.median(np.linalg.norm(log.acceleration_m_s2, axis=1)) == pytest.approx(
        np.median(np.linalg.norm(MOTION.total, axis=1)), rel=0.1
    )
    assert Doubt.UNIT_BY_GRAVITY in {caveat.doubt for caveat in log.caveats}


@pytest.mark.parametrize("ticks_a_s", [10_000, 10_000_000])
def test_a_clock_of_tenths_that_looks_ten_times_as_slow_is_asked_about(ticks_a_s: int, tmp_path: Path) -> None:
    slow = curl(seconds=30.0)
    text = rows(["time", "ax", "ay", "az"], [np.round(slow.times_s * ticks_a_s).astype(int), *slow.total.T])
    with pytest.raises(RateUnsure) as asked:
        read(text, tmp_path)
    assert asked.value.facts["labels"] == "10 Hz|100 Hz"
    log = read(text, tmp_path, ColumnChoice.from_code("r100"))
    assert log.times_s == pytest.approx(slow.times_s, abs=1e-3)


def test_so_is_a_whole_workout_in_which_nothing_comes_back_evenly(tmp_path: Path) -> None:
    """Three sets, each with the wrist held another way, and rests of other lengths."""
    sets = [(26.0, 8.0), (40.0, 12.0), (18.0, 6.0)]
    parts = [
        np.roll(
            np.concatenate([curl(seconds=work_s).total, np.tile([0.0, 0.0, G], (round(100 * rest_s), 1))]),
            turn,
            1,
        )
        for turn, (work_s, rest_s) in enumerate(sets)
    ]
    total = np.concatenate(parts)
    text = rows(["time", "ax", "ay", "az"], [100 * np.arange(len(total)), *total.T])
    with pytest.raises(RateUnsure) as asked:
        read(text, tmp_path)
    assert asked.value.facts["labels"] == "10 Hz|100 Hz"


def test_packets_of_rows_with_one_time_are_not_taken_for_a_slow_log(tmp_path: Path) -> None:
    quick = curl(rate_hz=50.0, seconds=80.0)
    packet_ms = (20 * np.arange(len(quick.total))) // 160 * 160
    text = rows(["timestamp", "ax", "ay", "az"], [packet_ms, *(quick.gravity + 3 * quick.user).T])
    assert read(text, tmp_path).duration_s == pytest.approx(80.0, abs=0.5)


def test_a_log_that_is_truly_slow_is_read_without_a_question(tmp_path: Path) -> None:
    slow = curl(rate_hz=10.0, seconds=40.0)
    text = rows(["time", "ax", "ay", "az"], [np.round(slow.times_s * 1000).astype(int), *slow.total.T])
    assert read(text, tmp_path).times_s == pytest.approx(slow.times_s, abs=1e-3)
