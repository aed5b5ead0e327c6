"""What every app writes comes back as the movement that was recorded: values within 0.064 m/s² and 0.03 rad/s."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline.sensors import read_log
from pipeline.values import Array, Doubt, MotionLog
from tests.pipeline.sensors.exports import EXPORTS, Export, Motion, curl

# Rounding to 0.01 m/s², packets spread to 4 ms; on top of it a clock in whole milliseconds, while the movement's
# acceleration changes by 14 m/s² a second.
ACCELERATION_M_S2, ROTATION_RAD_S, DURATION_S = 0.05 + 14.0 * 0.001, 0.03, 0.08


@dataclass(frozen=True, slots=True)
class Recorded:
    """A movement, one app's export of it and what was read from that."""

    motion: Motion
    export: Export
    log: MotionLog


@pytest.fixture(scope="module", params=EXPORTS, ids=lambda export: export.name)
def recorded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Recorded:
    motion, export = curl(), request.param
    return Recorded(motion, export, read_log(export.write(motion, tmp_path_factory.mktemp(export.name))))


def moved(times_s: Array, xyz: Array, at_s: Array) -> Array:
    return np.column_stack([np.interp(at_s, times_s, column) for column in xyz.T])


def test_an_export_holds_the_movement(recorded: Recorded) -> None:
    motion, export, log = recorded.motion, recorded.export, recorded.log
    wanted = export.sign * (motion.total if export.gravity else motion.user)
    error = np.abs(log.acceleration_m_s2 - moved(motion.times_s, wanted, log.times_s))
    assert (log.source, log.has_gravity) == (export.source, export.gravity)
    assert log.duration_s == pytest.approx(motion.times_s[-1], abs=DURATION_S)
    assert float(np.percentile(error, 99)) < ACCELERATION_M_S2


def test_rotation_is_where_it_was_measured(recorded: Recorded) -> None:
    motion, log = recorded.motion, recorded.log
    measured = np.isfinite(log.rotation_rad_s).all(axis=1)
    error = np.abs(log.rotation_rad_s - moved(motion.times_s, motion.rotation, log.times_s))[measured]
    assert float(measured.mean()) == pytest.approx(float(recorded.export.rotation), abs=0.02)
    assert float(np.percentile([0.0, *error.ravel()], 99)) < ROTATION_RAD_S


def test_a_sound_export_leaves_no_doubt_but_what_it_lacks(recorded: Recorded) -> None:
    doubts = {caveat.doubt for caveat in recorded.log.caveats}
    lacking = set() if recorded.export.gravity else {Doubt.GRAVITY_LEFT_OUT}
    assert doubts == lacking


ONE_FILE = [
    export for export in EXPORTS if export.name not in ("sensor_logger_ios_folder", "metamotion_two_files_two_rates")
]


@pytest.mark.parametrize("export", ONE_FILE[::3], ids=lambda export: export.name)
def test_a_file_is_told_by_its_content_whatever_it_is_called(export: Export, tmp_path: Path) -> None:
    (path,) = export.write(curl(), tmp_path)
    log = read_log([path.rename(tmp_path / "document.bin")], names=["IMG_0042.mov"])
    assert (log.source, log.has_gravity) == (export.source, export.gravity)
