"""What a board prints, or a serial monitor keeps of it, is read as the movement it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import AxesUnsure, NotALog, RateUnsure
from pipeline.sensors import ColumnChoice, read_log
from pipeline.values import Array, MotionLog
from tests.pipeline.sensors.exports import curl, saved

MOTION = curl(rate_hz=50.0, seconds=20.0)
MS = [round(1000 * time_s) for time_s in MOTION.times_s.tolist()]
BEGUN = datetime(2026, 1, 4, 18, 3, 7, tzinfo=UTC)
CLOCK = [f"{BEGUN + timedelta(milliseconds=ms):%H:%M:%S}.{ms % 1000:03}" for ms in MS]
MOVED = [[f"{cell:.3f}" for cell in row] for row in MOTION.total.tolist()]
TURNED = [[f"{cell:.4f}" for cell in row] for row in MOTION.rotation.tolist()]
# Adafruit's example of the MPU6050
SENSORS = "Acceleration X: {}, Y: {}, Z: {} m/s^2\n", "Rotation X: {}, Y: {}, Z: {} rad/s\n", "Temperature: 28.3 degC\n"


def each(form: str) -> str:
    """A line a sample: {clock}, {ms}, and {0} to {5}, the acceleration and the rotation."""
    found = zip(CLOCK, MS, MOVED, TURNED, strict=True)
    return "".join(form.format(*acc, *turn, clock=clock, ms=ms) for clock, ms, acc, turn in found)


WRITTEN: Mapping[str, Callable[[], str]] = {
    "monitor": lambda: each("{clock} -> {0},{1},{2}\n"),
    "monitor_with_labels": lambda: each("{clock} -> ax:{0}\tay:{1}\taz:{2}\n"),
    "clock_in_brackets": lambda: each("[{clock}] aX = {0} | aY = {1} | aZ = {2}\n"),
    "android_events": lambda: each("{ms} linear_acceleration 0 0 0\n{ms} gravity {0} {1} {2}\n"),
    "labels": lambda: each("t:{ms},ax:{0},ay:{1},az:{2}\n"),
    "equal_signs": lambda: each("ms={ms} ax={0} ay={1} az={2}\n"),
    "words": lambda: each("Time: {ms} ms, Acc X: {0}, Y: {1}, Z: {2} m/s^2\n"),
    "esp_idf": lambda: "rst:0x1 (POWERON_RESET),boot:0x13\n" + each("I ({ms}) imu: {0}, {1}, {2}\n"),
    "sentences": lambda: each("$IMU,{ms},{0},{1},{2}*5A\n"),
    "lists": lambda: each("[{ms}, {0}, {1}, {2}]\n"),
    "tuples": lambda: each("({ms}, {0}, {1}, {2})\n"),
    "lists_in_tuples": lambda: each("({ms}, [{0}, {1}, {2}])\n"),
}


def read(text: str, folder: Path, choice: ColumnChoice | None = None) -> MotionLog:
    return read_log(saved(folder, {"putty.log": text}), columns=choice)


def off_by(found: Array, true: Array) -> float:
    return float(np.abs(found - true).max())


@pytest.mark.parametrize("kind", WRITTEN)
def test_printed_lines_give_back_the_movement(kind: str, tmp_path: Path) -> None:
    log = read(WRITTEN[kind](), tmp_path)
    assert (log.caveats, log.has_gravity) == ((), True)
    assert log.duration_s == pytest.approx(MOTION.times_s[-1], abs=0.001)
    assert off_by(log.acceleration_m_s2, MOTION.total) < 0.001


def test_sensors_that_are_printed_in_turn_are_told_apart(tmp_path: Path) -> None:
    acceleration, rotation, warmth = ("{clock} -> " + form for form in SENSORS)
    text = each(acceleration.format(*("{" + str(i) + "}" for i in range(3)), clock="{clock}")
                + rotation.format(*("{" + str(i) + "}" for i in range(3, 6)), clock="{clock}") + warmth)  # fmt: skip
    log = read(text, tmp_path)
    assert off_by(log.acceleration_m_s2, MOTION.total) < 0.001
    assert off_by(log.rotation_rad_s, MOTION.rotation) < 0.001


def test_without_a_clock_the_rate_is_asked_once_for_all_sensors(tmp_path: Path) -> None:
    text = each("Acceleration X: {0}, Y: {1}, Z: {2} m/s^2\nRotation X: {3}, Y: {4}, Z: {5} rad/s\n\n")
    with pytest.raises(RateUnsure):
        read(text, tmp_path)
    log = read(text, tmp_path, ColumnChoice(rate_hz=50.0))
    assert off_by(log.acceleration_m_s2, MOTION.total) < 0.001
    assert off_by(log.rotation_rad_s, MOTION.rotation) < 0.001


def test_six_numbers_behind_the_monitors_clock_do_not_lose_the_first(tmp_path: Path) -> None:
    text = each("{clock} -> {0},{1},{2},{3},{4},{5}\n")
    try:
        log = read(text, tmp_path)
    except AxesUnsure as asked:
        log = read(text, tmp_path, ColumnChoice.from_code(str(asked.facts["choices"]).split()[0]))
    assert off_by(log.acceleration_m_s2, MOTION.total) < 0.001


def test_prose_with_numbers_is_no_log(tmp_path: Path) -> None:
    letter = "On day: 1 I did squats: 10, presses: 12 and rows: 8\nand then I went home, see you at 18:30 -> bye\n"
    with pytest.raises(NotALog):
        read(letter * 5, tmp_path)
