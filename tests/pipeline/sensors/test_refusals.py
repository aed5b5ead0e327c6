"""What cannot be read is refused for the right reason, with the facts its sentence needs; nothing takes the machine."""

from __future__ import annotations

import io
import json
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from bot.sentences import LANGUAGES
from bot.words.replies import problem
from pipeline.errors import (
    ActivityOnly,
    AnalysisError,
    AxesUnsure,
    ColumnsUnsure,
    DamagedLog,
    EmptyFile,
    FewAxes,
    GarbledRows,
    ImpossibleValues,
    LockedLog,
    LogTooLarge,
    LogTooLong,
    NoRows,
    NotALog,
    OtherFormat,
    OtherSensorsOnly,
    RateUnsure,
    SetDiary,
    SummaryOnly,
    TooFewSamples,
    TooSparse,
    UnitUnsure,
)
from pipeline.sensors import ColumnChoice, read_log
from tests.pipeline.sensors.exports import G, curl, rows, saved, sensor_logger, tarred, zipped

MOTION = curl()
TABLE = rows(["t", "ax", "ay", "az"], [MOTION.times_s, *MOTION.total.T])
PLACE = "time,seconds_elapsed,latitude,longitude\n" + "".join(f"{i},{i / 10},46.1,16.2\n" for i in range(50))
HEART = "time,seconds_elapsed,bpm\n" + "".join(f"{i},{i},{90 + i % 5}\n" for i in range(50))
GPX = b'<?xml version="1.0"?><gpx><trk><trkseg><trkpt lat="1" lon="2"><ele>3</ele></trkpt></trkseg></trk></gpx>'
RIDE = GPX.replace(
    b"</trkpt>", b"<time>2024-01-01T10:00:00Z</time></trkpt><trkpt><time>2024-01-01T10:31:00Z</time></trkpt>"
)
HEALTH = b'<HealthData><Record type="HKQuantityTypeIdentifierHeartRate" value="80"/></HealthData>'
PRESSURE = b'"Time (s)","Pressure (hPa)"\n' + b"".join(b"%d,1013.2\n" % second for second in range(30))
LAUGHS = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]><gpx>&c;</gpx>'
STATEMENT = "date,amount,fee,balance\n" + "".join(
    f"2026-01-{1 + i % 28:02},-{12 + i}.{i:02},0.{i % 9},{1000 - i}.50\n" for i in range(60)
)
MARKS = "name,math,physics,sport\n" + "".join(f"p{i},{i % 6},{i % 5},{i % 4}\n" for i in range(40))
FALLEN_APART = TABLE.replace("ax,ay,az", "ax,ay").replace("t,", "time (s),")

