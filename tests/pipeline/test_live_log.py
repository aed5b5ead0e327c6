"""A live stream is counted while it runs, and a set that is over is answered as in a file."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bot.cli import main
from pipeline.analyze_log import analyze_log
from pipeline.live_log import RULES, Event, LiveLog, SoFar
from pipeline.motion.count import CountedSet
from pipeline.motion.even_count import EvenCount
from pipeline.motion.report import even_report
from pipeline.motion.signals import Motion
from pipeline.motion.stream import Decision, LiveRecognizer
from pipeline.recognize import given
from pipeline.values import Array, MeasuredSet, MotionLog, Recognition, Source
from tests.pipeline.motion.logs import GRAVITY_M_S2, still
from tests.pipeline.motion.test_analyze_log import workout
from tests.pipeline.motion.test_punches import round_of

SOURCE = Source("log", "workout.csv", 60.0, 50.0)
SELDOM = replace(RULES, every_s=3.0)  # where the number so far is not what is asked: counting is what takes time


def played(log: MotionLog, live: LiveLog | None = None, packet: int = 25) -> list[Event]:
    """What the stream tells until it ends."""
    live = live or LiveLog()
    parts = [slice(start, start + packet) for start in range(0, len(log.times_s), packet)]
    told = [event for part in parts for event in live.add(log.times_s[part], log.acceleration_m_s2[part])]
    return told + live.end()


def over(events: list[Event]) -> list[tuple[float, ...]]:
    """Repetitions, beginning and end of each set that is over."""
    sets = [event.report for event in events if isinstance(event, MeasuredSet)]
    return [(one.rep_count, *(round(at_s, 1) for at_s in one.span_s or ())) for one in sets]


def so_far(events: list[Event]) -> list[SoFar]:
    return [event for event in events if isinstance(event, SoFar)]


def test_a_set_that_is_over_is_answered_as_in_a_file() -> None:
    log = workout((6, 9), 25.0)
    in_file = [(one.report.rep_count, *(one.report.span_s or ())) for one in analyze_log(log, SOURCE)]
    told = over(played(log, LiveLog(rules=SELDOM)))
    assert [one[0] for one in told] == [one[0] for one in in_file] == [6, 9]
    assert np.allclose(told, in_file, atol=0.15)  # s: filters see another beginning and end


def test_repetitions_are_told_as_they_finish_and_before_the_set_is() -> None:
    log = workout((9,), 25.0)
    events = played(log)
    (only,) = (event.report for event in events if isinstance(event, MeasuredSet))
    numbers = so_far(events)
    assert [one.reps for one in numbers] == sorted({one.reps for one in numbers})
    assert numbers[-1].reps == only.rep_count == 9
    ended_s = [rep.end_s for rep in only.reps]
    late_s = [one.time_s - ended_s[one.reps - 1] for one in numbers]
    assert min(late_s) > -0.1
    assert max(late_s) < RULES.every_s + RULES.told_after_s + 1.0
    assert len(numbers) >= 4
    assert events.index(numbers[-1]) < next(n for n, event in enumerate(events) if isinstance(event, MeasuredSet))


@pytest.mark.parametrize(("seconds", "told"), [(20.0, [(10, 0.0, 20.0)]), (60.0, [])])
def test_what_is_counted_by_its_rhythm_alone_is_told_as_of_a_file_where_it_is_all_of_the_stream(
    seconds: float, told: list[tuple[float, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A longer stream without a set is not kept whole."""
    log = still(seconds, 25.0)
    report = even_report(log, SOURCE, given("push_up"), EvenCount(10, 0.5, 11))
    monkeypatch.setattr("pipeline.live_set.analyze_log", lambda part, *_, **__: (MeasuredSet(report, part),))
    assert over(played(log, LiveLog(rules=SELDOM))) == told


def test_packets_change_nothing() -> None:
    log = workout((5,), 25.0)
    one, other = (played(log, LiveLog(rules=SELDOM), packet) for packet in (7, 400))
    assert (so_far(one), over(one)) == (so_far(other), over(other))


