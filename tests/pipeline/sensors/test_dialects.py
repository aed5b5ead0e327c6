"""What programs of other countries, and of other habits, make of a table: signs, clocks, names and nesting."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from pipeline.sensors import read_log
from pipeline.sensors.split_decimals import with_points
from pipeline.sensors.text import wide_code
from pipeline.sensors.thousands import without_thousands
from tests.pipeline.sensors.exports import curl, rows, saved

MOTION = curl(rate_hz=50.0)
MILLISECONDS = [round(1000 * time_s) for time_s in MOTION.times_s]
HEADS = ["t", "acc x", "acc y", "acc z"]


def off_by(folder: Path, text: str, name: str = "log.csv") -> float:
    """m/s² between what is read and the truth; every row is there, at its time, and nothing was amiss."""
    log = read_log(saved(folder, {name: text}))
    assert log.caveats == ()
    assert np.allclose(log.times_s, MOTION.times_s, atol=0.001)
    return float(np.abs(log.acceleration_m_s2 - MOTION.total).max())


def written(value: float, thousands: str, decimal: str) -> str:
    return f"{value:,.2f}".replace(",", "\0").replace(".", decimal).replace("\0", thousands)


@pytest.mark.parametrize(
    ("thousands", "decimal", "cell", "between"),
    [(".", ",", "{}", ";"), (",", ".", '"{}"', ","), ("'", ".", "{}", ","), ("\u202f", ",", "{}", "\t")],
)
def test_signs_between_thousands_are_no_decimal_signs(
    thousands: str, decimal: str, cell: str, between: str, tmp_path: Path
) -> None:
    """Milligravities rise above a thousand, milliseconds do from the 50th row on."""
    columns = [
        [cell.format(written(value, thousands, decimal)) for value in column]
        for column in (MILLISECONDS, *(MOTION.total.T / 0.00980665))
    ]
    heads = [cell.format(head) for head in ("t (ms)", *(f"{head} (mg)" for head in HEADS[1:]))]
    assert off_by(tmp_path, rows(heads, columns, between)) < 0.001


def split(value: float) -> str:
    return f"{value:.4f}".replace(".", ",")


@pytest.mark.parametrize("clock", [MILLISECONDS, [split(time_s) for time_s in MOTION.times_s]], ids=["ms", "s"])
def test_decimal_commas_between_commas_are_read_where_a_header_counts_the_columns(
    clock: Sequence[object], tmp_path: Path
) -> None:
    unit = "s" if isinstance(clock[0], str) else "ms"
    turning = [[split(value) for value in column] for column in (*MOTION.total.T, *MOTION.rotation.T)]
    heads = [f"t ({unit})", *HEADS[1:], *(f"gyro {axis}" for axis in "xyz")]
    assert off_by(tmp_path, rows(heads, [clock, *turning])) < 0.001


def test_decimal_commas_that_could_stand_elsewhere_are_left_alone() -> None:
    """Which of a row's number and its seconds has decimals, nobody can tell."""
    columns = [range(99), *([split(value) for value in column[:99]] for column in (MOTION.times_s, *MOTION.total.T))]
    text = rows(["n", *HEADS], columns)
    assert with_points(text) == text


