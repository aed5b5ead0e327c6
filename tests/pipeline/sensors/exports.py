"""Small files as the apps write them, of one movement that is known: a curl with the wrist turning, then a rest."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from pipeline.values import Array

G = 9.80665
START_NS = 1_667_508_272_884_942_837  # does not fit a float
START_S = START_NS / 1e9


@dataclass(frozen=True, slots=True)
class Motion:
    """The truth: times_s (T,) from 0; user, gravity (T, 3) in m/s²; rotation (T, 3) in rad/s."""

    times_s: Array
    user: Array
    gravity: Array
    rotation: Array

    @property
    def total(self) -> Array:
        return self.user + self.gravity


def curl(rate_hz: float = 100.0, seconds: float = 8.0, start_s: float = 0.0) -> Motion:
    """A curl each 2 s while the wrist turns by 30 degrees; still for the last quarter."""
    times_s = np.arange(round(seconds * rate_hz)) / rate_hz
    at_s = times_s + start_s
    moving = (times_s < 0.75 * seconds)[:, None]
    phase = np.pi * at_s
    user = np.column_stack([3 * np.sin(phase), 1.5 * np.cos(2 * phase), 0.7 * np.sin(phase + 1)]) * moving
    angle = (np.pi / 6) * np.where(moving[:, 0], np.sin(phase), 0.0)
    gravity = G * np.column_stack([np.sin(angle), np.zeros_like(angle), np.cos(angle)])
    rotation = np.column_stack([0.2 * np.cos(phase), (np.pi**2 / 6) * np.cos(phase), 0.1 * np.sin(phase)]) * moving
    return Motion(times_s, user, gravity, rotation)


@dataclass(frozen=True, slots=True)
class Export:
    """How one app writes a motion into a folder, and what must come out: source, gravity in or not, rotation or not."""

    name: str
    write: Callable[[Motion, Path], list[Path]]
    source: str
    gravity: bool = True
    rotation: bool = True
    sign: float = 1.0


def rows(header: Sequence[str], columns: Iterable[Any], separator: str = ",") -> str:
    """A table as text; floats with all their digits."""
    body = [separator.join(_cell(cell) for cell in row) for row in zip(*columns, strict=True)]
    return "\n".join([separator.join(header), *body, ""])


def _cell(cell: object) -> str:
    return repr(float(cell)) if isinstance(cell, float) else str(cell)


def nanoseconds(motion: Motion) -> list[int]:
    return [START_NS + round(time_s * 1e9) for time_s in motion.times_s]


def sensor_logger(motion: Motion, xyz: Array, order: str = "zyx") -> str:
    """One file of Sensor Logger: columns in the order that the app gives them."""
    columns = [xyz[:, "xyz".index(axis)] for axis in order]
    return rows(["time", "seconds_elapsed", *order], [nanoseconds(motion), motion.times_s, *columns])


def metadata(platform: str, standardised: bool) -> str:
    head = "version,device name,recording time,platform,appVersion,sensors,standardisation"
    return f"{head}\n3,phone,2022-11-03_20-44-32,{platform},1.30,Accelerometer|Gravity,{str(standardised).lower()}\n"


def saved(folder: Path, files: dict[str, str], encoding: str = "utf-8") -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode(encoding))
    return [folder / name for name in files]


def zipped(path: Path, files: dict[str, str]) -> list[Path]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return [path]


def tarred(files: dict[str, str], mode: Literal["w", "w:gz"] = "w") -> bytes:
    """The files as a tar archive, packed or not."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode=mode) as archive:
        for name, text in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(text.encode())
            archive.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


def _phone(motion: Motion, sign: float = 1.0) -> dict[str, str]:
    return {
        "Accelerometer.csv": sensor_logger(motion, sign * motion.user),
        "Gravity.csv": sensor_logger(motion, sign * motion.gravity),
        "Gyroscope.csv": sensor_logger(motion, motion.rotation),
        "Metadata.csv": metadata("ios", False),
    }


def _ios_folder(motion: Motion, folder: Path) -> list[Path]:
    saved(folder / "export", _phone(motion, -1.0))
    return [folder / "export"]


