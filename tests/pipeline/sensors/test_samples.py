"""Real files of every app: clock, rate, unit, gravity and order of axes are those written down for them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import ActivityOnly, AnalysisError, DamagedLog, OtherSensorsOnly, RateUnsure
from pipeline.sensors import ColumnChoice, read_log, resample
from pipeline.sensors.calm import calm
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.sensors.clock import step_s
from pipeline.values import Doubt
from tests.shared_data import SHARED, needs_shared_data

SAMPLES = SHARED / "logs" / "samples"
pytestmark = [needs_shared_data, pytest.mark.data]

RATE_SHARE, DURATION_S = 0.02, 0.15
REST_G = 0.2  # the calmest seconds of a set are none of rest, and each of uLift's bands has an offset of its own


@dataclass(frozen=True, slots=True)
class Sample:
    """What a sample's index says of it."""

    path: str
    source: str
    rate_hz: float
    duration_s: float
    gravity: bool
    rotation: bool
    doubts: frozenset[Doubt] = frozenset()


APART = frozenset({Doubt.GRAVITY_LEFT_OUT})
BURSTS = frozenset({Doubt.CLOCK_IN_BURSTS})
GAP = frozenset({Doubt.LOG_GAPS})
SLOW = frozenset({Doubt.LOW_LOG_RATE})
PHONE, WATCH = "sensorlogger_phone", "sensorlogger_watch"
READABLE = (
    Sample(f"{PHONE}/Accelerometer.csv", "Sensor Logger", 99.5, 29.98, False, False, APART),
    Sample(PHONE, "Sensor Logger", 99.5, 29.98, False, True, APART),
    Sample(f"{PHONE}.zip", "Sensor Logger", 99.5, 29.98, False, True, APART),
    Sample(f"{WATCH}/WristMotion.csv", "Sensor Logger", 100.8, 29.99, True, True),
    Sample(f"{WATCH}/WatchAccelerometerUncalibrated.csv", "Sensor Logger", 100.8, 29.99, True, False),
    Sample(f"{WATCH}.zip", "Sensor Logger", 100.8, 29.99, True, True),
    Sample("sensorlogger_watch_without_angles/WristMotion.csv", "Sensor Logger", 99.4, 22.40, True, True, GAP),
    Sample("not_exercise_swim_backstroke_wristmotion.csv", "Sensor Logger", 100.8, 29.99, True, True),
    Sample("not_exercise_basketball_accelerometer.csv", "Sensor Logger", 99.5, 13.76, False, False, APART),
    Sample("phyphox_acceleration_without_g/Raw Data.csv", "phyphox", 100.0, 29.95, False, False, APART),
    Sample("phyphox_acceleration_without_g.zip", "phyphox", 100.0, 29.95, False, False, APART),
    Sample("phyphox_custom_experiment/Linear Accelerometer.csv", "phyphox", 100.7, 30.0, False, False, APART),
    Sample("phyphox_custom_experiment.zip", "phyphox", 100.7, 30.0, False, False, APART),
    Sample("powersense_watch.csv", "PowerSense", 50.6, 383.25, True, True, GAP),
    Sample("exermote", "table", 10.0, 59.86, True, True, SLOW),
    Sample("metamotion", "MetaMotion", 25.0, 19.91, True, True),
    Sample("ulift/Subject132_2018_1221_160004_segment00_00.csv", "table", 99.6, 15.0, True, False, BURSTS),
    Sample("ulift/Subject105_2019_0111_133707_segment10_09.csv", "table", 98.6, 24.92, True, False, BURSTS),
    # the index says 93.2: rows over time, lost packets and all; between the losses the band gives 97
    Sample("ulift/Subject105_2019_0111_131319_segment11_rest.csv", "table", 97.3, 24.98, True, False, BURSTS),
)


def files(path: Path) -> list[Path]:
    """A folder's files as they are sent one by one; MetaBase has no folder of its own."""
    return sorted(path.iterdir()) if path.is_dir() else [path]


@pytest.mark.parametrize("sample", READABLE, ids=lambda sample: sample.path)
def test_a_sample_is_read_as_its_index_says(sample: Sample) -> None:
    log = read_log(files(SAMPLES / sample.path))
    rotation = float(np.isfinite(log.rotation_rad_s).all(axis=1).mean())
    assert (log.source, log.has_gravity) == (sample.source, sample.gravity)
    assert 1 / step_s(log.times_s) == pytest.approx(sample.rate_hz, rel=RATE_SHARE)
    assert log.duration_s == pytest.approx(sample.duration_s, abs=max(DURATION_S, 0.01 * sample.duration_s))
    assert {caveat.doubt for caveat in log.caveats} == sample.doubts
    assert rotation == pytest.approx(float(sample.rotation), abs=0.02)