STRONG = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes\n" + "".join(
    f'2026-01-04 18:03:07,"Push","1h","Bench Press (Barbell)",{i},{60 + i}.0,{10 - i},0,0,""\n' for i in range(8)
)
HEVY = (
    '"title","start_time","exercise_title","set_index","set_type","weight_kg","reps","distance_km","rpe"\n'
    + "".join(f'"Push","4 Jan 2026, 18:03","Bench Press",{i},"normal",{60 + i},{10 - i},,\n' for i in range(8))
)
FITNOTES = "Date,Exercise,Category,Weight (kgs),Reps,Distance,Distance Unit,Time\n" + "".join(
    f"2026-01-04,Flat Barbell Bench Press,Chest,{60 + i}.0,{10 - i},,,\n" for i in range(8)
)
JEFIT = "### ROUTINES ####\n_id,name\n1,Push\n### EXERCISE LOGS ###\nUSERID,ename,eid,logs,edit_time\n" + "".join(
    f'77,"Barbell Bench Press",2,"60x{i},60x9",1767549{i}\n' for i in range(8)
)
OWN = "날짜,운동,세트,횟수,무게(kg)\n" + "".join(f"2026-01-04,벤치프레스,{i},{10 - i},{60 + i}\n" for i in range(1, 9))
DIARY = json.dumps({"workouts": [{"title": "Push", "sets": [{"index": 0, "weight_kg": 60, "reps": 10}] * 3}]})
COUNTS_FROM_ZERO_TO_1023 = np.round(512 + 66 * MOTION.total / G).astype(int)  # zero is in the middle
REFUSED: tuple[tuple[str, bytes, type[AnalysisError]], ...] = (
    ("empty.csv", b"", EmptyFile),
    ("picture.jpg", b"\xff\xd8\xff\xe0" + bytes(100), OtherFormat),
    ("book.xls", b"\xd0\xcf\x11\xe0" + bytes(100), OtherFormat),
    ("sensors.sqlite", b"SQLite format 3\x00" + bytes(100), OtherFormat),
    ("noise.bin", bytes(range(256)) * 20, NotALog),
    ("letter.txt", b"Dear Spotter, how are you?\n" * 20, NotALog),
    ("head.csv", b"time,x,y,z\n", NoRows),
    ("two.csv", rows(["time", "ax", "ay"], [MOTION.times_s, *MOTION.total.T[:2]]).encode(), FewAxes),
    ("total.csv", rows(["t", "ay", "az", "aT"], [MOTION.times_s, *MOTION.total.T]).encode(), FewAxes),
    ("size.csv", rows(["time", "magnitude"], [MOTION.times_s, MOTION.total[:, 0]]).encode(), FewAxes),
    ("few.csv", "\n".join(TABLE.split("\n")[:6]).encode(), TooFewSamples),
    ("slow.csv", rows(["time (s)", "ax", "ay", "az"], [5 * np.arange(30.0), *MOTION.total[:30].T]).encode(), TooSparse),
    ("day.csv", rows(["t", "ax", "ay", "az"], [40 * MOTION.times_s, *MOTION.total.T]).encode(), TooSparse),
    ("comma.csv", TABLE.replace(".", ",").encode(), GarbledRows),
    ("narrow.csv", FALLEN_APART.encode(), GarbledRows),
    ("Location.csv", PLACE.encode(), OtherSensorsOnly),
    ("HeartRate.csv", HEART.encode(), OtherSensorsOnly),
    ("Gyroscope.csv", sensor_logger(MOTION, MOTION.rotation).encode(), OtherSensorsOnly),
    ("Gravity.csv", sensor_logger(MOTION, MOTION.gravity).encode(), OtherSensorsOnly),
    ("run.gpx", GPX, SummaryOnly),
    ("ride.gpx", RIDE, ActivityOnly),
    ("health.xml", HEALTH, SummaryOnly),
    ("strong.csv", STRONG.encode(), SetDiary),
    ("strong_android.csv", STRONG.replace(",", ";").encode(), SetDiary),
    ("workout_data.csv", HEVY.encode(), SetDiary),
    ("FitNotes_Export.csv", FITNOTES.encode(), SetDiary),
    ("jefit.csv", JEFIT.encode(), SetDiary),
    ("운동일지.csv", OWN.encode(), SetDiary),
    ("workouts.json", DIARY.encode(), SetDiary),
    ("statement.csv", STATEMENT.encode(), NoRows),
    ("prices.csv", STATEMENT.replace("amount,fee,balance", "Open,High,Low").encode(), NoRows),
    ("marks.csv", MARKS.encode(), NoRows),
    ("list.json", json.dumps(list(range(1000))).encode(), NoRows),
    ("Puls.csv", b"Zeit;Herzfrequenz\n18:03:07;91\n18:03:08;92\n", OtherSensorsOnly),
    ("심박.csv", "시간,심박수\n18:03:07,91\n18:03:08,92\n".encode(), OtherSensorsOnly),
    ("page.html", b"<!DOCTYPE html><html><body>Please log in</body></html>", OtherFormat),
    ("Pressure.csv", PRESSURE, OtherSensorsOnly),
    ("laughs.gpx", LAUGHS, DamagedLog),
    ("cut.gpx", GPX[:60], DamagedLog),
    ("code.gpx", GPX.replace(b'"1.0"?', b'"1.0" encoding="UTFO8"?'), DamagedLog),
    ("cut.json", b'[{"sensor":"Accelerometer","time":"1","x":', DamagedLog),
    ("deep.json", b"[" * 100_000, DamagedLog),
    ("cut.fit", b"\x0e\x10\x43\x08\x78\x06\x09\x00.FIT\x00\x00", DamagedLog),
    ("cut.tar", tarred({"log.csv": TABLE})[:9000], DamagedLog),
    ("spoilt.tar", tarred({"log.csv": TABLE}).replace(b"log.csv", b"lag.csv", 1), DamagedLog),
    ("cut.zip", b"PK\x03\x04" + bytes(40), DamagedLog),
    ("no_clock.csv", rows(["ax", "ay", "az"], MOTION.total.T).encode(), RateUnsure),
    ("user.csv", rows(["time", "lin_x", "lin_y", "lin_z"], [MOTION.times_s, *MOTION.user.T]).encode(), UnitUnsure),
    ("x.csv", rows(["time", "x", "y", "z"], [MOTION.times_s, *MOTION.rotation.T]).encode(), UnitUnsure),
    ("adc.csv", rows(["ms", "ax", "ay", "az"], [10 * np.arange(800), *COUNTS_FROM_ZERO_TO_1023.T]).encode(),
     ImpossibleValues),
    ("six.csv", rows([""] * 7, [MOTION.times_s, *MOTION.user.T, *MOTION.rotation.T]).encode(), AxesUnsure),
)  # fmt: skip