def _android_zip(motion: Motion, folder: Path) -> list[Path]:
    files = _phone(motion) | {
        "TotalAcceleration.csv": sensor_logger(motion, motion.total),
        "Metadata.csv": metadata("android", False),
        "Location.csv": "time,seconds_elapsed,latitude,longitude\n1,0.1,46.1,16.2\n2,0.2,46.1,16.2\n",
    }
    return zipped(folder / "2022-11-03.zip", files)


def _uncalibrated(unit: float) -> Callable[[Motion, Path], list[Path]]:
    def write(motion: Motion, folder: Path) -> list[Path]:
        return saved(folder, {"AccelerometerUncalibrated.csv": sensor_logger(motion, motion.total / unit)})

    return write


def _wrist(unit: float) -> Callable[[Motion, Path], list[Path]]:
    def write(motion: Motion, folder: Path) -> list[Path]:
        header = ["time", "seconds_elapsed"]
        header += [f"{name}{axis}" for name in ("rotationRate", "gravity", "acceleration") for axis in "XYZ"]
        quaternion = [f"quaternion{axis}" for axis in "WXYZ"]
        sensors = (motion.rotation, motion.gravity / unit, motion.user / unit)
        columns = [column for sensor in sensors for column in sensor.T]
        turned = [np.ones_like(motion.times_s)] * 4
        text = rows([*header, *quaternion], [nanoseconds(motion), motion.times_s, *columns, *turned])
        return saved(folder, {"WristMotion.csv": text})

    return write


def _headphones(motion: Motion, folder: Path) -> list[Path]:
    header = [f"{name}{axis}" for name in ("acceleration", "gravity", "rotationRate") for axis in "XYZ"]
    columns = [*(motion.user / G).T, *motion.gravity.T, *motion.rotation.T]
    return saved(
        folder,
        {"Headphone.csv": rows(["time", "seconds_elapsed", *header], [nanoseconds(motion), motion.times_s, *columns])},
    )


def _records(motion: Motion) -> list[dict[str, str]]:
    sensors = {"Accelerometer": motion.user, "Gravity": motion.gravity, "Gyroscope": motion.rotation}
    return [
        {
            "sensor": name,
            "time": str(time),
            "seconds_elapsed": repr(float(at)),
            "z": repr(z),
            "y": repr(y),
            "x": repr(x),
        }
        for name, xyz in sensors.items()
        for time, at, (x, y, z) in zip(nanoseconds(motion), motion.times_s, xyz.tolist(), strict=True)
    ]


def _json(motion: Motion, folder: Path) -> list[Path]:
    place = {"sensor": "Location", "time": str(START_NS), "seconds_elapsed": "0.1", "latitude": "46.1", "speed": "0"}
    return saved(folder, {"recording.json": json.dumps([*_records(motion), place])})


def _pushed(motion: Motion, folder: Path) -> list[Path]:
    values = [
        {
            "name": each["sensor"].lower(),
            "time": int(each["time"]),
            "values": {axis: float(each[axis]) for axis in "xyz"},
        }
        for each in _records(motion)
    ]
    messages = [{"messageId": i, "payload": values[at : at + 200]} for i, at in enumerate(range(0, len(values), 200))]
    return saved(folder, {"pushed.json": json.dumps(messages)})


def _long_table(motion: Motion, folder: Path) -> list[Path]:
    found = _records(motion)
    header = ["sensor", "time", "seconds_elapsed", "z", "y", "x"]
    return saved(folder, {"combined.csv": rows(header, [[each[key] for each in found] for key in header])})


def _merged_table(motion: Motion, folder: Path) -> list[Path]:
    sensors = {"Accelerometer": motion.user, "Gravity": motion.gravity, "Gyroscope": motion.rotation}
    header = ["time", "seconds_elapsed", *(f"{name}_{axis}" for name in sensors for axis in "zyx")]
    columns = [xyz[:, axis] for xyz in sensors.values() for axis in (2, 1, 0)]
    return saved(folder, {"all.csv": rows(header, [nanoseconds(motion), motion.times_s, *columns])})


