"""A log of a known movement becomes reports."""

from __future__ import annotations

import numpy as np

from pipeline.analyze_log import analyze_log, measure_log_set
from pipeline.values import Doubt, MotionLog, Source

SOURCE = Source("log", "workout.csv", 60.0, 50.0)


def sets_of_swings(
    reps: tuple[int, ...], period_s: float = 2.0, rest_s: float = 15.0, rate_hz: float = 50.0
) -> MotionLog:
    """Sets of a wrist that is raised and lowered, rest in between and at both ends."""
    still = np.zeros(int(rest_s * rate_hz))
    parts = [still]
    for count in reps:
        along_s = np.arange(int(count * period_s * rate_hz)) / rate_hz
        parts += [(1 - np.cos(2 * np.pi * along_s / period_s)) / 2, still]
    angle = np.deg2rad(80) * np.concatenate(parts)
    noise = np.random.default_rng(0).normal(0, 0.05, (len(angle), 3))
    acceleration = 9.81 * np.column_stack([np.sin(angle), np.zeros(len(angle)), np.cos(angle)]) + noise
    return MotionLog(np.arange(len(angle)) / rate_hz, acceleration, np.full((len(angle), 3), np.nan), "test")


def test_two_sets_are_two_reports_in_order() -> None:
    found = analyze_log(sets_of_swings((6, 8)), SOURCE)
    assert [one.report.rep_count for one in found] == [6, 8]
    spans = [one.report.span_s or (0.0, 0.0) for one in found]
    assert np.allclose(spans, [(15, 27), (42, 58)], atol=2.0)


def test_a_set_is_counted_again_from_its_part() -> None:
    part = analyze_log(sets_of_swings((6, 8)), SOURCE)[1].track
    assert isinstance(part, MotionLog)
    report = measure_log_set(part, SOURCE, exercise="biceps_curl")
    assert (report.recognition.name, report.recognition.given, report.rep_count) == ("biceps_curl", True, 8)


def test_a_still_log_has_one_report_without_repetitions() -> None:
    (only,) = analyze_log(sets_of_swings(()), SOURCE)
    assert only.report.reps == ()
    assert Doubt.NO_MOVEMENT in {caveat.doubt for caveat in only.report.caveats}