@pytest.mark.parametrize(("name", "data", "kind"), REFUSED, ids=[name for name, _, _ in REFUSED])
def test_a_file_is_refused_for_the_right_reason_in_every_language(
    name: str, data: bytes, kind: type[AnalysisError], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(kind) as refused:
        read_log([tmp_path / name])
    sentences = {problem(refused.value, language) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    assert not any("{" in sentence for sentence in sentences)


def test_a_log_with_labels_of_sets_is_no_diary(tmp_path: Path) -> None:
    labels = [["squat"] * len(MOTION.times_s), [10] * len(MOTION.times_s), [60] * len(MOTION.times_s)]
    text = rows(["t", "ax", "ay", "az", "exercise", "reps", "weight"], [MOTION.times_s, *MOTION.total.T, *labels])
    assert read_log(saved(tmp_path, {"labelled.csv": text})).has_gravity


def test_what_a_log_holds_is_said_in_words(tmp_path: Path) -> None:
    for folder, name, text, words in (
        ("a", "Gyroscope.csv", sensor_logger(MOTION, MOTION.rotation), "gyroscope"),
        ("b", "HeartRate.csv", HEART, "heart rate"),
        ("c", "Location.csv", PLACE, "GPS"),
    ):
        with pytest.raises(OtherSensorsOnly) as refused:
            read_log(saved(tmp_path / folder, {name: text}))
        assert f"no acceleration in that log, only this: {words}." in problem(refused.value, "en")


@pytest.mark.parametrize("code", ["a1-2-3", "a1-2-3.ug", "ums2", "r12_5", "a10-11-12.urad.r200", "udeg.r50"])
def test_a_choice_survives_its_code(code: str) -> None:
    assert ColumnChoice.from_code(code).code == code
    assert len(code.encode()) <= 40  # of Telegram's 64, with room for what it belongs to


@pytest.mark.parametrize("code", ["", "a1-2", "uparsec", "r", "a1-2-3ug ", "DROP TABLE"])
def test_a_code_that_spells_nothing_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a choice"):
        ColumnChoice.from_code(code)


def test_one_question_after_the_other_leads_to_the_log(tmp_path: Path) -> None:
    """No header, no clock, no gravity: which columns, which unit, which rate."""
    paths = saved(tmp_path, {"bare.csv": rows(["1"] * 6, [*MOTION.user.T, *MOTION.rotation.T])})
    choice, asked = ColumnChoice(), []
    for answer in ("1, 2, 3", "100 Hz", "m/s²"):
        with pytest.raises(ColumnsUnsure) as question:
            read_log(paths, columns=choice)
        labels = str(question.value.facts["labels"]).split("|")
        choice = ColumnChoice.from_code(str(question.value.facts["choices"]).split()[labels.index(answer)])
        asked.append(type(question.value))
    log = read_log(paths, columns=choice)
    assert asked == [AxesUnsure, RateUnsure, UnitUnsure]
    assert (len(log.times_s), log.has_gravity) == (801, False)
    assert log.acceleration_m_s2[6] == pytest.approx(MOTION.user[5])


@pytest.mark.parametrize("rate", ["r20", "r50", "r200"])
def test_a_fist_that_is_never_calm_is_asked_for_its_rate_alone(tmp_path: Path, rate: str) -> None:
    """A guard that shakes by 12 m/s² and blows of 8 g, no clock and no unit: of no other unit would ten be left."""
    rng = np.random.default_rng(3)
    blows = 70 * (np.arange(800) % 20 < 2)[:, None] * np.array([1.0, -0.4, 0.2])
    hand = np.array([0.0, -8.0, 5.0]) + rng.normal(0, 7, (800, 3)) + blows
    paths = saved(tmp_path, {"imu.csv": rows(["ax", "ay", "az"], hand.T)})
    with pytest.raises(RateUnsure):
        read_log(paths)
    log = read_log(paths, columns=ColumnChoice.from_code(rate))
    assert log.has_gravity
    assert np.median(log.acceleration_m_s2, axis=0) == pytest.approx(np.array([0.0, -8.0, 5.0]), abs=1.5)


def test_an_archive_with_a_password_is_refused(tmp_path: Path) -> None:
    (path,) = zipped(tmp_path / "locked.zip", {"a.csv": TABLE})
    data = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(signature) + flags] |= 1
    path.write_bytes(bytes(data))
    with pytest.raises(LockedLog):
        read_log([path])


@pytest.mark.parametrize(
    ("within", "called"),
    [
        (("[Content_Types].xml", "xl/workbook.xml"), "Excel"),
        (("[Content_Types].xml", "word/document.xml"), "Word"),
        (("[Content_Types].xml", "ppt/presentation.xml"), "PowerPoint"),
        (("mimetype", "content.xml", "META-INF/manifest.xml"), "OpenDocument"),
        (("Index/Document.iwa", "Metadata/Properties.plist"), "Numbers"),
        (("mimetype", "META-INF/container.xml", "OEBPS/chapter.xhtml"), "EPUB"),
    ],
)
def test_a_document_is_told_from_an_archive_of_tables(within: tuple[str, ...], called: str, tmp_path: Path) -> None:
    with pytest.raises(OtherFormat) as refused:
        read_log(zipped(tmp_path / "sent", dict.fromkeys(within, "<a/>")))
    assert refused.value.facts == {"format": called}


@pytest.mark.parametrize(
    ("begins", "called"),
    [
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "WAV"),
        (b"\x00\x00\x00\x18ftypheic", "HEIC"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (b"\x93NUMPY\x01\x00", "NumPy"),
        (b"BZh91AY", "bzip2"),
    ],
)
def test_formats_that_begin_alike_are_told_apart(begins: bytes, called: str, tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(begins + bytes(300))
    with pytest.raises(OtherFormat) as refused:
        read_log([tmp_path / "sent"])
    assert refused.value.facts == {"format": called}


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (("mx (uT)", "my (uT)", "mz (uT)"), OtherSensorsOnly),
        (("vx", "vy", "vz"), NoRows),
        (("pos_x", "pos_y", "pos_z"), NoRows),
        (("emg1", "emg2", "emg3"), NoRows),
    ],
)
def test_what_its_head_calls_no_acceleration_is_not_asked_about(
    names: tuple[str, ...], kind: type[AnalysisError], tmp_path: Path
) -> None:
    with pytest.raises(kind):
        read_log(saved(tmp_path, {"log.csv": rows(["time (s)", *names], [MOTION.times_s, *MOTION.user.T])}))