def phyphox(motion: Motion, xyz: Array, heads: Sequence[str], separator: str = ",", comma: bool = False) -> str:
    """One file of phyphox: quoted head, E notation, the separator and decimal sign of its export setting."""
    numbers = np.column_stack([motion.times_s, xyz])
    lines = [separator.join(f"{cell:.9E}" for cell in row) for row in numbers.tolist()]
    body = "\n".join(lines).replace(".", ",") if comma else "\n".join(lines)
    return separator.join(f'"{head}"' for head in ("Time (s)", *heads)) + "\n" + body + "\n"


WITH_G = [f"Acceleration {axis} (m/s^2)" for axis in "xyz"]
WITHOUT_G = [f"Linear Acceleration {axis} (m/s^2)" for axis in "xyz"]
TURNING = [f"Gyroscope {axis} (rad/s)" for axis in "xyz"]
OWN = ["X (m/s^2)", "Y (m/s^2)", "Z (m/s^2)"]


def _phyphox_zip(motion: Motion, folder: Path) -> list[Path]:
    files = {
        "Accelerometer.csv": phyphox(motion, motion.total, OWN),
        "Gyroscope.csv": phyphox(motion, motion.rotation, TURNING),
        "Linear Accelerometer.csv": phyphox(motion, motion.user, OWN),
        "meta/device.csv": '"property","value"\n"version","1.1.13"\n',
        "meta/time.csv": '"event","experiment time","system time","system time text"\n"START",0.0E0,1.7E9,"x"\n',
    }
    return zipped(folder / "phyphox.zip", files)


def _phyphox_comma(motion: Motion, folder: Path) -> list[Path]:
    return saved(folder, {"Raw Data.csv": phyphox(motion, motion.user, WITHOUT_G, ";", comma=True)})


def _phyphox_tab(motion: Motion, folder: Path) -> list[Path]:
    return saved(folder, {"Raw Data.csv": phyphox(motion, motion.total, WITH_G, "\t")})


def _phyphox_saved_again(motion: Motion, folder: Path) -> list[Path]:
    text = phyphox(motion, motion.total, [head.replace("^2", "²") for head in WITH_G]).replace('"', "")
    return saved(folder, {"again.csv": text}, "utf-8-sig")


def _physics_toolbox(motion: Motion, folder: Path) -> list[Path]:
    g = motion.total / G
    columns = [motion.times_s, *g.T, np.linalg.norm(g, axis=1)]
    return saved(folder, {"g.csv": rows(["time", "gFx", "gFy", "gFz", "TgF"], columns)})


