"""Faults put into a movement that is known: mended to 0.1 m/s² of the truth, or left out and said, never made up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import AnalysisError, ImpossibleValues, TooFewSamples, UnitUnsure
from pipeline.sensors import ColumnChoice, read_log, resample
from pipeline.sensors.channels import MISSING_NS, NS, Channel, Quantity, Unit
from pipeline.sensors.clean import LIMITS, cleaned, drop_told_again
from pipeline.sensors.clock import step_s
from pipeline.sensors.ranges import drop_impossible, saturation
from pipeline.sensors.samples import Samples
from pipeline.sensors.units import settle_acceleration
from pipeline.values import Array, Caveat, Doubt, MotionLog
from tests.pipeline.sensors.exports import G, Motion, curl, metamotion, phyphox, rows, saved, sensor_logger, zipped

NEAR_M_S2 = 0.1
HEAD = ["Time (s)", "ax (m/s^2)", "ay (m/s^2)", "az (m/s^2)"]


def written(folder: Path, times_s: Array, xyz: Array) -> MotionLog:
    """What is read from a plain table of these rows."""
    return read_log(saved(folder, {"log.csv": rows(HEAD, [times_s, *xyz.T])}))


def off_by(log: MotionLog, motion: Motion) -> float:
    """How far the log is from the truth at its own times, where it is furthest."""
    wanted = np.column_stack([np.interp(log.times_s, motion.times_s, column) for column in motion.total.T])
    return float(np.abs(log.acceleration_m_s2 - wanted).max())


def said(log: MotionLog) -> dict[Doubt, Caveat]:
    return {caveat.doubt: caveat for caveat in log.caveats}


def samples(motion: Motion) -> Samples:
    return Samples((motion.times_s * NS).round().astype(np.int64), motion.total)


def test_rows_out_of_order_and_doubled_are_put_right(tmp_path: Path) -> None:
    motion = curl()
    order = np.arange(800).reshape(-1, 4)[:, [0, 2, 1, 3]].ravel()
    order = np.insert(order, [100, 500], [order[99], order[499]])
    log = written(tmp_path, motion.times_s[order], motion.total[order])
    assert (len(log.times_s), log.caveats) == (800, ())
    assert off_by(log, motion) < NEAR_M_S2


def test_a_clock_that_was_set_back_is_carried_on_and_said(tmp_path: Path) -> None:
    motion = curl()
    times_s = motion.times_s + 100.0 - np.where(motion.times_s > 4.0, 0.3, 0.0)
    log = written(tmp_path, times_s, motion.total)
    assert Doubt.CLOCK_SET_BACK in said(log)
    assert len(log.times_s) == 800
    assert off_by(log, motion) < 0.2  # one step of the clock more or less where it was set back


def test_two_recordings_in_one_file_are_a_gap_apart_and_said(tmp_path: Path) -> None:
    motion = curl()
    log = written(tmp_path, np.tile(motion.times_s, 2), np.concatenate([motion.total, curl(start_s=0.7).total]))
    assert len(log.times_s) == 1600
    assert Doubt.CLOCK_SET_BACK in said(log)
    assert not resample(log, 50.0).measured.all()


@pytest.mark.parametrize("begins", [0, 200])
def test_rows_that_are_told_again_are_read_once(begins: int, tmp_path: Path) -> None:
    """An export put behind itself, and one that begins with the end of another."""
    motion = curl()
    first, rest = slice(0, 500 if begins else None), slice(begins, None)
    columns = (np.concatenate([one[first], one[rest]]) for one in (motion.times_s, motion.total))
    log = written(tmp_path, *columns)
    assert log.caveats == ()
    assert np.allclose(log.times_s, motion.times_s)
    assert off_by(log, motion) < NEAR_M_S2


def test_where_the_clock_goes_back_often_nothing_is_told_again() -> None:
    """Rows that were sorted by something else: to look for each would take as long as there are rows, squared."""
    ticks = np.tile(np.arange(20) * NS, LIMITS.restarts + 2)
    for copies, left in ((LIMITS.restarts + 1, 20), (LIMITS.restarts + 2, 20 * (LIMITS.restarts + 2))):
        times_ns = ticks[: 20 * copies]
        assert len(drop_told_again(Samples(times_ns, np.zeros((len(times_ns), 3)))).times_ns) == left


def test_a_gap_is_kept_and_said_from_a_second_on(tmp_path: Path) -> None:
    motion = curl()
    there = (motion.times_s < 2.0) | (motion.times_s > 5.0)
    log = written(tmp_path, motion.times_s[there], motion.total[there])
    assert said(log)[Doubt.LOG_GAPS].facts == {"count": 1, "seconds": 3}
    assert not ((log.times_s > 2.0) & (log.times_s < 5.0)).any()
    assert off_by(log, motion) < NEAR_M_S2


def test_many_short_gaps_are_said_and_a_few_are_not(tmp_path: Path) -> None:
    motion = curl(seconds=30.0)
    for count, told in ((10, {"count": 10, "seconds": 0.4}), (1, None)):
        there = np.ones(len(motion.times_s), dtype=bool)
        for number in range(count):
            there &= (motion.times_s < 2.0 + number) | (motion.times_s > 2.4 + number)
        log = written(tmp_path, motion.times_s[there], motion.total[there])
        found = said(log).get(Doubt.LOG_GAPS)
        assert (found.facts if found else None) == told


def test_empty_and_broken_cells_leave_their_row_out(tmp_path: Path) -> None:
    motion = curl()
    text = rows(HEAD, [motion.times_s, *motion.total.T]).split("\n")
    for row, cell in ((50, ""), (51, "NaN"), (52, "oops"), (53, "inf"), (54, "1e99")):
        text[row] = text[row].rpartition(",")[0] + "," + cell
    text[300] = text[300].partition(",")[0]
    log = read_log(saved(tmp_path, {"log.csv": "\n".join(text)}))
    assert (len(log.times_s), log.caveats) == (794, ())
    assert off_by(log, motion) < NEAR_M_S2


def test_many_broken_rows_are_said(tmp_path: Path) -> None:
    motion = curl()
    xyz = motion.total.copy()
    xyz[::5] = np.nan
    log = written(tmp_path, motion.times_s, xyz)
    assert said(log)[Doubt.ROWS_DROPPED].facts == {"percent": 20}


def test_values_that_are_held_until_the_next_arrives_give_the_true_rate(tmp_path: Path) -> None:
    slow = curl(rate_hz=25.0)
    log = written(tmp_path, np.arange(800) / 100.0, np.repeat(slow.total, 4, axis=0))
    assert said(log)[Doubt.VALUES_HELD].facts == {"rate_hz": 25}
    assert 1 / step_s(log.times_s) == pytest.approx(25.0, rel=0.01)


def test_stillness_is_not_taken_for_held_values(tmp_path: Path) -> None:
    xyz = np.tile([0.1, 0.2, 9.8], (800, 1))
    log = written(tmp_path, np.arange(800) / 100.0, xyz)
    assert (len(log.times_s), set(said(log))) == (800, {Doubt.DEVICE_STILL})


def test_impossible_samples_and_dropouts_to_zero_are_left_out(tmp_path: Path) -> None:
    motion = curl()
    xyz = motion.total.copy()
    xyz[100], xyz[200], xyz[300] = (900.0, 0.0, 0.0), (0.0, 0.0, 0.0), (1.0, 200.0, 9.0)
    log = written(tmp_path, motion.times_s, xyz)
    assert len(log.times_s) == 797
    assert off_by(log, motion) < NEAR_M_S2


def test_a_reading_that_is_written_on_while_the_link_is_lost_is_a_gap_and_stillness_is_none(tmp_path: Path) -> None:
    motion = curl(seconds=16.0)
    swung = motion.gravity + 3 * motion.user
    thrown = int(np.abs(np.linalg.norm(swung[:1000], axis=1) / G - 1).argmax())
    for last, gaps in ((thrown, {"count": 1, "seconds": 3}), (len(swung) - 1, None)):
        total = swung.copy()
        total[last : last + 300] = total[last]
        log = written(tmp_path, motion.times_s, total)
        found = said(log).get(Doubt.LOG_GAPS)
        assert (found.facts if found else None) == gaps


def test_a_punch_at_25_hz_is_no_spike() -> None:
    motion = curl(rate_hz=25.0)
    punched = motion.total.copy()
    punched[50] += (140.0, 0.0, 0.0)
    assert len(drop_impossible(Samples(samples(motion).times_ns, punched)).times_ns) == len(punched)


def test_peaks_cut_off_at_the_range_of_the_sensor_are_said() -> None:
    wild = 12 * G * np.sin(np.arange(800) / 8.0)[:, None] * [1.0, 0.5, 0.2]
    (caveat,) = saturation(np.clip(wild, -8 * G, 8 * G))
    assert (caveat.doubt, caveat.facts["limit_g"]) == (Doubt.SENSOR_SATURATED, 8)
    assert saturation(wild) == ()


@pytest.mark.parametrize(("unit", "true", "factor"), [("m/s^2", "g", 1 / G), ("g", "m/s²", 1.0), ("g", "mg", 1000 / G)])
def test_a_wrong_unit_is_corrected_by_gravity_and_said(tmp_path: Path, unit: str, true: str, factor: float) -> None:
    motion = curl()
    head = ["Time (s)", *(f"Acceleration {axis} ({unit})" for axis in "xyz")]
    log = read_log(saved(tmp_path, {"log.csv": rows(head, [motion.times_s, *(factor * motion.total).T])}))
    assert said(log)[Doubt.UNIT_CORRECTED].facts["unit"] == true
    assert off_by(log, motion) < NEAR_M_S2


@pytest.mark.parametrize(("unit", "metres"), [("cm/s^2", 0.01), ("mm/s²", 0.001), ("ft/s²", 0.3048)])
@pytest.mark.parametrize("gravity", [True, False])
def test_an_unusual_unit_that_is_said_holds(tmp_path: Path, unit: str, metres: float, gravity: bool) -> None:
    motion = curl()
    true = motion.total if gravity else motion.user
    head = ["Time (s)", *(f"Acceleration {axis} ({unit})" for axis in "xyz")]
    log = read_log(saved(tmp_path, {"log.csv": rows(head, [motion.times_s, *(true / metres).T])}))
    assert log.has_gravity == gravity
    assert Doubt.UNIT_CORRECTED not in said(log)
    assert np.allclose(log.acceleration_m_s2, true)


def test_feet_are_asked_about_where_gravity_may_be_in_them(tmp_path: Path) -> None:
    motion = curl()
    paths = saved(tmp_path, {"log.csv": rows(["t", "ax", "ay", "az"], [motion.times_s, *(motion.total / 0.3048).T])})
    with pytest.raises(UnitUnsure) as asked:
        read_log(paths)
    labels, choices = (str(asked.value.facts[key]) for key in ("labels", "choices"))
    answers = dict(zip(labels.split("|"), choices.split(), strict=True))
    assert [*answers] == ["m/s²", "g", "ft/s²"]
    log = read_log(paths, columns=ColumnChoice.from_code(answers["ft/s²"]))
    assert np.allclose(log.acceleration_m_s2, motion.total)


def test_a_unit_that_nothing_explains_is_refused(tmp_path: Path) -> None:
    motion = curl()
    with pytest.raises(ImpossibleValues) as refused:
        written(tmp_path, motion.times_s, 5 * motion.total)
    assert refused.value.facts["found_g"] == pytest.approx(5.0, abs=0.1)


@pytest.mark.parametrize("factor", [1e3, 1e6, 1e9])
@pytest.mark.parametrize("start", [0.0, 1_667_508_272.0])
def test_the_unit_of_time_is_told_by_its_steps(tmp_path: Path, factor: float, start: float) -> None:
    motion = curl()
    ticks = [round((float(time_s) + start) * 1000) * int(factor) // 1000 for time_s in motion.times_s]
    log = read_log(saved(tmp_path, {"log.csv": rows(["t", "ax", "ay", "az"], [ticks, *motion.total.T])}))
    assert log.duration_s == pytest.approx(7.99, abs=0.002)


def test_a_pause_of_phyphox_is_put_back_in(tmp_path: Path) -> None:
    motion = curl()
    times = (
        '"event","experiment time","system time","system time text"\n'
        '"START",0.0E0,1.7E9,"a"\n"PAUSE",4.0E0,1.700000004E9,"b"\n"START",4.0E0,1.700000034E9,"c"\n'
    )
    heads = [f"Acceleration {axis} (m/s^2)" for axis in "xyz"]
    files = {"Accelerometer.csv": phyphox(motion, motion.total, heads), "meta/time.csv": times}
    log = read_log(zipped(tmp_path / "paused.zip", files))
    assert log.duration_s == pytest.approx(7.99 + 30.0, abs=0.01)
    assert said(log)[Doubt.LOG_GAPS].facts == {"count": 1, "seconds": 30}


def test_two_recordings_in_one_archive_are_not_mixed(tmp_path: Path) -> None:
    short, long = curl(seconds=6.0), curl(seconds=8.0)
    heads = [f"Acceleration {axis} (m/s^2)" for axis in "xyz"]
    files = {f"{name}/a.csv": phyphox(each, each.total, heads) for name, each in (("one", short), ("two", long))}
    log = read_log(zipped(tmp_path / "both.zip", files))
    assert said(log)[Doubt.SEVERAL_RECORDINGS].facts == {"count": 1}
    assert off_by(log, long) < NEAR_M_S2


TIMES = st.lists(st.integers(-(2**61), 2**61) | st.just(MISSING_NS), max_size=60)


@given(TIMES)
def test_whatever_the_times_cleaned_ones_increase(times: list[int]) -> None:
    values = np.random.default_rng(len(times)).normal(size=(len(times), 3))
    found = cleaned(Samples(np.array(times, dtype=np.int64), values))
    assert (np.diff(found.times_ns) > 0).all()
    assert len(found.times_ns) == len(found.values) <= len(times)


@given(st.sets(st.integers(0, 799), max_size=500))
def test_dropping_rows_changes_no_number(dropped: set[int]) -> None:
    motion = curl()
    kept = np.array([row not in dropped for row in range(800)])
    found = cleaned(Samples(samples(motion).times_ns[kept], motion.total[kept]))
    assert np.array_equal(found.times_ns, samples(motion).times_ns[kept])
    assert np.array_equal(found.values, motion.total[kept])


@given(st.floats(0.05, 20.0))
def test_no_factor_on_the_numbers_goes_unnoticed(factor: float) -> None:
    """What comes out is the truth, said to be corrected, refused, or asked about."""
    motion = curl()
    channel = Channel(Quantity.TOTAL, samples(motion).times_ns, factor * motion.total, Unit.M_S2, "table")
    try:
        found = settle_acceleration(channel)
    except AnalysisError:
        return
    assert found is not None
    size = float(np.median(np.linalg.norm(found.channel.values, axis=1))) / G
    assert 0.45 < size < 1.8


def test_a_header_and_three_rows_are_too_few(tmp_path: Path) -> None:
    motion = curl()
    with pytest.raises(TooFewSamples):
        written(tmp_path, motion.times_s[:3], motion.total[:3])


def test_two_gloves_at_once_are_not_mixed_and_said(tmp_path: Path) -> None:
    left, right = curl(), curl(start_s=1.0)
    files = {
        "left.csv": metamotion(left, left.total / G, "g"),
        "right.csv": metamotion(left, right.total[:, [2, 0, 1]] / G, "g"),
    }
    log = read_log(saved(tmp_path, files))
    assert said(log)[Doubt.SEVERAL_RECORDINGS].facts == {"count": 1}
    assert off_by(log, left) < NEAR_M_S2


def test_raw_and_fused_acceleration_of_one_watch_are_one(tmp_path: Path) -> None:
    motion = curl()
    files = {
        "TotalAcceleration.csv": sensor_logger(motion, motion.total),
        "AccelerometerUncalibrated.csv": sensor_logger(motion, motion.total + 0.2),
    }
    log = read_log(saved(tmp_path, files))
    assert log.caveats == ()
    assert off_by(log, motion) < NEAR_M_S2
