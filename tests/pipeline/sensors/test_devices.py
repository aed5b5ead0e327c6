"""What bands, laboratories and apps in other languages write comes back as the movement that was recorded."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipeline.errors import AnalysisError
from pipeline.sensors import read_log
from pipeline.values import Array, Doubt
from tests.pipeline.sensors.exports import START_NS, START_S, G, curl, phyphox, rows, saved, zipped

MOTION = curl()
TOTAL_G = MOTION.total / G
TURNING_DEG = np.degrees(MOTION.rotation)
# 0.15 m/s²: half a count of 1/64 g is 0.08, and the acceleration changes by 14 m/s² a second: half a sample is 0.07
ACCELERATION_M_S2 = 0.15
ROTATION_RAD_S = 0.05
Files = Mapping[str, str]


def stamped(form: str) -> list[str]:
    """Every row's time as text; %L are milliseconds."""
    begun = datetime(2026, 1, 4, 18, 3, 7, tzinfo=UTC)
    times = [begun + timedelta(seconds=time_s) for time_s in MOTION.times_s.tolist()]
    return [time.strftime(form).replace("%L", f"{time.microsecond // 1000:03}") for time in times]


def milliseconds() -> list[int]:
    return [round(1000 * time_s) for time_s in MOTION.times_s.tolist()]


def in_turn(sensors: Mapping[str, Array], head: str, separator: str = ",") -> str:
    """A row a sample of whichever sensor."""
    lines = [
        separator.join([str(START_NS + round(1e9 * time_s)), name, *(f"{cell:.5f}" for cell in values[row])])
        for row, time_s in enumerate(MOTION.times_s)
        for name, values in sensors.items()
    ]
    return "\n".join([head, *lines])


def empatica() -> Files:
    start, rate = f"{START_S:.6f}", "100.000000"
    counts = np.round(64 * TOTAL_G).astype(int).tolist()
    acc = "\n".join([", ".join([start] * 3), ", ".join([rate] * 3), *(",".join(map(str, row)) for row in counts)])
    return {
        "ACC.csv": acc,
        "TEMP.csv": f"{start}\n4.000000\n33.1\n33.2\n",
        "tags.csv": "\n",
        "info.txt": "Unit 1/64g\n",
    }


def movesense() -> Files:
    def packets(name: str, values: Array) -> str:
        samples = [dict(zip("xyz", row, strict=True)) for row in values.tolist()]
        times = milliseconds()
        kept = range(0, len(samples), 4)
        found = [{name.lower(): {"Timestamp": times[i], f"Array{name}": samples[i : i + 4]}} for i in kept]
        return json.dumps({"data": found})

    return {"acc.json": packets("Acc", MOTION.total), "gyro.json": packets("Gyro", TURNING_DEG)}


def shimmer() -> Files:
    names = [f"Shimmer_5E36_{name}_{axis}_CAL" for name in ("Accel_LN", "Gyro") for axis in "XYZ"]
    units = ["ms", *["m/(s^2)"] * 3, *["deg/s"] * 3]
    clock = [1000 * START_S + 1000 * float(time_s) for time_s in MOTION.times_s]
    body = rows(units, [clock, *MOTION.total.T, *TURNING_DEG.T], "\t")
    return {"session.csv": '"sep=\t"\n' + "\t".join(["Shimmer_5E36_Timestamp_Unix_CAL", *names]) + "\n" + body}


def geneactiv() -> Files:
    preamble = ["Device Type,GENEActiv", *(f"Note {i},1" for i in range(40)), "Measurement Frequency,100.0 Hz"]
    kept = ["Start Time,2026-01-04 18:03:07:000", "Device Location Code,left wrist", *["", ""] * 20]
    nothing = [0] * len(MOTION.times_s)
    numbers = [stamped("%Y-%m-%d %H:%M:%S:%L"), *TOTAL_G.T, nothing, nothing, [27.3] * len(nothing)]
    return {"left wrist.csv": "\n".join([*preamble, *kept]) + "\n" + rows([], numbers).lstrip("\n")}


def polar() -> Files:
    def table(values: Array, unit: str) -> str:
        clocks = [stamped("%Y-%m-%dT%H:%M:%S.%L"), [START_NS + round(1e9 * t) for t in MOTION.times_s.tolist()]]
        heads = ["Phone timestamp", "sensor timestamp [ns]", *(f"{axis} [{unit}]" for axis in "XYZ")]
        return rows(heads, [*clocks, *values.T], ";")

    return {"Sense_ACC.txt": table(1000 * TOTAL_G, "mg"), "Sense_GYRO.txt": table(TURNING_DEG, "dps")}


def comments() -> Files:
    body = rows([], [MOTION.times_s, *MOTION.total.T], " ").lstrip("\n")
    return {"mine.txt": "% recorded at home, by hand\n% columns: t, ax, ay, az\n" + body}


