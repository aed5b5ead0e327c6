"""However a file writes its times, the movement comes back at its own rate, or the user is asked; never at another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipeline.errors import RateUnsure, TooSparse
from pipeline.sensors import read_log
from pipeline.sensors.cells import Cell, read_cells
from pipeline.sensors.channels import MISSING_NS, NS
from pipeline.values import Array, Doubt, MotionLog
from tests.pipeline.sensors.exports import curl, rows, saved

MOTION = curl(rate_hz=50.0, seconds=90.0)
TIMES_S: list[float] = MOTION.times_s.tolist()
MS = [round(1000 * time_s) for time_s in TIMES_S]
BEGUN = datetime(2026, 1, 4, 18, 59, 7, 250_000, tzinfo=UTC)  # over a minute's end and an hour's
BEGUN_MS = round(1000 * BEGUN.timestamp())
SPREADSHEET_DAYS = 46_026.75  # of the same evening
# Cells have five digits, a day's eleventh is a microsecond; the acceleration changes by 14 m/s² a second.
ACCELERATION_M_S2 = 0.02
Columns = Mapping[str, Sequence[Any]]


def stamped(form: str, begun: datetime = BEGUN) -> list[str]:
    """Every row's time as text; %L are milliseconds."""
    times = [begun + timedelta(milliseconds=ms) for ms in MS]
    return [time.strftime(form).replace("%L", f"{time.microsecond // 1000:03}") for time in times]


def without_zeros(behind: str, begun: datetime = BEGUN) -> list[str]:
    """Every row's clock as it is put together of numbers; `behind` stands before the milliseconds."""
    times = [begun + timedelta(milliseconds=ms) for ms in MS]
    return [f"{at.hour}:{at.minute}:{at.second}{behind}{at.microsecond // 1000}" for at in times]


def parts(*forms: str) -> list[list[int]]:
    return [[int(cell) for cell in stamped(form)] for form in forms]


def written(columns: Columns, xyz: Array = MOTION.total) -> str:
    return rows([*columns, "ax", "ay", "az"], [*columns.values(), *xyz.T])


def days(digits: int, since: float = SPREADSHEET_DAYS) -> list[str]:
    return [f"{since + time_s / 86_400:.{digits}f}" for time_s in TIMES_S]