WORN = [sample for sample in READABLE if sample.gravity and "not_exercise" not in sample.path]


@pytest.mark.parametrize("sample", WORN, ids=lambda sample: sample.path)
def test_gravity_is_one_g_where_it_is_in(sample: Sample) -> None:
    log = read_log(files(SAMPLES / sample.path))
    at_rest = calm(np.round(log.times_s * 1e9).astype(np.int64), log.acceleration_m_s2).size
    assert at_rest / GRAVITY_M_S2 == pytest.approx(1.0, abs=REST_G)


def test_the_first_row_of_a_phone_is_x_y_z_though_it_is_written_z_y_x() -> None:
    log = read_log([SAMPLES / PHONE])
    assert log.acceleration_m_s2[0] == pytest.approx([-0.09161913, 0.83791973, 0.15040333], abs=1e-6)


def test_gravity_and_user_acceleration_of_a_wrist_are_added_in_m_s2() -> None:
    log = read_log([SAMPLES / WATCH / "WristMotion.csv"])
    wanted = np.array([-0.03256767 - 0.06635506, 0.65972203 - 0.02591771, -0.75080371 - 0.03926587]) * GRAVITY_M_S2
    assert log.acceleration_m_s2[0] == pytest.approx(wanted, abs=1e-5)
    assert log.rotation_rad_s[0] == pytest.approx([0.92162806, -0.39386413, -0.03941479], abs=1e-6)


def test_nanoseconds_are_kept_to_the_nanosecond() -> None:
    log = read_log([SAMPLES / PHONE / "Accelerometer.csv"])
    assert log.times_s[1] == pytest.approx(0.010_047_200, abs=1e-9)


def test_the_gap_of_a_watch_stays_a_gap() -> None:
    log = read_log([SAMPLES / "powersense_watch.csv"])
    even = resample(log, 50.0)
    assert np.diff(log.times_s).max() == pytest.approx(351.0, abs=1.0)
    assert not even.measured[(even.times_s > 30.0) & (even.times_s < 375.0)].all()
    assert even.measured.sum() / 50.0 == pytest.approx(32.0, abs=1.0)


def test_a_boxer_at_the_limit_of_the_sensor_is_told_so() -> None:
    log = read_log([SAMPLES / "physics_toolbox_g_force.csv"])
    (caveat,) = log.caveats
    assert (log.source, caveat.doubt, caveat.facts["limit_g"]) == ("Physics Toolbox", Doubt.SENSOR_SATURATED, 8)
    assert log.duration_s == pytest.approx(8.22, abs=0.02)


def test_a_log_without_a_clock_is_read_at_the_rate_that_the_user_says() -> None:
    paths = files(SAMPLES / "boxinghands")
    with pytest.raises(RateUnsure) as asked:
        read_log(paths)
    assert "20 Hz" in str(asked.value.facts["labels"]).split("|")
    log = read_log(paths, columns=ColumnChoice.from_code("r20"))
    assert (len(log.times_s), log.has_gravity) == (828, True)
    assert log.rotation_rad_s[0] == pytest.approx([-0.268, -0.21, -1.055])


REFUSED = (
    (f"{PHONE}/Gyroscope.csv", OtherSensorsOnly, {"holds": "rotation"}),
    (f"{WATCH}/WatchCompass.csv", OtherSensorsOnly, {"holds": "magnetic"}),
    ("fit/good_walk.fit", ActivityOnly, {"format": "FIT", "sport": "walking", "minutes": 1}),
    ("fit/good_indoor_cycling.fit", ActivityOnly, {"format": "FIT", "sport": "cycling", "minutes": 38}),
    ("fit/good_indoor_rowing.fit", ActivityOnly, {"format": "FIT", "sport": "rowing", "minutes": 28}),
    ("fit/activity.tcx", ActivityOnly, {"format": "TCX", "sport": "activity", "minutes": 19}),
    ("fit/bad_header.fit", DamagedLog, {"format": "FIT"}),
    ("fit/bad_truncated.fit", DamagedLog, {"format": "FIT"}),
    ("fit/bad_file_crc.fit", DamagedLog, {"format": "FIT"}),
)


@pytest.mark.parametrize(("path", "kind", "facts"), REFUSED, ids=[path for path, _, _ in REFUSED])
def test_what_holds_no_motion_is_told_by_what_it_holds(
    path: str, kind: type[AnalysisError], facts: dict[str, float | str]
) -> None:
    with pytest.raises(kind) as refused:
        read_log([SAMPLES / path])
    assert facts.items() <= refused.value.facts.items()
