"""A recording in several files: those that go on where another ends are one, others are told and left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import numpy as np
import pytest

from pipeline.sensors import read_log
from pipeline.together import read_together
from pipeline.values import Doubt, MotionLog
from tests.pipeline.sensors.exports import START_S, curl, rows, saved, tarred, zipped

MOTION = curl(rate_hz=50.0, seconds=60.0)
HALVES = (slice(0, 1400), slice(1400, 3000))


def part(rows_of: slice, begins_s: float) -> str:
    times = [f"{begins_s + time_s:.3f}" for time_s in MOTION.times_s[rows_of]]
    return rows(["timestamp", "ax", "ay", "az"], [times, *MOTION.total[rows_of].T])


def doubts(log: MotionLog) -> set[Doubt]:
    return {caveat.doubt for caveat in log.caveats}


@pytest.mark.parametrize("begins_s", [0.0, START_S])
@pytest.mark.parametrize("turned", [False, True])
def test_files_that_go_on_where_another_ends_are_one_recording(begins_s: float, turned: bool, tmp_path: Path) -> None:
    texts = [part(half, begins_s) for half in HALVES]
    files = {f"part{number}.csv": text for number, text in enumerate(texts[::-1] if turned else texts)}
    for log in (read_log(zipped(tmp_path / "parts.zip", files)), read_log(saved(tmp_path, files))):
        assert log.caveats == ()
        assert len(log.times_s) == len(MOTION.times_s)
        assert np.allclose(log.acceleration_m_s2, MOTION.total, atol=0.001)


@pytest.mark.parametrize("beside", ["platform,version\nios,3\n", "time,seconds_elapsed,text\n", "squats today\n"])
def test_a_file_that_tells_nothing_by_itself_may_lie_beside_a_recording(beside: str, tmp_path: Path) -> None:
    paths = saved(tmp_path, {"Accelerometer.csv": part(HALVES[0], START_S), "Beside.csv": beside})
    log = read_together(paths, [path.name for path in paths])
    assert log.duration_s == pytest.approx(MOTION.times_s[HALVES[0]][-1], abs=0.01)


def test_a_break_between_two_files_is_a_gap(tmp_path: Path) -> None:
    first, second = part(HALVES[0], START_S), part(HALVES[1], START_S + 120.0)
    log = read_log(saved(tmp_path, {"a.csv": first, "b.csv": second}))
    assert doubts(log) == {Doubt.LOG_GAPS}
    assert log.duration_s == pytest.approx(MOTION.times_s[-1] + 120.0, abs=0.01)


@pytest.mark.parametrize("later_s", [-27.5, 86_400.0])
def test_other_recordings_are_told_and_left_out(later_s: float, tmp_path: Path) -> None:
    """At once with the first, or of the next day."""
    files = {"a.csv": part(HALVES[0], 0.0), "b.csv": part(HALVES[1], later_s)}
    log = read_log(saved(tmp_path, files))
    assert Doubt.SEVERAL_RECORDINGS in doubts(log)
    assert log.duration_s < 40.0


@pytest.mark.parametrize(
    "spans", [((0, 2000), (1000, 3000)), ((0, 1000), (0, 3000)), ((0, 3000), (500, 1000)),
              ((0, 1500), (1000, 2000), (1500, 3000))],
)  # fmt: skip
def test_what_files_tell_alike_is_told_once_and_what_one_tells_beyond_is_kept(
    spans: Sequence[tuple[int, int]], tmp_path: Path
) -> None:
    for name in ("{}.csv", "{}/log.csv"):
        files = {name.format(number): part(slice(*span), START_S) for number, span in enumerate(spans)}
        log = read_log(zipped(tmp_path / "parts.zip", files))
        assert log.caveats == ()
        assert len(log.times_s) == len(MOTION.times_s)
        assert np.allclose(log.acceleration_m_s2, MOTION.total, atol=0.001)


def test_a_recording_that_was_sent_twice_is_read_once(tmp_path: Path) -> None:
    text = part(HALVES[0], START_S)
    once = read_log(saved(tmp_path, {"a.csv": text}))
    for files in ({"a.csv": text, "a (1).csv": text}, {"mon/a.csv": text, "copy/a.csv": text}):
        log = read_log(zipped(tmp_path / "twice.zip", files))
        assert log.caveats == ()
        assert np.array_equal(log.times_s, once.times_s)


@pytest.mark.parametrize("mode", ["w", "w:gz"])
def test_a_tar_archive_is_opened_as_a_zip_is(mode: Literal["w", "w:gz"], tmp_path: Path) -> None:
    files = {"rec/part1.csv": part(HALVES[0], START_S), "rec/part2.csv": part(HALVES[1], START_S)}
    (tmp_path / "sent").write_bytes(tarred({"rec/._part1.csv": "Mac OS X", **files}, mode))
    log = read_log([tmp_path / "sent"])
    assert log.caveats == ()
    assert np.allclose(log.acceleration_m_s2, MOTION.total, atol=0.001)
