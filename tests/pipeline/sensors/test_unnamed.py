"""Columns that no head names, and files that no name tells apart, are told by their numbers; gravity alone, too."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import AxesUnsure, OtherSensorsOnly
from pipeline.sensors import read_log
from pipeline.values import Array, MotionLog
from tests.pipeline.sensors.exports import G, curl, metamotion, rows, saved

MOTION = curl(rate_hz=50.0, seconds=60.0)
TIMES_S = MOTION.times_s
TOTAL_G = MOTION.total / G
LENGTH = np.linalg.norm(MOTION.total, axis=1, keepdims=True)
WARMTH = 31.2 + 0.1 * np.sin(TIMES_S)[:, None]
TURNED = np.column_stack([np.cos(TIMES_S), np.sin(TIMES_S)[:, None] * [0.6, 0.64, 0.48]])  # a quaternion
LAYOUTS = {
    "temperature_first": [WARMTH, MOTION.total],
    "temperature_last": [MOTION.total, WARMTH],
    "total_first": [LENGTH, MOTION.total],
    "total_last": [MOTION.total, LENGTH],
    "quaternion_first": [TURNED, MOTION.total],
    "quaternion_first_g": [TURNED, TOTAL_G],
    "quaternion_rotation_first": [TURNED, MOTION.rotation, MOTION.total],
    "rotation_first": [MOTION.rotation, MOTION.total],
    "temperature_between": [MOTION.total, WARMTH, np.degrees(MOTION.rotation)],
    "raw_counts": [np.round(16384 * TOTAL_G), np.round(340 * WARMTH), np.round(131 * np.degrees(MOTION.rotation))],
}
HEADS = (False, True)


def read(columns: list[Array], folder: Path, *, headed: bool = False) -> MotionLog:
    values = np.column_stack(columns)
    head = ["t", *(f"c{column}" for column in range(values.shape[1]))]
    text = rows(head, [[f"{at_s:.3f}" for at_s in TIMES_S], *values.T])
    return read_log(saved(folder, {"log.csv": text if headed else text.partition("\n")[2]}))


@pytest.mark.parametrize("headed", HEADS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_acceleration_is_found_among_other_columns(layout: str, headed: bool, tmp_path: Path) -> None:
    log = read(LAYOUTS[layout], tmp_path, headed=headed)
    assert log.caveats == ()
    assert np.allclose(log.acceleration_m_s2, MOTION.total, atol=0.01)


@pytest.mark.parametrize("garbage", ["1e999", "-1e200", "inf", "1e300"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_numbers_that_nothing_measures_are_gaps(layout: str, garbage: str, tmp_path: Path) -> None:
    values = np.column_stack(LAYOUTS[layout])
    cells = [[f"{at_s:.3f}" for at_s in TIMES_S], *([f"{number:.9g}" for number in column] for column in values.T)]
    for place, column in enumerate(cells[1:]):
        column[500 + 7 * place] = garbage
    text = "\n".join(",".join(row) for row in zip(*cells, strict=True))
    log = read_log(saved(tmp_path, {"log.csv": text}))
    kept = np.isin(np.round(TIMES_S, 3), np.round(log.times_s, 3))
    assert kept.sum() == len(log.times_s) > len(TIMES_S) - 10
    assert np.allclose(log.acceleration_m_s2, MOTION.total[kept], atol=0.01)


def test_where_gravity_shows_in_overlapping_columns_the_user_is_asked(tmp_path: Path) -> None:
    """A wind of 8 m/s and two axes are as long as gravity, too."""
    with pytest.raises(AxesUnsure) as asked:
        read([WARMTH - 23.2, MOTION.total], tmp_path)
    assert str(asked.value.facts["choices"]).split() == ["a1-2-3", "a2-3-4"]


def test_a_file_of_gravity_and_one_without_are_added_whatever_they_are_called(tmp_path: Path) -> None:
    texts = {"a.csv": metamotion(MOTION, MOTION.gravity / G, "g"), "b.csv": metamotion(MOTION, MOTION.user / G, "g")}
    log = read_log(saved(tmp_path, texts))
    assert log.caveats == ()
    assert np.allclose(log.acceleration_m_s2, MOTION.total, atol=0.01)


def test_gravity_alone_is_no_motion_and_a_still_sensor_is_no_gravity_alone(tmp_path: Path) -> None:
    with pytest.raises(OtherSensorsOnly):
        read_log(saved(tmp_path / "gravity", {"a.csv": metamotion(MOTION, MOTION.gravity / G, "g")}))
    still = np.random.default_rng(0).normal([0.0, 0.6, 0.8], 0.001, MOTION.total.shape)
    assert len(read_log(saved(tmp_path / "still", {"a.csv": metamotion(MOTION, still, "g")})).times_s)