def test_what_goes_on_when_the_stream_ends_is_told() -> None:
    log = workout((6,), 25.0)
    inside = log.times_s < 8.0 + 6 * 2.1 + 0.5
    cut = MotionLog(log.times_s[inside], log.acceleration_m_s2[inside], log.rotation_rad_s[inside], "made")
    live = LiveLog()
    assert over(live.add(cut.times_s, cut.acceleration_m_s2)) == []
    assert [one[0] for one in over(live.end())] == [6]
    assert live.end() == []


def test_a_silence_ends_the_set_and_a_clock_that_begins_again_does_too() -> None:
    log = workout((5,), 25.0)
    begun = log.times_s < 8.0 + 5 * 2.1
    for later_s in (100.0, 0.0):
        times_s = np.concatenate([log.times_s[begun], later_s + log.times_s])
        values = np.concatenate([log.acceleration_m_s2[begun], log.acceleration_m_s2])
        live = LiveLog(rules=SELDOM)
        events = [event for at_s, row in zip(times_s, values, strict=True) for event in live.add(at_s[None], row[None])]
        assert [one[0] for one in over(events + live.end())] == [5, 5]


class Later(Executor):
    """Does what it was asked when it is told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[Future[Any], Callable[[], Any]]] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.asked.append((Future(), partial(fn, *args, **kwargs)))
        return self.asked[-1][0]

    def work(self) -> None:
        for future, asked in self.asked:
            future.set_result(asked())
        self.asked.clear()


def test_naming_does_not_wait_for_a_set_to_be_answered() -> None:
    log, thread = workout((4,), 25.0), Later()
    live, at_once = LiveLog(rules=SELDOM, beside=thread), played(log, LiveLog(rules=SELDOM))
    events = live.add(log.times_s, log.acceleration_m_s2)
    assert len(thread.asked) == 1
    assert events == [event for event in at_once if not isinstance(event, MeasuredSet)]
    thread.work()
    assert over(live.add(log.times_s[-1:], log.acceleration_m_s2[-1:])) == over(at_once)
    assert live.end() == []


def test_the_end_waits_for_what_was_asked() -> None:
    log = workout((4,), 25.0)
    with ThreadPoolExecutor(1) as thread:
        assert len(over(played(log, LiveLog(rules=SELDOM, beside=thread)))) == 1


def test_hours_of_rest_are_not_kept_and_a_set_without_end_is_told_in_parts() -> None:
    live = LiveLog()
    resting = still(2 * RULES.lead_s, 25.0)
    assert over(played_on(live, resting)) == []
    assert live.kept_s <= RULES.lead_s + 0.5
    live = LiveLog(rules=replace(RULES, longest_s=14.0))
    told = over(played_on(live, workout((12,), 25.0)))
    assert live.kept_s <= RULES.lead_s + 0.5
    assert len(told) == 2
    assert sum(one[0] for one in told) == pytest.approx(12, abs=1)


def test_restlessness_without_end_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """One short set after the other, none of them ever far enough from the next to be over."""

    def just_now(motion: Motion) -> tuple[CountedSet, ...]:
        end_s = float(motion.times_s[-1])
        return (CountedSet((np.array([end_s - 2.0, end_s - 1.0]),), 1.0, None),)

    monkeypatch.setattr("pipeline.live_log.find_sets", just_now)
    live = LiveLog(rules=replace(RULES, longest_s=10.0))
    resting = still(60.0, 25.0)
    kept_s = []
    for part in range(0, len(resting.times_s), 25):
        live.add(resting.times_s[part : part + 25], resting.acceleration_m_s2[part : part + 25])
        kept_s.append(live.kept_s)
    assert max(kept_s) <= 2 * 10.0 + 1.5


def played_on(live: LiveLog, log: MotionLog) -> list[Event]:
    """What the stream tells, and is not over."""
    return live.add(log.times_s, log.acceleration_m_s2)


@pytest.mark.parametrize(("factor", "unit"), [(1 / GRAVITY_M_S2, "g"), (1000 / GRAVITY_M_S2, "mg")])
def test_numbers_of_another_unit_are_refused_by_name(factor: float, unit: str) -> None:
    log = workout((3,), 25.0)
    live = LiveLog()
    with pytest.raises(ValueError, match=f"look like {unit}$"):
        live.add(log.times_s, factor * log.acceleration_m_s2)


def test_without_gravity_names_must_be_surer() -> None:
    log = workout((3,), 25.0)
    linear = log.acceleration_m_s2 - log.acceleration_m_s2.mean(axis=0)
    for values, has_gravity in ((log.acceleration_m_s2, True), (0.2 * linear, False)):
        recognizer = LiveRecognizer()
        enough = log.times_s < log.times_s[0] + RULES.judged_s + 2.0
        LiveLog(recognizer, SELDOM).add(log.times_s[enough], values[enough])
        assert recognizer.has_gravity == has_gravity


def test_without_gravity_the_set_that_goes_on_is_counted_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    log, seen = workout((3,), 25.0), list[bool]()

    def counted(motion: Motion) -> tuple[CountedSet, ...]:
        seen.append(motion.has_gravity)
        return ()

    monkeypatch.setattr("pipeline.live_log.find_sets", counted)
    values = 0.2 * (log.acceleration_m_s2 - log.acceleration_m_s2.mean(axis=0))
    LiveLog().add(log.times_s, values)
    assert seen[-1] is False


class Boxing(LiveRecognizer):
    """Takes everything for jabs, and tells what the shipped one tells of blows."""

    def sample(self, time_s: float, row: Array) -> Decision | None:
        made = super().sample(time_s, row)
        if made is None:
            return None
        struck_s = made.punches_s + self._punches(self._kept.log())
        return replace(made, recognition=Recognition("jab", 0.9), punches_s=struck_s)


def test_punches_are_counted_one_by_one_while_they_are_what_is_done() -> None:
    at_s = np.arange(3.0, 23.0, 1.0)
    log = round_of(at_s, 50.0)
    numbers = so_far(played(log, LiveLog(Boxing())))
    assert [one.reps for one in numbers] == list(range(1, len(at_s) + 1))
    assert [one.time_s for one in numbers] == pytest.approx(at_s, abs=0.06)


def written(log: MotionLog, factor: float = 1.0) -> str:
    """The stream as lines."""
    rows = zip(log.times_s.tolist(), (factor * log.acceleration_m_s2).tolist(), strict=True)
    return "".join(f"{at_s:.3f},{x:.4f},{y:.4f},{z:.4f}\n" for at_s, (x, y, z) in rows)


def test_the_command_prints_the_number_so_far_and_the_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "workout.csv").write_text(written(workout((6,), 25.0)), "utf-8")
    assert main(["watch-log", "--fast", str(tmp_path / "workout.csv")]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    numbers = [int(line[2]) for line in lines if len(line) == 3]
    assert numbers == sorted(set(numbers))
    names = [line[2] for line in lines if line[-1].endswith("%")]
    assert len(names) > 1
    assert all(one != other for one, other in pairwise(names))  # a name is told where another thing is done
    (over_s, _, sign, reps, *_, since_s, unit) = next(line for line in lines if "=" in line)
    assert (sign, reps, unit, numbers[-1]) == ("=", "6", "s", 6)
    assert float(since_s) == pytest.approx(8.0, abs=1.0)
    assert float(over_s) == pytest.approx(8.0 + 6 * 2.1, abs=1.0)


def test_the_command_says_that_a_stream_is_in_another_unit(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(written(workout((2,), 25.0), 1 / GRAVITY_M_S2)))
    assert main(["watch-log", "-"]) == 2
    assert "wanted m/s², the samples look like g" in capsys.readouterr().err