def eastern(seconds: str, heads: Sequence[str]) -> Callable[[], Files]:
    def files() -> Files:
        text = phyphox(MOTION, MOTION.total, [f"{heads[0]} {axis} (m/s^2)" for axis in "xyz"])
        turned = phyphox(MOTION, MOTION.rotation, [f"{heads[1]} {axis} (rad/s)" for axis in "xyz"])
        return {f"{number}.csv": each.replace("Time", seconds) for number, each in enumerate((text, turned))}

    return files


def bare(values: Array) -> str:
    return rows(["timestamp", "x", "y", "z"], [milliseconds(), *values.T])


BY_ANDROID = {"1": MOTION.total, "4": MOTION.rotation, "2": 40 + MOTION.rotation}
BY_NAME = {"android.sensor.accelerometer": MOTION.total, "android.sensor.gyroscope": MOTION.rotation}
FUSED = {"linear_acceleration": MOTION.user, "gravity": MOTION.gravity, "gyroscope": MOTION.rotation}
APART = {"acc.csv": bare(MOTION.total), "gyro.csv": bare(MOTION.rotation), "mag.csv": bare(40 + MOTION.rotation)}
ARRAYS = {"acc": MOTION.total.tolist(), "gyro": MOTION.rotation.tolist()}
BY_SENSOR = {
    name: {axis: [row[i] for row in values] for i, axis in enumerate("xyz")} for name, values in ARRAYS.items()
}
WRITTEN: Mapping[str, Callable[[], Files]] = {
    "empatica": empatica,
    "movesense": movesense,
    "shimmer": shimmer,
    "geneactiv": geneactiv,
    "polar": polar,
    "comments": comments,
    "matlab_mobile": lambda: {
        "MobileSensorData.csv": rows(["Timestamp", "X", "Y", "Z"], [stamped("%d-%b-%Y %H:%M:%S.%L"), *MOTION.total.T])
    },
    "minutes": lambda: {"m.csv": rows(["Time (min)", "X", "Y", "Z"], [MOTION.times_s / 60, *MOTION.total.T])},
    "korean_phyphox": eastern("시간", ("가속도", "각속도")),
    "chinese_phyphox": eastern("时间", ("加速度", "角速度")),
    "japanese_phyphox": eastern("時間", ("加速度", "角速度")),
    "korean_words": lambda: {"기록.csv": rows(["시간(초)", "X축", "Y축", "Z축"], [MOTION.times_s, *MOTION.total.T])},
    "wear_os_by_name": lambda: {"log.csv": in_turn(BY_NAME, "time;type;x;y;z", ";")},
    "wear_os_by_number": lambda: {"log.csv": in_turn(BY_ANDROID, "timestamp,sensor_type,value_0,value_1,value_2")},
    "wear_os_fused": lambda: {"log.csv": in_turn(FUSED, "timestamp,sensor,x,y,z")},
    "named_by_their_files": lambda: APART,
    "json_of_arrays": lambda: {
        "lines.json": "\n".join(
            json.dumps({"ts": ms, "acc": acc, "gyro": gyro})
            for ms, acc, gyro in zip(milliseconds(), ARRAYS["acc"], ARRAYS["gyro"], strict=True)
        )
    },
    "json_of_sensors_in_turn": lambda: {
        "lines.ndjson": "\n".join(
            json.dumps({"type": name, "timestamp": ms, "data": row})
            for ms, acc, gyro in zip(milliseconds(), ARRAYS["acc"], ARRAYS["gyro"], strict=True)
            for name, row in (("accelerometer", acc), ("gyroscope", gyro))
        )
    },
    "true_minus_signs": lambda: {
        "m.csv": rows(["unix", "X", "Y", "Z"], [[START_NS // 10**6 + ms for ms in milliseconds()], *MOTION.total.T])
        .replace("-", "\u2212")
    },
    "packets_numbered": lambda: {
        "openbci.csv": rows(
            ["Sample Index", *(f"Accel Channel {channel}" for channel in range(3)), "Timestamp"],
            [np.arange(len(MOTION.times_s)) % 256, *TOTAL_G.T, START_S + MOTION.times_s],
        )
    },
    "json_of_columns": lambda: {"columns.json": json.dumps({"time": MOTION.times_s.tolist(), **BY_SENSOR})},
    "json_at_a_rate": lambda: {"rows.json": json.dumps({"sampleRate": 100, "data": MOTION.total.tolist()})},
    "ros_whose_linear_acceleration_is_all_of_it": lambda: {
        "imu.csv": rows(
            ["time", *(f"{what}.{axis}" for what in ("angular_velocity", "linear_acceleration") for axis in "xyz")],
            [START_S + MOTION.times_s, *MOTION.rotation.T, *MOTION.total.T],
        )
    },
}  # fmt: skip
STILL = (
    "empatica",
    "json_at_a_rate",
    "geneactiv",
    "comments",
    "matlab_mobile",
    "minutes",
    "korean_words",
    "true_minus_signs",
    "packets_numbered",
)


def off_by(found: Array, times_s: Array, true: Array) -> float:
    wanted = np.column_stack([np.interp(times_s, MOTION.times_s, axis) for axis in true.T])
    return float(np.nanpercentile(np.abs(found - wanted), 99))


@pytest.mark.parametrize("name", WRITTEN)
def test_the_movement_comes_back_without_a_doubt(name: str, tmp_path: Path) -> None:
    log = read_log(zipped(tmp_path / "export.zip", dict(WRITTEN[name]())))
    assert (log.has_gravity, log.caveats) == (True, ())
    assert log.duration_s == pytest.approx(MOTION.times_s[-1], abs=0.05)
    assert off_by(log.acceleration_m_s2, log.times_s, MOTION.total) < ACCELERATION_M_S2
    assert np.isnan(log.rotation_rad_s).all() == (name in STILL)


@pytest.mark.parametrize("name", sorted(set(WRITTEN) - set(STILL)))
def test_rotation_comes_back_beside_it(name: str, tmp_path: Path) -> None:
    log = read_log(zipped(tmp_path / "export.zip", dict(WRITTEN[name]())))
    assert off_by(log.rotation_rad_s, log.times_s, MOTION.rotation) < ROTATION_RAD_S


def test_two_devices_whose_rows_take_turns_are_not_mixed_and_said(tmp_path: Path) -> None:
    wrists = {"WT(left)": MOTION.total, "WT(right)": -MOTION.total[:, [1, 2, 0]]}
    log = read_log(saved(tmp_path, {"both.csv": in_turn(wrists, "time,DeviceName,AccX,AccY,AccZ")}))
    assert {caveat.doubt for caveat in log.caveats} == {Doubt.SEVERAL_RECORDINGS}
    assert off_by(log.acceleration_m_s2, log.times_s, MOTION.total) < ACCELERATION_M_S2


def test_labels_of_what_was_done_are_no_devices(tmp_path: Path) -> None:
    labels = ["squat" if time_s < 4 else "rest" for time_s in MOTION.times_s]
    heads = ["time", "x", "y", "z", "activity name"]
    log = read_log(saved(tmp_path, {"labelled.csv": rows(heads, [MOTION.times_s, *MOTION.total.T, labels])}))
    assert (len(log.times_s), log.caveats) == (len(MOTION.times_s), ())


def test_a_file_that_is_called_after_another_sensor_is_read_by_its_gravity(tmp_path: Path) -> None:
    assert read_log(saved(tmp_path, {"gyro.csv": bare(MOTION.total)})).has_gravity


def test_a_korean_spreadsheet_is_read(tmp_path: Path) -> None:
    text = rows(["시간(초)", *(f"가속도 {axis}" for axis in "XYZ")], [MOTION.times_s, *MOTION.total.T])
    log = read_log(saved(tmp_path, {"기록.csv": text}, "cp949"))
    assert off_by(log.acceleration_m_s2, log.times_s, MOTION.total) < ACCELERATION_M_S2


def test_a_packed_table_is_read(tmp_path: Path) -> None:
    (path,) = saved(tmp_path, {"log.csv": bare(MOTION.total)})
    packed = tmp_path / "log.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert len(read_log([packed]).times_s) == len(MOTION.times_s)


def refused(path: Path) -> AnalysisError:
    with pytest.raises(AnalysisError) as caught:
        read_log([path])
    return caught.value


def test_a_packed_bomb_and_a_damaged_packing_are_refused(tmp_path: Path) -> None:
    bomb, damaged = tmp_path / "bomb.gz", tmp_path / "damaged.csv.gz"
    bomb.write_bytes(gzip.compress(b"0,0,0\n" * 7_000_000))
    damaged.write_bytes(gzip.compress(bare(MOTION.total).encode())[:-2000])
    assert (type(refused(bomb)).__name__, type(refused(damaged)).__name__) == ("LogTooLarge", "DamagedLog")


def test_a_table_that_lost_its_header_is_not_read_across_two_sensors(tmp_path: Path) -> None:
    dates = stamped("%Y-%m-%d %H:%M:%S:%L")
    columns = [["0x50"] * len(dates), stamped("%H:%M:%S.%L"), dates, *TOTAL_G.T, *TURNING_DEG.T, *MOTION.user.T]
    log = read_log(saved(tmp_path, {"wit.txt": rows([], columns, "\t").lstrip("\n")}))
    assert off_by(log.acceleration_m_s2, log.times_s, MOTION.total) < ACCELERATION_M_S2


def test_decimal_commas_between_commas_are_refused(tmp_path: Path) -> None:
    cells = np.column_stack([MOTION.times_s, MOTION.total, MOTION.rotation]).tolist()
    text = "\n".join(",".join(f"{cell:.3f}".replace(".", ",") for cell in row) for row in cells)
    assert type(refused(saved(tmp_path, {"both.csv": text})[0])).__name__ == "GarbledRows"