def clock_text(motion: Motion, form: str = "{h:02}:{m:02}:{s:02}:{ms:03}") -> list[str]:
    """The times as a wall clock that passes midnight in the middle."""
    thousandths = [round(1000 * (86_396 + time_s)) % 86_400_000 for time_s in motion.times_s]
    return [form.format(h=t // 3_600_000, m=t // 60_000 % 60, s=t // 1000 % 60, ms=t % 1000) for t in thousandths]


def _physics_toolbox_multi(motion: Motion, folder: Path) -> list[Path]:
    header = ["time", "gFx", "gFy", "gFz", "ax", "ay", "az", "wx", "wy", "wz", "Bx", "By", "Bz"]
    field = [np.full(len(motion.times_s), 40.0)] * 3
    columns = [clock_text(motion), *(motion.total / G).T, *motion.user.T, *motion.rotation.T, *field]
    return saved(folder, {"multi.csv": rows(header, columns, ";")})


def _power_sense(motion: Motion, folder: Path) -> list[Path]:
    header = ["timestamp(unix)", "attitude_roll(radians)", "attitude_pitch(radians)", "attitude_yaw(radians)"]
    header += [f"rotation_rate_{axis}(radians/s)" for axis in "xyz"]
    header += [f"{name}_{axis}(G)" for name in ("gravity", "user_acc") for axis in "xyz"]
    angles = [np.zeros(len(motion.times_s))] * 3
    columns = [motion.times_s + START_S, *angles, *motion.rotation.T, *(motion.gravity / G).T, *(motion.user / G).T]
    order = np.arange(len(motion.times_s))
    order[20:500:40], order[24:504:40] = order[24:504:40].copy(), order[20:500:40].copy()  # packets overtake each other
    return saved(folder, {"watch.csv": rows(header, [np.asarray(column)[order] for column in columns])})


def _sensor_log(motion: Motion, folder: Path) -> list[Path]:
    header = ["loggingTime(txt)", "loggingSample(N)", "motionTimestamp_sinceReboot(s)", "motionYaw(rad)"]
    sensors = {"motionRotationRate": "rad/s", "motionUserAcceleration": "G", "motionGravity": "G"}
    header += [f"{name}{axis}({unit})" for name, unit in sensors.items() for axis in "XYZ"]
    texts = [f"2023-03-01 {text} +0100" for text in clock_text(motion, "12:{m:02}:{s:02}.{ms:03}")]
    texts = [text.replace("12:59", "11:59").replace("12:00", "12:00") for text in texts]
    count = [str(i) for i in range(len(texts))]
    columns = [texts, count, motion.times_s + 62_608.1, motion.times_s * 0]
    columns += [*motion.rotation.T, *(motion.user / G).T, *(motion.gravity / G).T]
    return saved(folder, {"my watch.csv": rows(header, columns)})


def _sensor_log_raw(motion: Motion, folder: Path) -> list[Path]:
    header = ["loggingTime(txt)", "accelerometerTimestamp_sinceReboot(s)"]
    header += [f"accelerometerAcceleration{axis}(G)" for axis in "XYZ"]
    texts = [f"2023-03-01 10:00:{time_s:06.3f} +0100" for time_s in motion.times_s]
    return saved(folder, {"raw.csv": rows(header, [texts, motion.times_s + 62_608.1, *(motion.total / G).T])})


def _androsensor(motion: Motion, folder: Path) -> list[Path]:
    sensors = {"ACCELEROMETER {} (m/s²)": "XYZ", "GRAVITY {} (m/s²)": "XYZ", "LINEAR ACCELERATION {} (m/s²)": "XYZ"}
    header = [name.format(axis) for name, axes in sensors.items() for axis in axes]
    header += ["GYROSCOPE X (rad/s)", "GYROSCOPE Y (rad/s)", "GYROSCOPE Z (rad/s)", "MAGNETIC FIELD X (µT)"]
    header += ["LOCATION Latitude : ", "Time since start in ms ", "YYYY-MO-DD HH-MI-SS_SSS"]
    nothing = [0.0] * len(motion.times_s)
    clock = [f"2015-03-11 14:02:{time_s:06.3f}".replace(".", ":") for time_s in motion.times_s]
    columns = [*motion.total.T, *motion.gravity.T, *motion.user.T, *motion.rotation.T, nothing, nothing]
    text = rows([f" {head}" for head in header], [*columns, (1000 * motion.times_s).round().astype(int), clock], ";")
    return saved(folder, {"Sensor_record.csv": text}, "latin-1")


def metamotion(motion: Motion, xyz: Array, unit: str, capital: bool = True) -> str:
    """One file of MetaBase: milliseconds, the unit in the heads."""
    thousandths = (1000 * motion.times_s).round().astype(int)
    names = [f"{'XYZ'[i] if capital else 'xyz'[i]}-{'A' if capital else 'a'}xis ({unit})" for i in range(3)]
    epoch = [1_572_983_998_188 + int(ms) for ms in thousandths]
    texts = [f"2019-11-05T11:59:{58 + ms / 1000:06.3f}" for ms in thousandths]
    return rows(["epoch (ms)", "time (-08:00)", "elapsed (s)", *names], [epoch, texts, thousandths / 1000, *xyz.T])


def _metamotion(motion: Motion, folder: Path) -> list[Path]:
    half = curl(rate_hz=50.0)
    texts = {
        "a.csv": metamotion(motion, motion.total / G, "g"),
        "b.csv": metamotion(half, np.degrees(half.rotation), "°/s"),
    }
    return saved(folder, texts)


def _metamotion_zip(motion: Motion, folder: Path) -> list[Path]:
    return zipped(
        folder / "metabase.zip",
        {
            "Jab_Accelerometer.csv": metamotion(motion, motion.total / G, "g", capital=False),
            "Jab_Gyroscope.csv": metamotion(motion, np.degrees(motion.rotation), "deg/s", capital=False),
        },
    )


def _ulift(motion: Motion, folder: Path) -> list[Path]:
    """No header; rows arrive in packets of seven."""
    arrival = [1_545_375_644_601 + round(1000 * float(motion.times_s[i // 7 * 7])) for i in range(len(motion.times_s))]
    lines = [f"1,{ms},{x:.2f},{y:.2f},{z:.2f}" for ms, (x, y, z) in zip(arrival, motion.total.tolist(), strict=True)]
    return saved(folder, {"segment.csv": "\n".join(lines)})


def _plain(header: Sequence[str], separator: str, encoding: str) -> Callable[[Motion, Path], list[Path]]:
    def write(motion: Motion, folder: Path) -> list[Path]:
        columns = [motion.times_s, *motion.total.T, *motion.rotation.T]
        return saved(folder, {"mine.txt": rows(header, columns, separator)}, encoding)

    return write


IN_WORDS = [
    *("Time [s]", "acc_x [m/s²]", "acc_y [m/s²]", "acc_z [m/s²]"),
    *("gyro_x [rad/s]", "gyro_y [rad/s]", "gyro_z [rad/s]"),
]
EXPORTS = (
    Export("sensor_logger_ios_folder", _ios_folder, "Sensor Logger", sign=-1.0),
    Export("sensor_logger_android_zip", _android_zip, "Sensor Logger"),
    Export("sensor_logger_uncalibrated_in_g", _uncalibrated(G), "Sensor Logger", rotation=False),
    Export("sensor_logger_uncalibrated_in_si", _uncalibrated(1.0), "Sensor Logger", rotation=False),
    Export("sensor_logger_watch_in_g", _wrist(G), "Sensor Logger"),
    Export("sensor_logger_watch_standardised", _wrist(1.0), "Sensor Logger"),
    Export("sensor_logger_headphones", _headphones, "Sensor Logger"),
    Export("sensor_logger_json_of_strings", _json, "Sensor Logger"),
    Export("sensor_logger_pushed_json", _pushed, "Sensor Logger"),
    Export("sensor_logger_long_table", _long_table, "Sensor Logger"),
    Export("sensor_logger_merged_table", _merged_table, "Sensor Logger"),
    Export("phyphox_zip", _phyphox_zip, "phyphox"),
    Export("phyphox_decimal_comma", _phyphox_comma, "phyphox", gravity=False, rotation=False),
    Export("phyphox_tab", _phyphox_tab, "phyphox", rotation=False),
    Export("phyphox_saved_again", _phyphox_saved_again, "phyphox", rotation=False),
    Export("physics_toolbox", _physics_toolbox, "Physics Toolbox", rotation=False),
    Export("physics_toolbox_multi_record", _physics_toolbox_multi, "Physics Toolbox"),
    Export("power_sense", _power_sense, "PowerSense"),
    Export("sensor_log_fused", _sensor_log, "SensorLog"),
    Export("sensor_log_raw", _sensor_log_raw, "SensorLog", rotation=False),
    Export("androsensor", _androsensor, "AndroSensor"),
    Export("metamotion_two_files_two_rates", _metamotion, "MetaMotion"),
    Export("metamotion_zip", _metamotion_zip, "MetaMotion"),
    Export("ulift", _ulift, "table", rotation=False),
    Export("heads_in_one_letter", _plain(["t", "ax", "ay", "az", "gx", "gy", "gz"], ",", "utf-8"), "table"),
    Export("utf16_and_words", _plain(IN_WORDS, "\t", "utf-16"), "table"),
    Export("no_header", _plain(["0", "0", "0", "9.81", "0", "0", "0"], " ", "latin-1"), "table", rotation=False),
)  # fmt: skip
