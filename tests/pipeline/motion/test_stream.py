"""A live stream: decisions come in time, whatever the samples' packets, and cost little."""

from __future__ import annotations

import io
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import main
from pipeline.motion.lines import samples
from pipeline.motion.network import network
from pipeline.motion.stream import RULES, Decision, LiveRecognizer
from pipeline.recognize.decide import NO_EXERCISE
from pipeline.values import UNKNOWN, MotionLog
from tests.pipeline.motion.logs import still, swinging

MOST_MS = 5.0


def decisions(log: MotionLog, packet: int, live: LiveRecognizer | None = None) -> list[Decision]:
    live = live or LiveRecognizer()
    cuts = range(0, len(log.times_s), packet)
    parts = [slice(start, start + packet) for start in cuts]
    return [
        made
        for part in parts
        for made in live.add(log.times_s[part], log.acceleration_m_s2[part], log.rotation_rad_s[part])
    ]


@settings(max_examples=8)
@given(st.integers(1, 400))
def test_packets_change_nothing(packet: int) -> None:
    log = swinging(9.0, 50.0)
    assert decisions(log, packet) == decisions(log, 1)


def test_a_decision_is_due_every_half_second_of_signal() -> None:
    log = swinging(20.0, 100.0)
    made_s = np.array([one.time_s for one in decisions(log, 7)])
    assert made_s[0] - log.times_s[0] == pytest.approx(RULES.first_s, abs=0.02)
    assert np.diff(made_s).max() <= 0.5 + 0.02  # a sample more at most


def test_a_decision_costs_little() -> None:
    log, live = swinging(40.0, 100.0), LiveRecognizer(network())
    started = time.process_time()
    made = decisions(log, 50, live)
    spent_ms = (time.process_time() - started) / len(made) * 1000
    assert spent_ms <= 10 * MOST_MS  # beside other processes, on a core of any age; once and a half the bar was seen


def test_lying_still_is_never_called_an_exercise() -> None:
    assert {one.recognition.name for one in decisions(still(20.0, 50.0), 5)} <= {NO_EXERCISE, UNKNOWN}


def test_a_stream_that_loses_most_of_its_samples_says_nothing_until_it_is_whole_again() -> None:
    log = swinging(30.0, 50.0)
    at_s = log.times_s - log.times_s[0]
    arrives = (at_s < 8) | (at_s >= 20) | (at_s % 1.9 < 0.1)
    parts = log.times_s[arrives], log.acceleration_m_s2[arrives], log.rotation_rad_s[arrives]
    made_s = np.array([one.time_s for one in LiveRecognizer().add(*parts)]) - log.times_s[0]
    assert made_s[made_s < 8].size
    assert not ((made_s > 14) & (made_s < 20)).any()
    assert made_s[-1] > 29


def test_only_a_new_name_is_a_change() -> None:
    made = decisions(still(20.0, 50.0), 5)
    names = [None, *(one.recognition.name for one in made)]
    assert [one.changed for one in made] == [a != b for a, b in pairwise(names)]


def test_samples_out_of_order_are_left_out_and_silence_starts_anew() -> None:
    log, live = swinging(6.0, 50.0), LiveRecognizer()
    first = decisions(log, 10, live)
    assert decisions(log, 10, live) == []  # the same again is all in the past
    later = MotionLog(log.times_s + 60, log.acceleration_m_s2, log.rotation_rad_s, log.source)
    again = decisions(later, 10, live)
    assert [one.time_s - 60 for one in again] == pytest.approx([one.time_s for one in first])
    assert [one.recognition.confidence for one in again] == pytest.approx(
        [one.recognition.confidence for one in first],
        abs=1e-2,  # times round by 1e-10 s, and an even swing leans neither way
    )


def test_a_clock_that_begins_again_starts_anew() -> None:
    """A device that was restarted: its times are all in the past, and its samples are not."""
    log, live = swinging(20.0, 50.0), LiveRecognizer()
    first = decisions(log, 10, live)
    again = decisions(log, 10, live)
    assert [one.time_s for one in again] == [one.time_s for one in first]


def test_lines_are_samples_with_or_without_rotation() -> None:
    taken = list(samples(["t,x,y,z\n", "\n", "0.0,1,2,3\n", "0.1;4;5;6\n", "0.2,1,2,3,4,5,6\n"]))
    assert [float(one.times_s[0]) for one in taken] == [0.0, 0.1, 0.2]
    assert taken[1].acceleration_m_s2.tolist() == [[4.0, 5.0, 6.0]]
    assert taken[1].rotation_rad_s is None
    assert taken[2].rotation_rad_s is not None
    assert taken[2].rotation_rad_s.tolist() == [[4.0, 5.0, 6.0]]


@pytest.mark.parametrize("line", ["0.1,1,2", "0.1,1,2,x", "0.1,1,2,nan", "0.1,1,2,1e300", "words"])
def test_a_line_that_is_no_sample_is_named(line: str) -> None:
    with pytest.raises(ValueError, match="line 2: wanted seconds"):
        list(samples(["0.0,1,2,3", line]))


def test_a_damaged_line_between_two_samples_ends_nothing() -> None:
    lines = ["0.0,1,2,3", "0.1,1,2", "0.2,4,5,6", "\n", "0.3,4,", "0.4,1,2,3"]
    assert [float(one.times_s[0]) for one in samples(lines)] == [0.0, 0.2, 0.4]
    with pytest.raises(ValueError, match="line 2: wanted seconds"):
        list(samples(["0.0,1,2,3", "lost", "too", "0.3,1,2,3"]))


def test_the_command_names_what_comes_through_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = still(6.0, 25.0)
    rows = zip(log.times_s.tolist(), log.acceleration_m_s2.tolist(), strict=True)
    text = "\n".join(f"{at},{x},{y},{z}" for at, (x, y, z) in rows)
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert main(["watch-log", "-"]) == 0
    assert capsys.readouterr().out.split()[2] in (NO_EXERCISE, UNKNOWN)


def test_the_command_says_what_it_cannot_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("0,1,2,3\nnothing\n"))
    assert main(["watch-log", "-"]) == 2
    assert "line 2" in capsys.readouterr().err
    assert main(["watch-log", "no/such/file"]) == 2