@pytest.mark.parametrize("code", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("time", ["2026년 1월 4일 오후 6시 {}분 {:06.3f}초", "2026年1月4日 18時{}分{:06.3f}秒"])
def test_dates_in_words_do_not_hide_wide_signs(time: str, code: str, tmp_path: Path) -> None:
    times = [time.format(at_ms // 60_000, at_ms % 60_000 / 1000) for at_ms in MILLISECONDS]
    columns = [times, *MOTION.total.T, ["오른쪽 손목에 차고 잰 값"] * len(times)]
    (path,) = saved(tmp_path, {"log.csv": ""})
    path.write_bytes(rows([*HEADS, "메모"], columns).encode(code))
    assert np.abs(read_log([path]).acceleration_m_s2 - MOTION.total).max() < 0.001


def test_small_whole_numbers_of_a_program_are_no_wide_signs() -> None:
    assert wide_code(np.arange(256, dtype="<i2").tobytes()) is None


@pytest.mark.parametrize(
    "text", ["123,456,789.5\n", "t;x\n18:03:07.250;1,5\n", "t;x\n04.01.2026 18:03:07;1,5\n", "1.234;5.678;9.012\n"]
)
def test_what_only_looks_like_thousands_stays(text: str) -> None:
    assert without_thousands(text) == text


def local(shift: timedelta, zones: Sequence[str]) -> list[str]:
    """Times five seconds before and three after a clock was set at the full hour."""
    begun = datetime(2025, 10, 26, 1, 59, 55, tzinfo=UTC)
    told = [(begun + timedelta(milliseconds=after_ms), after_ms >= 5000) for after_ms in MILLISECONDS]
    return [(at + shift * late).strftime("%Y-%m-%dT%H:%M:%S.%f") + zones[late] for at, late in told]


@pytest.mark.parametrize(
    ("shift", "zones"),
    [(timedelta(hours=1), ("", "")), (-timedelta(hours=1), ("", "")), (timedelta(hours=1), ("+01:00", "+02:00")),
     (-timedelta(hours=1), ("+0200", "+0100"))],
)  # fmt: skip
def test_summer_time_begins_and_ends_without_a_gap(shift: timedelta, zones: Sequence[str], tmp_path: Path) -> None:
    assert off_by(tmp_path, rows(HEADS, [local(shift, zones), *MOTION.total.T])) < 0.001


@pytest.mark.parametrize(
    ("clock", "acceleration", "rotation"),
    [
        ("Hora", "Aceleración en {}", "Giro en {}"),
        ("Tempo", "Aceleração {}", "Giroscópio {}"),
        ("타임스탬프", "{}축 가속도", "{}축 각속도"),
        ("タイムスタンプ", "{}軸加速度", "{}軸角速度"),
        ("Zeitstempel", "{}-Beschleunigung", "{}-Drehrate"),
        ("t", "a{}_(m/s²)", "g{}_(rad/s)"),
    ],
)
def test_heads_of_other_languages_are_understood(clock: str, acceleration: str, rotation: str, tmp_path: Path) -> None:
    heads = [clock, *(told.format(axis) for told in (acceleration, rotation) for axis in "XYZ")]
    text = rows(heads, [MOTION.times_s, *MOTION.total.T, *MOTION.rotation.T])
    assert off_by(tmp_path, text) < 0.001
    assert np.allclose(read_log([tmp_path / "log.csv"]).rotation_rad_s, MOTION.rotation)


def test_whichever_way_pandas_or_a_database_turned_a_table_it_is_one(tmp_path: Path) -> None:
    data = np.column_stack([MOTION.times_s, MOTION.total]).tolist()
    records = [dict(zip(HEADS, row, strict=True)) for row in data]
    turned: list[object] = [
        {"columns": HEADS, "index": list(range(len(data))), "data": data},
        {str(place): record for place, record in enumerate(records)},
        {"log": {f"-N{place:04}": record for place, record in enumerate(records)}},
        {head: {str(place): record[head] for place, record in enumerate(records)} for head in HEADS},
        {f"{record['t']:.2f}": {head: record[head] for head in HEADS[1:]} for record in records},
    ]
    assert max(off_by(tmp_path, json.dumps(told), "log.json") for told in turned) < 0.001


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩٫", "۰۱۲۳۴۵۶۷۸۹.", "０１２３４５６７８９．"])
def test_digits_of_other_scripts_are_digits(digits: str, tmp_path: Path) -> None:
    text = rows(HEADS, [MOTION.times_s, *MOTION.total.T], ";").translate(str.maketrans("0123456789.", digits))
    assert off_by(tmp_path, text) < 0.001


def test_a_file_named_in_another_language_tells_the_sensor(tmp_path: Path) -> None:
    files = {"acelerometro.csv": MOTION.total, "giroscopio.csv": MOTION.rotation}
    texts = {name: rows(["tiempo", *"xyz"], [MOTION.times_s, *values.T]) for name, values in files.items()}
    assert np.allclose(read_log(saved(tmp_path, texts)).rotation_rad_s, MOTION.rotation)


def test_centimetres_without_a_name_are_told_from_milligravities(tmp_path: Path) -> None:
    assert off_by(tmp_path, rows(HEADS, [MOTION.times_s, *(100 * MOTION.total).T])) < 0.001
    assert off_by(tmp_path, rows(HEADS, [MOTION.times_s, *(MOTION.total / 0.00980665).T])) < 0.001
