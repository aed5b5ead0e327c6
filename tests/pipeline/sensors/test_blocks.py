"""Sensors side by side in one table, each with its own clock; and columns that are none of a movement beside one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import RateUnsure, UnreadableLog
from pipeline.sensors import read_log
from pipeline.values import MotionLog
from tests.pipeline.sensors.exports import G, curl, rows, saved

MOTION = curl(rate_hz=50.0, seconds=60.0)
CALM_S, QUICK_S = MOTION.times_s, np.arange(6000) / 100.0
TURNING = np.column_stack([np.interp(QUICK_S, CALM_S, axis) for axis in MOTION.rotation.T])


def padded(columns: np.ndarray, count: int = len(QUICK_S)) -> list[list[str]]:
    return [[f"{cell:.4f}" for cell in column] + [""] * (count - len(column)) for column in columns]


def read(text: str, folder: Path) -> MotionLog:
    return read_log(saved(folder, {"log.csv": text}))


ACC, GYRO = (CALM_S, *MOTION.total.T), (QUICK_S, *TURNING.T)
HEADS = (
    ("t_acc", "ax", "ay", "az", "t_gyr", "gx", "gy", "gz"),
    ("time", "acc_x", "acc_y", "acc_z", "time", "gyro_x", "gyro_y", "gyro_z"),
    ("Acc Time (s)", "Acc X (m/s²)", "Acc Y (m/s²)", "Acc Z (m/s²)",
     "Gyro Time (s)", "Gyro X (rad/s)", "Gyro Y (rad/s)", "Gyro Z (rad/s)"),
)  # fmt: skip


@pytest.mark.parametrize("gyroscope_first", [False, True])
@pytest.mark.parametrize("head", HEADS, ids=lambda head: head[0])
def test_each_sensor_has_the_clock_before_its_axes(
    head: tuple[str, ...], gyroscope_first: bool, tmp_path: Path
) -> None:
    blocks = [(head[:4], padded(np.array(ACC))), (head[4:], padded(np.array(GYRO)))]
    blocks = blocks[::-1] if gyroscope_first else blocks
    log = read(rows([*blocks[0][0], *blocks[1][0]], [*blocks[0][1], *blocks[1][1]]), tmp_path)
    assert log.caveats == ()
    assert log.duration_s == pytest.approx(CALM_S[-1])
    assert np.allclose(log.acceleration_m_s2, MOTION.total, atol=0.001)
    assert np.allclose(log.rotation_rad_s, MOTION.rotation, atol=0.001)


def test_a_second_clock_that_is_coarser_changes_nothing(tmp_path: Path) -> None:
    whole_s = np.floor(CALM_S).astype(int)
    head = ["time", "ax", "ay", "az", "gps_time", "gx", "gy", "gz"]
    log = read(rows(head, [CALM_S, *MOTION.total.T, whole_s, *MOTION.rotation.T]), tmp_path)
    assert log.caveats == ()
    assert np.allclose(log.rotation_rad_s, MOTION.rotation, atol=0.001)


def test_three_columns_of_another_sensor_raise_no_question(tmp_path: Path) -> None:
    """WitMotion's magnetometer has the heads hx, hy, hz and no unit."""
    field = np.random.default_rng(1).integers(-2000, 2000, MOTION.total.shape)
    head = ["address", "Time(s)", "ax(g)", "ay(g)", "az(g)", "hx", "hy", "hz"]
    text = rows(head, [["0x50"] * len(CALM_S), CALM_S, *(MOTION.total / G).T, *field.T], "\t")
    log = read("StartTime: 2026-01-04 18:03:07.250\n" + text, tmp_path)
    assert log.caveats == ()
    assert np.allclose(log.acceleration_m_s2, MOTION.total, atol=0.001)


def test_a_time_is_never_offered_as_an_axis(tmp_path: Path) -> None:
    """A clock before every single axis, and axes that bear a number, of nobody known."""
    head = [cell for axis in "XYZ" for cell in ("time [s]", f"Avanti 1: ACC {axis} 1 [g]")]
    with pytest.raises(UnreadableLog) as refused:
        read(rows(head, [cells for axis in (MOTION.total / G).T for cells in (CALM_S, axis)]), tmp_path)
    assert "choices" not in refused.value.facts


@pytest.mark.parametrize(("step_ms", "rate_hz"), [(1, 1000), (2, 500), (4, 250)])
def test_the_rate_that_even_milliseconds_make_is_offered(step_ms: int, rate_hz: int, tmp_path: Path) -> None:
    count = step_ms * np.arange(len(CALM_S))
    with pytest.raises(RateUnsure) as asked:
        read(rows(["time", "ax", "ay", "az"], [count, *MOTION.total.T]), tmp_path)
    assert f"{rate_hz} Hz" in str(asked.value.facts["labels"]).split("|")