NOT_ASKED = {
    "brain waves": ("timestamps", "TP9", "AF7", "AF8", "TP10", "Right AUX"),
    "electrodes": ("t", "Fp1", "Fp2", "C3", "C4", "O1", "O2"),
    "colours": ("time", "r", "g", "b"),
    "a meter": ("t", "voltage", "current", "watt"),
    "flowers": ("sepal_length", "sepal_width", "petal_length", "petal_width"),
    "weather without a head": ("", "", "", ""),
}


@pytest.mark.parametrize("names", NOT_ASKED.values(), ids=NOT_ASKED)
def test_a_table_of_other_things_is_refused_and_nothing_is_asked(names: tuple[str, ...], tmp_path: Path) -> None:
    number = np.arange(600)
    usual = (2.3, 80.1, 1010.2, 3.3, 180.5, 40.2)  # degrees, per cent, hPa, ...
    columns = [value + (number * step) % 9 for step, value in enumerate(usual[: len(names) - 1], 1)]
    with pytest.raises(NoRows):
        read_log(saved(tmp_path, {"log.csv": rows(names, [number, *columns]).lstrip(",\n")}))


@pytest.mark.parametrize("names", [("", "", ""), ("ch1", "ch2", "ch3"), ("Sensor 1", "Sensor 2", "Sensor 3")])
def test_columns_whose_heads_say_nothing_are_asked_about_where_no_gravity_is_in_them(
    names: Sequence[str], tmp_path: Path
) -> None:
    with pytest.raises(UnitUnsure):
        read_log(
            saved(tmp_path, {"log.csv": rows(["t" if names[0] else "", *names], [MOTION.times_s, *MOTION.user.T])})
        )


