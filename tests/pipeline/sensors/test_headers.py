"""The heads of columns that people's files have, and what they say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import AxesUnsure
from pipeline.sensors import ColumnChoice, read_log
from pipeline.sensors.channels import Quantity, Unit
from pipeline.sensors.headers import heading, triples
from tests.pipeline.sensors.exports import G, curl, rows, saved

HEADS = (
    ("X-Axis (g)", "", "x", Quantity.ACCELERATION, Unit.G),
    ("z-axis (°/s)", "axis", "z", Quantity.ROTATION, Unit.DEG_S),
    ("Linear Acceleration y (m/s^2)", "linear acceleration", "y", Quantity.LINEAR, Unit.M_S2),
    ("Lineare Beschleunigung x (m/s²)", "lineare beschleunigung", "x", Quantity.LINEAR, Unit.M_S2),
    ("Acceleration without g z (m/s^2)", "acceleration without g", "z", Quantity.LINEAR, Unit.M_S2),
    ("ACCELEROMETER X (m/s²)", "accelerometer", "x", Quantity.ACCELERATION, Unit.M_S2),
    ("GYROSCOPE Pitch (rad/s)", "gyroscope", "x", Quantity.ROTATION, Unit.RAD_S),
    ("GRAVITY Z (m/s²)", "gravity", "z", Quantity.GRAVITY, Unit.M_S2),
    ("user_acc_x(G)", "user_acc", "x", Quantity.LINEAR, Unit.G),
    ("rotation_rate_y(radians/s)", "rotation_rate", "y", Quantity.ROTATION, Unit.RAD_S),
    ("motionUserAccelerationX(G)", "motionuseracceleration", "x", Quantity.LINEAR, Unit.G),
    ("Device: xGravity", "gravity", "x", Quantity.GRAVITY, None),
    ("gFx", "gf", "x", Quantity.ACCELERATION, None),
    ("accelerationZ", "acceleration", "z", Quantity.ACCELERATION, None),
    ("acc_y_mg", "acc", "y", Quantity.ACCELERATION, Unit.MILLI_G),
    ("Accel X (cm/s^2)", "accel", "x", Quantity.ACCELERATION, Unit.CM_S2),
    ("az [mm/s²]", "a", "z", Quantity.ACCELERATION, Unit.MM_S2),
    ("az (ft/s/s)", "a", "z", Quantity.ACCELERATION, Unit.FT_S2),
    ("gyro_x_dps", "gyro", "x", Quantity.ROTATION, Unit.DEG_S),
    ("Magnetic field x (µT)", "magnetic field", "x", Quantity.OTHER, None),
    ("quaternionX", "quaternion", "x", Quantity.OTHER, None),
)


@pytest.mark.parametrize(("text", "stem", "axis", "quantity", "unit"), HEADS, ids=[head[0] for head in HEADS])
def test_a_head_is_taken_apart(text: str, stem: str, axis: str, quantity: Quantity, unit: Unit | None) -> None:
    found = heading(text)
    assert (found.stem, found.axis, found.quantity, found.unit) == (stem, axis, quantity, unit)


@pytest.mark.parametrize("text", ["time", "seconds_elapsed", "Time (s)", "TgF", "speed (m/s)", "label", "", "()"])
def test_other_heads_name_no_axis_of_a_sensor(text: str) -> None:
    assert triples([text, "a", "b"]) == ()


def test_the_order_of_the_axes_is_that_of_the_heads() -> None:
    (found,) = triples(["time", "z", "y", "x"])
    assert found.columns == (3, 2, 1)


def test_a_row_of_units_in_brackets_is_read(tmp_path: Path) -> None:
    motion = curl()
    units = ["[ms]", "[g]", "[g]", "[g]", "[deg/s]", "[deg/s]", "[deg/s]"]
    columns = [1000 * motion.times_s, *(motion.total / G).T, *np.degrees(motion.rotation).T]
    text = ",".join(["t", "ax", "ay", "az", "gx", "gy", "gz"]) + "\n" + rows(units, columns)
    log = read_log(saved(tmp_path, {"board.csv": text}))
    assert np.allclose(log.acceleration_m_s2, motion.total)
    assert np.allclose(log.rotation_rad_s, motion.rotation)


def test_two_wrists_in_one_table_are_asked_about(tmp_path: Path) -> None:
    motion = curl()
    heads = [f"{side}_acc_{axis}" for side in ("left", "right") for axis in "xyz"]
    columns = [motion.times_s, *motion.total.T, *motion.total[:, [2, 0, 1]].T]
    paths = saved(tmp_path, {"both.csv": rows(["time", *heads], columns)})
    with pytest.raises(AxesUnsure) as asked:
        read_log(paths)
    labels = str(asked.value.facts["labels"]).split("|")
    code = str(asked.value.facts["choices"]).split()[labels.index("right_acc_x, right_acc_y, right_acc_z")]
    log = read_log(paths, columns=ColumnChoice.from_code(code))
    assert log.acceleration_m_s2[9] == pytest.approx(motion.total[9, [2, 0, 1]])
