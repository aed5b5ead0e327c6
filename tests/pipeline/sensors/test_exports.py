"""What every app writes comes back as the movement that was recorded: values within 0.05 m/s² and 0.03 rad/s."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pipeline.sensors import read_log
from pipeline.values import Array, Doubt
from tests.pipeline.sensors.exports import EXPORTS, Export, curl

ACCELERATION_M_S2, ROTATION_RAD_S = 0.05, 0.03  # rounding to 0.01 m/s², clocks in whole milliseconds
BY_EXPORT = {"ulift": {Doubt.CLOCK_IN_BURSTS}}
TOLD_BY_NAME = ("sensor_logger_ios_folder",)  # its tables of three axes look alike
FASTEST_M_S3 = 14.0  # the movement's acceleration changes no quicker: a clock 1 ms off is 0.014 m/s² off


def moved(times_s: Array, xyz: Array, at_s: Array) -> Array:
    return np.column_stack([np.interp(at_s, times_s, column) for column in xyz.T])


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_an_export_holds_the_movement(export: Export, tmp_path: Path) -> None:
    motion = curl()
    log = read_log(export.write(motion, tmp_path))
    wanted = export.sign * (motion.total if export.gravity else motion.user)
    error = np.abs(log.acceleration_m_s2 - moved(motion.times_s, wanted, log.times_s))
    assert (log.source, log.has_gravity) == (export.source, export.gravity)
    assert log.duration_s == pytest.approx(motion.times_s[-1], abs=0.08)
    assert float(np.percentile(error, 99)) < ACCELERATION_M_S2 + FASTEST_M_S3 * 0.001


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_rotation_is_where_it_was_measured(export: Export, tmp_path: Path) -> None:
    motion = curl()
    log = read_log(export.write(motion, tmp_path))
    measured = np.isfinite(log.rotation_rad_s).all(axis=1)
    error = np.abs(log.rotation_rad_s - moved(motion.times_s, motion.rotation, log.times_s))[measured]
    assert float(measured.mean()) > 0.98 if export.rotation else not measured.any()
    assert float(np.percentile(error, 99)) < ROTATION_RAD_S if export.rotation else not error.size


@pytest.mark.parametrize("export", EXPORTS, ids=lambda export: export.name)
def test_a_sound_export_leaves_no_doubt_but_what_it_lacks(export: Export, tmp_path: Path) -> None:
    doubts = {caveat.doubt for caveat in read_log(export.write(curl(), tmp_path)).caveats}
    assert doubts == (set() if export.gravity else {Doubt.GRAVITY_LEFT_OUT}) | BY_EXPORT.get(export.name, set())


def test_files_are_told_by_content_where_their_names_say_nothing(tmp_path: Path) -> None:
    motion = curl()
    for export in EXPORTS:
        folder = tmp_path / export.name
        paths = [path for path in export.write(motion, folder) if path.is_file()]
        for path in paths:
            path.rename(path.with_name(path.name + ".bin"))
    named = [path for path in tmp_path.rglob("*.bin") if path.parent.name not in TOLD_BY_NAME]
    logs = [read_log([path]) for path in named if "b.csv" not in path.name]
    assert len(logs) > 15
    assert all(log.duration_s == pytest.approx(motion.times_s[-1], abs=0.08) for log in logs)