SECOND, MINUTE, HOUR, THOUSANDTH = parts("%S", "%M", "%H", "%L")
UNIX_S = [(BEGUN_MS + ms) // 1000 for ms in MS]
WAYS: Mapping[str, Callable[[], Columns]] = {
    "seconds_and_thousandths": lambda: {"seconds": [ms // 1000 for ms in MS], "milliseconds": [ms % 1000 for ms in MS]},
    "since_1970_and_thousandths": lambda: {"epoch_s": UNIX_S, "ms": THOUSANDTH},
    "timeval": lambda: {"tv_sec": UNIX_S, "tv_usec": [1000 * part for part in THOUSANDTH]},
    "ros": lambda: {"secs": UNIX_S, "nsecs": [1_000_000 * part for part in THOUSANDTH]},
    "clock_and_thousandths": lambda: {"Time": stamped("%H:%M:%S"), "Milliseconds": THOUSANDTH},
    "date_clock_and_thousandths": lambda: {
        "Date": stamped("%Y-%m-%d"),
        "Time": stamped("%H:%M:%S"),
        "ms": stamped("%L"),
    },
    "a_column_each": lambda: {"hour": HOUR, "minute": MINUTE, "second": SECOND, "ms": THOUSANDTH},
    "seconds_within_minutes": lambda: {
        "hour": HOUR,
        "minute": MINUTE,
        "second": [f"{s}.{part:03}" for s, part in zip(SECOND, THOUSANDTH, strict=True)],
    },
    "clock_beside_all_milliseconds": lambda: {"time": stamped("%H:%M:%S"), "ms": MS},
    "spreadsheet_days": lambda: {"Time": days(11)},
    "spreadsheet_days_of_fifteen_digits": lambda: {"timestamp": days(10)},
    "part_of_a_day": lambda: {"time": days(12, 0.75)},
    "matlab_days": lambda: {"time": days(10, 739_986.75)},
    "windows_ticks": lambda: {"timestamp": [116_444_736_000_000_000 + (BEGUN_MS + ms) * 10_000 for ms in MS]},
    "clock_without_zeros": lambda: {"time": without_zeros(":")},
    "clock_without_zeros_at_odd_milliseconds": lambda: {"time": without_zeros(".", BEGUN + timedelta(milliseconds=7))},
    "fractions_that_lost_their_last_zeros": lambda: {"time": [text.rstrip("0") for text in stamped("%H:%M:%S.%L")]},
    "twelve_hours_past_noon": lambda: {"time": stamped("%I:%M:%S.%L", BEGUN.replace(hour=12))},
    "date_of_the_start": lambda: {"startDate": stamped("%Y-%m-%d %H:%M:%S.%L +0000")},
    "when_it_was_recorded": lambda: {"recorded_at": stamped("%Y-%m-%dT%H:%M:%S.%LZ")},
    "minutes_and_seconds": lambda: {"time": stamped("%M:%S.%L")},
    "digits_alone": lambda: {"time": stamped("%Y%m%d%H%M%S%L")},
    "digits_and_lines": lambda: {"time": stamped("%Y%m%d_%H%M%S_%L")},
    "digits_of_the_day": lambda: {"time": stamped("%H%M%S.%L")},
    "digits_of_the_day_in_seconds": lambda: {"time (s)": stamped("%H%M%S.%L")},
    "digits_of_the_day_without_a_point": lambda: {"time": stamped("%H%M%S%L")},
    "digits_to_the_microsecond": lambda: {"timestamp": stamped("%H%M%S%f")},
    "digits_of_the_day_and_thousandths": lambda: {"time": stamped("%H%M%S"), "ms": THOUSANDTH},
    "digits_of_a_short_year": lambda: {"time": stamped("%y%m%d%H%M%S.%L")},
    "digits_of_the_hour": lambda: {"time": stamped("%M%S.%L")},
    "iso_basic": lambda: {"time": stamped("%Y%m%dT%H%M%S.%LZ")},
    "half_days_before": lambda: {"시간": [text.replace("PM", "오후") for text in stamped("%Y-%m-%d %p %I:%M:%S.%L")]},
    "korean_date": lambda: {"시각": [text.replace("PM", "오후") for text in stamped("%Y. %m. %d. %p %I:%M:%S.%L")]},
    "korean_words": lambda: {"시간": stamped("%Y년 %m월 %d일 %H시 %M분 %S.%L초")},
    "date_in_words": lambda: {"time": stamped("%a %b %d %H:%M:%S.%L UTC %Y")},
    "month_first_in_words": lambda: {"time": [f'"{text}"' for text in stamped("%b %d, %Y, %I:%M:%S.%L %p")]},
    "half_days_with_points": lambda: {"time": [f"{text} p. m." for text in stamped("%I:%M:%S.%L")]},
    "timedelta": lambda: {"time": [f"0 days 00:0{ms // 60_000}:{ms / 1000 % 60:09.6f}" for ms in MS]},
    "thousands_parted": lambda: {"time": [f'"{ms:,}"' for ms in MS]},
    "every_fifth_second": lambda: {"timestamp": [(BEGUN_MS + ms) // 5000 * 5000 for ms in MS]},
    "packets_of_ten_seconds": lambda: {"timestamp": [-(-(BEGUN_MS + ms) // 10_000) * 10_000 for ms in MS]},
    "index_of_a_table": lambda: {"": [f"{text}+00:00" for text in stamped("%Y-%m-%d %H:%M:%S.%f")]},
    "milliseconds_of_a_minute": lambda: {"ms": [(7250 + ms) % 60_000 for ms in MS]},
    "counter_of_16_bits": lambda: {"ms": [(60_000 + ms) % 2**16 for ms in MS]},
    "counter_of_32_bits": lambda: {"micros": [(2**32 - 20_000_000 + 1000 * ms) % 2**32 for ms in MS]},
    "phone_that_ran_for_weeks": lambda: {"timestamp": [1_512_345_678_901_234 + ms * 1_000_000 for ms in MS]},
}


def read(text: str, folder: Path) -> MotionLog:
    return read_log(saved(folder, {"log.csv": text}))


@pytest.mark.parametrize("way", WAYS)
def test_a_way_to_write_times_gives_back_the_movement(way: str, tmp_path: Path) -> None:
    log = read(written(WAYS[way]()), tmp_path)
    true = np.column_stack([np.interp(log.times_s, MOTION.times_s, axis) for axis in MOTION.total.T])
    assert log.caveats == ()
    assert len(log.times_s) == len(TIMES_S)
    assert log.duration_s == pytest.approx(TIMES_S[-1], abs=0.001)
    assert float(np.abs(log.acceleration_m_s2 - true).max()) < ACCELERATION_M_S2


def test_seconds_that_fit_no_clock_are_left_out(tmp_path: Path) -> None:
    seconds = [10**18 if number == 30 else number_s for number, number_s in enumerate(UNIX_S)]
    log = read(written({"sec": seconds, "ms": THOUSANDTH}), tmp_path)
    assert log.duration_s == pytest.approx(TIMES_S[-1])


def test_two_times_for_all_rows_tell_no_rate(tmp_path: Path) -> None:
    """Seconds since 1970 in numbers of seven digits go up by 128."""
    single = [float(np.float32((BEGUN_MS + ms) / 1000)) for ms in MS]
    assert len(set(single)) == 2
    with pytest.raises(RateUnsure):
        read(written({"timestamp": single}), tmp_path)


def test_thousandths_without_seconds_go_on(tmp_path: Path) -> None:
    log = read(written({"ms": [ms % 1000 for ms in MS]}), tmp_path)
    assert log.caveats == ()
    assert log.duration_s == pytest.approx(TIMES_S[-1])


def test_days_without_enough_digits_are_spread_out_and_said(tmp_path: Path) -> None:
    log = read(written({"time": days(5)}), tmp_path)
    assert [caveat.doubt for caveat in log.caveats] == [Doubt.CLOCK_IN_BURSTS]
    assert log.duration_s == pytest.approx(TIMES_S[-1], abs=1.0)


@pytest.mark.parametrize("step", [2, 4])
def test_hundredths_of_a_second_are_not_taken_for_milliseconds(step: int, tmp_path: Path) -> None:
    hundredths = [step * number for number in range(len(MS))]
    with pytest.raises(RateUnsure):
        read(written({"time": hundredths}), tmp_path)
    assert read(written({"time (ms)": hundredths}), tmp_path).duration_s == pytest.approx(hundredths[-1] / 1000)


@pytest.mark.parametrize("form", ["%H%M%S.%L", "%H%M%S%L", "%H:%M:%S.%L", "%y%m%d%H%M%S.%L"])
def test_a_clock_goes_on_past_midnight(form: str, tmp_path: Path) -> None:
    log = read(written({"time": stamped(form, BEGUN.replace(hour=23))}), tmp_path)
    assert log.caveats == ()
    assert log.duration_s == pytest.approx(TIMES_S[-1], abs=0.001)


def test_a_time_of_digits_that_is_none_is_left_out(tmp_path: Path) -> None:
    times = [*stamped("%H%M%S.%L")]
    times[30] = "187799.250"
    log = read(written({"time": times}), tmp_path)
    assert log.duration_s == pytest.approx(TIMES_S[-1])
    assert len(log.times_s) == len(TIMES_S) - 1


@pytest.mark.parametrize("step", [0.02, 20, 20_000, 50])
def test_a_plain_count_is_no_time_of_day(step: float, tmp_path: Path) -> None:
    head = {0.02: "time (s)", 20: "time (ms)", 20_000: "time (us)", 50: "time (ms)"}[step]
    log = read(written({head: [round(step * row, 2) for row in range(len(MS))]}), tmp_path)
    assert log.duration_s == pytest.approx(TIMES_S[-1] * (2.5 if step == 50 else 1))


@pytest.mark.parametrize("step", [1, 2, 4])
def test_few_ticks_a_row_are_asked_about_though_they_are_uneven(step: int, tmp_path: Path) -> None:
    """A row lost now and then, or a tick more: of milliseconds or hundredths, nobody knows."""
    uneven = [step * number + (number % 7 == 3 and step > 1) + step * (number // 50) for number in range(len(MS))]
    with pytest.raises(RateUnsure):
        read(written({"time": uneven}), tmp_path)


def test_rows_of_two_sensors_a_tick_apart_are_milliseconds(tmp_path: Path) -> None:
    kinds = [(kind, ms + after) for ms in MS for kind, after in (("accelerometer", 0), ("gyroscope", 1))]
    both = [row for pair in zip(MOTION.total.tolist(), MOTION.rotation.tolist(), strict=True) for row in pair]
    text = rows(["sensor", "timestamp", "x", "y", "z"], [*zip(*kinds, strict=True), *np.array(both).T])
    log = read(text, tmp_path)
    assert log.duration_s == pytest.approx(TIMES_S[-1])
    assert np.isfinite(log.rotation_rad_s).mean() > 0.95


def test_a_packet_counter_is_no_clock(tmp_path: Path) -> None:
    """A number from 0 to 15 beside whole readings, without a header."""
    text = rows([], [[row % 16 for row in range(len(MS))], *np.round(1000 * MOTION.total).T]).lstrip("\n")
    with pytest.raises(RateUnsure):
        read(text, tmp_path)


def test_a_clock_that_is_set_back_is_no_counter_that_begins_again(tmp_path: Path) -> None:
    log = read(written({"ms": [ms if ms < 40_000 else ms - 30_000 for ms in MS]}), tmp_path)
    assert Doubt.CLOCK_SET_BACK in {caveat.doubt for caveat in log.caveats}


@pytest.mark.parametrize("unit", [1, 1000])
def test_samples_a_second_since_1970_are_not_taken_for_milliseconds(unit: int, tmp_path: Path) -> None:
    """Times with parts of a second, a second apart: too sparse, and nothing else."""
    times = [f"{(BEGUN_MS / 1000 + number) * unit:.3f}" for number in range(len(MS))]
    with pytest.raises(TooSparse):
        read(written({"timestamp": times}), tmp_path)


@pytest.mark.parametrize("cell", ["18:03", "12.5", "1667508272884942837", "20261304180307", "2026-01-04"])
def test_what_is_no_clock_is_not_read_as_one(cell: str) -> None:
    assert read_cells([cell], Cell.CLOCK).tolist() == [MISSING_NS]


@pytest.mark.parametrize(
    ("cell", "seconds"), [("12:00:01 AM", 1), ("오전 12:00:01", 1), ("0:01.5", 1.5), ("00:00:12.34 min", 12.34)]
)
def test_a_clock_is_read_with_its_half_of_the_day(cell: str, seconds: float) -> None:
    assert read_cells([cell], Cell.CLOCK).tolist() == [round(seconds * NS)]


def test_thousands_are_told_from_decimals(tmp_path: Path) -> None:
    """In a table between semicolons 9,807 is less than ten."""
    cells = [[f"{cell:.3f}".replace(".", ",") for cell in axis] for axis in (MOTION.times_s, *MOTION.total.T.tolist())]
    log = read(rows(["time (s)", "ax", "ay", "az"], cells, ";"), tmp_path)
    assert log.caveats == ()
    assert log.duration_s == pytest.approx(TIMES_S[-1])


LEFT_S = [120.0 - time_s for time_s in TIMES_S]


@pytest.mark.parametrize("head", ["Remaining (s)", "time_left", "countdown [s]", "남은 시간 (s)"])
def test_what_is_left_is_read_as_it_passes(head: str, tmp_path: Path) -> None:
    """The rows stay in their order: turned round, every lifting would be a lowering."""
    log = read(written({head: LEFT_S}), tmp_path)
    assert log.caveats == ()
    assert log.acceleration_m_s2 == pytest.approx(MOTION.total, abs=ACCELERATION_M_S2)


def test_a_clock_on_the_left_is_none_that_counts_down(tmp_path: Path) -> None:
    log = read(written({"time_left": TIMES_S}), tmp_path)
    assert log.acceleration_m_s2 == pytest.approx(MOTION.total, abs=ACCELERATION_M_S2)


@pytest.mark.parametrize(
    ("clock", "unsure"),
    [
        ({"time (s)": LEFT_S}, True),
        ({"time": [f"{int(left // 60):02}:{left % 60:06.3f}" for left in LEFT_S]}, True),
        ({"time (ms)": [BEGUN_MS + ms for ms in MS[::-1]]}, False),
        ({"time": stamped("%H:%M:%S.%f")[::-1]}, False),
        ({"time": stamped("%Y-%m-%dT%H:%M:%S.%f")[::-1]}, False),
    ],
)
def test_a_clock_that_falls_is_of_rows_with_the_newest_first_or_says_that_it_may_be_a_timer(
    clock: Columns, unsure: bool, tmp_path: Path
) -> None:
    log = read(written(clock, MOTION.total[::-1]), tmp_path)
    assert log.acceleration_m_s2 == pytest.approx(MOTION.total, abs=ACCELERATION_M_S2)
    assert (Doubt.PHASES_UNNAMED in {caveat.doubt for caveat in log.caveats}) == unsure


def test_rows_of_the_same_time_are_turned_round_too_where_the_newest_is_first(tmp_path: Path) -> None:
    """Times to a fifth of a second, ten rows each."""
    times_ms = [BEGUN_MS + ms // 200 * 200 for ms in MS]
    first, last = (read(written({"timestamp": times_ms[::step]}, MOTION.total[::step]), tmp_path) for step in (1, -1))
    assert last.acceleration_m_s2 == pytest.approx(first.acceleration_m_s2, abs=ACCELERATION_M_S2)