def test_gravity_speaks_for_columns_called_otherwise(tmp_path: Path) -> None:
    path = saved(tmp_path, {"log.csv": rows(["t", "front", "side", "up"], [MOTION.times_s, *MOTION.total.T])})
    assert read_log(path).has_gravity


@pytest.mark.parametrize(
    ("begins", "called"),
    [("{\\rtf1\\ansi {Squats 3x5}}", "RTF"), ("BEGIN:VCARD\r\n", "vCard"), ("BEGIN:VCALENDAR\r\n", "iCalendar")],
)
def test_what_no_table_is_in_is_called_by_its_name(begins: str, called: str, tmp_path: Path) -> None:
    with pytest.raises(OtherFormat) as refused:
        read_log(saved(tmp_path, {"sent": begins + "VERSION:3.0\r\nN:Doe;Jo;;;\r\n"}))
    assert refused.value.facts == {"format": called}


def test_blanks_before_what_strava_writes_are_no_damage(tmp_path: Path) -> None:
    (tmp_path / "ride.gpx").write_bytes(b"          " + RIDE.replace(b"<trk>", b"<trk><type>cycling</type>"))
    with pytest.raises(ActivityOnly) as refused:
        read_log([tmp_path / "ride.gpx"])
    assert refused.value.facts == {"format": "GPX", "sport": "cycling", "minutes": 31, "holds": "place"}


def test_a_page_beside_what_a_watch_measured_is_not_what_is_told(tmp_path: Path) -> None:
    with pytest.raises(OtherSensorsOnly) as refused:
        read_log(zipped(tmp_path / "takeout.zip", {"browse.html": "<html></html>", "heart_rate.csv": HEART}))
    assert refused.value.facts == {"holds": "heart_rate"}


def test_names_in_an_archive_lead_nowhere(tmp_path: Path) -> None:
    names = ("../../outside.csv", "/etc/outside.csv", "C:\\outside.csv")
    before = set(tmp_path.parent.rglob("*"))
    logs = [read_log(zipped(tmp_path / f"{place}.zip", {name: TABLE})) for place, name in enumerate(names)]
    assert [len(log.times_s) for log in logs] == [800] * 3
    assert {path.name for path in {*tmp_path.parent.rglob("*")} - before} == {"0.zip", "1.zip", "2.zip"}


@cache
def bomb(depth: int) -> bytes:
    """60 MB of zeros, packed depth times; a little one where it is deep."""
    data, name = b"0" * (60_000_000 if depth < 3 else 1000), "zeros.csv"
    for level in range(depth):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)
        data, name = packed.getvalue(), f"{level}.zip"
    return data


def lying() -> bytes:
    """The flat bomb with a small size written where the true one stood."""
    changed = bytearray(bomb(1))
    for signature, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", changed, changed.index(signature) + at, 1000)
    return bytes(changed)


BOMBS: dict[str, Callable[[], bytes]] = {
    "flat": lambda: bomb(1),
    "nested": lambda: bomb(2),
    "deep": lambda: bomb(5),
    "lying": lying,
    "tar": lambda: tarred({"zeros.csv": "0" * 60_000_000}, "w:gz"),
}


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_is_refused_within_a_second_and_60_mb(kind: str, tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(BOMBS[kind]())
    tracemalloc.start()
    began = time.process_time()
    with pytest.raises((LogTooLarge, DamagedLog)):
        read_log([tmp_path / "bomb.zip"])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - began < 1.0
    assert peak < 60e6


def test_too_many_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LogTooLarge):
        read_log(zipped(tmp_path / "many.zip", {f"{number}.csv": "a" for number in range(2001)}))
    (tmp_path / "many.tar").write_bytes(tarred({f"{number}.csv": "a" for number in range(2001)}))
    with pytest.raises(LogTooLarge):
        read_log([tmp_path / "many.tar"])


def test_more_hours_than_are_read_are_refused(tmp_path: Path) -> None:
    times_s = np.concatenate((MOTION.times_s, MOTION.times_s + 8 * 3600))
    text = rows(["time (s)", "ax", "ay", "az"], [times_s, *np.tile(MOTION.total, (2, 1)).T])
    with pytest.raises(LogTooLong) as refused:
        read_log(saved(tmp_path, {"day.csv": text}))
    assert refused.value.facts == {"hours": 8.0, "limit_hours": 6.0}


def test_a_line_without_end_is_no_log(tmp_path: Path) -> None:
    with pytest.raises((NotALog, NoRows)):
        read_log(saved(tmp_path, {"line.csv": "1.0," * 500_000}))


def test_json_of_numbers_by_name_is_read(tmp_path: Path) -> None:
    x, y, z = MOTION.total.T.tolist()
    columns = {"time": MOTION.times_s.tolist(), "label": {}, "x": x, "y": y, "z": z}
    log = read_log(saved(tmp_path, {"columns.json": json.dumps({"recording": columns})}))
    assert log.acceleration_m_s2[7] == pytest.approx(MOTION.total[7])


def test_g_is_told_from_m_s2_without_any_header(tmp_path: Path) -> None:
    log = read_log(saved(tmp_path, {"g.csv": rows(["0", "0", "0", "1"], [MOTION.times_s, *(MOTION.total / G).T])}))
    assert float(np.median(np.linalg.norm(log.acceleration_m_s2, axis=1))) == pytest.approx(G, rel=0.15)


HOSTILE = {
    "spaces.txt": "1 2 3\n" * 5 + " " * 3_000_000 + "x\n1 2 3",
    "heads.csv": ",".join(["_" * 30_000 + "x", "(" * 30_000, " ".join("ab" * 9_000)]) + "\n1,2,3\n" * 20,
    "quotes.csv": 'a,b,c\n1,2,"3"\n' + '"' * 1_000_001 + "\n1,2,3",
    "braces.json": "[" + "{}," * 2_000_000 + "{}]",
    "digits.csv": "t,ax,ay,az\n" + f"1,2,3,{'9' * 200_000}\n" * 20,
    "columns.csv": (",".join(["1.5"] * 5000) + "\n") * 20,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_makes_the_reader_think_for_long(name: str, tmp_path: Path) -> None:
    paths = saved(tmp_path, {name: HOSTILE[name]})
    began = time.process_time()
    with pytest.raises(AnalysisError):
        read_log(paths)
    assert time.process_time() - began < 1.0
