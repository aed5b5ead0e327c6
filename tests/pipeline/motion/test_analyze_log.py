"""A log of a known movement becomes reports, whatever the rate and however the sensor is worn."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from pipeline.analyze_log import _within, analyze_log, measure_log_set
from pipeline.errors import TooLong, UnknownExercise
from pipeline.motion.count import CountedSet, count_one, find_runs
from pipeline.motion.count_doubts import UNSURE_COUNT, count_caveats
from pipeline.motion.even_count import EvenCount, count_evenly
from pipeline.motion.few_reps import RunFacts
from pipeline.motion.looks import Look
from pipeline.motion.recognize import WindowScores
from pipeline.motion.report import even_report, measure_movement, set_report
from pipeline.motion.signals import motion_of
from pipeline.recognize import given
from pipeline.values import UNKNOWN, Caveat, Doubt, MeasuredSet, MotionLog, Recognition, Source
from tests.pipeline.motion.wrist import Plan, simulate

SOURCE = Source("log", "workout.csv", 60.0, 50.0)
CURL = Plan(there_s=0.9, pause_s=0.1, back_s=1.0, rest_s=0.1, jitter=0.04, lead_s=8.0)


def workout(reps: Sequence[int], rate_hz: float = 50.0, seed: int = 0) -> MotionLog:
    """Sets of curls, 16 s of rest between them, the sensor worn the same way throughout."""
    parts = [
        simulate("swing", replace(CURL, reps=count), np.random.default_rng(seed), rate_hz).log.acceleration_m_s2
        for count in reps
    ]
    acceleration = np.concatenate(parts)
    return MotionLog(np.arange(len(acceleration)) / rate_hz, acceleration, np.full_like(acceleration, np.nan), "made")


def counts(found: Sequence[MeasuredSet]) -> list[int]:
    return [one.report.rep_count for one in found]


@pytest.mark.parametrize("rate_hz", [12.5, 25.0, 50.0, 100.0, 200.0])
def test_two_sets_are_two_reports_in_order_at_any_rate(rate_hz: float) -> None:
    found = analyze_log(workout((6, 9), rate_hz), SOURCE)
    assert counts(found) == [6, 9]
    spans = [one.report.span_s or (0.0, 0.0) for one in found]
    assert np.allclose([span[0] for span in spans], [8.0, 8.0 + 16.0 + 6 * 2.1], atol=1.5)  # s


def test_how_the_sensor_is_worn_changes_no_count() -> None:
    log = workout((6, 9))
    turned = replace(log, acceleration_m_s2=-log.acceleration_m_s2[:, [1, 2, 0]])
    assert counts(analyze_log(turned, SOURCE)) == counts(analyze_log(log, SOURCE))


def test_a_clock_that_starts_elsewhere_moves_every_time_and_nothing_else() -> None:
    log = workout((7,))
    (one,), (later,) = (analyze_log(each, SOURCE) for each in (log, replace(log, times_s=log.times_s + 1000.0)))
    moved = [rep.start_s - 1000.0 for rep in later.report.reps]
    assert moved == pytest.approx([rep.start_s for rep in one.report.reps], abs=0.01)


def test_a_set_is_counted_again_from_its_part_under_the_name_that_the_user_gives() -> None:
    part = analyze_log(workout((6, 9)), SOURCE)[1].track
    assert isinstance(part, MotionLog)
    report = measure_log_set(part, SOURCE, exercise="biceps_curl")
    assert (report.recognition.name, report.recognition.given, report.rep_count) == ("biceps_curl", True, 9)
    assert report.first_phase == "concentric"
    assert report.tempo is not None
    assert report.tempo.concentric_s == pytest.approx(CURL.there_s, abs=0.22)  # s, a set's median
    assert report.tempo.eccentric_s == pytest.approx(CURL.back_s, abs=0.22)


def test_phases_of_an_exercise_that_taught_nothing_have_names_where_rest_is_seen_around_the_set() -> None:
    whole = workout((6,))
    begins, ends = CURL.lead_s, CURL.lead_s + 6 * 2.1
    inside = (whole.times_s > begins) & (whole.times_s < ends)
    cut = MotionLog(whole.times_s[inside], whole.acceleration_m_s2[inside], whole.rotation_rad_s[inside], "made")
    for log, named in ((whole, True), (cut, False)):
        report = measure_log_set(log, SOURCE, exercise="leg_extension")
        assert np.isfinite([rep.eccentric_s for rep in report.reps]).all() == named
        assert (Doubt.PHASES_UNNAMED in {caveat.doubt for caveat in report.caveats}) != named


@pytest.mark.parametrize(
    ("exercise", "named"), [("hammer_curl", True), ("t_bar_row", True), ("romanian_deadlift", False)]
)
def test_phases_have_names_in_what_a_body_does_alike(exercise: str, named: bool) -> None:
    """Without rest around it; of hinges some begin at the bottom and some at the top."""
    whole = workout((6,))
    inside = (whole.times_s > CURL.lead_s) & (whole.times_s < CURL.lead_s + 6 * 2.1)
    cut = MotionLog(whole.times_s[inside], whole.acceleration_m_s2[inside], whole.rotation_rad_s[inside], "made")
    report = measure_log_set(cut, SOURCE, exercise=exercise)
    assert (report.first_phase is not None) == named


def test_no_way_is_called_lifting_where_the_log_may_run_backwards() -> None:
    log = replace(workout((6,)), caveats=(Caveat(Doubt.PHASES_UNNAMED),))
    report = measure_log_set(log, SOURCE, exercise="biceps_curl")
    assert (report.rep_count, report.first_phase) == (6, None)
    assert [caveat.doubt for caveat in report.caveats] == [Doubt.PHASES_UNNAMED]


@pytest.mark.parametrize(("gap_s", "told"), [(2.0, 0), (12.0, 0), (29.0, 1), (50.0, 1), (60.0, 1)])
def test_gaps_are_told_once_with_the_set_they_lie_in_or_the_next(gap_s: float, told: int) -> None:
    """Sets from 8 to 21 s and from 37 to 56 s."""
    log = workout((6, 9))
    log = replace(
        log,
        times_s=log.times_s + np.where(log.times_s > gap_s, 1.5, 0.0),
        caveats=(Caveat(Doubt.LOG_GAPS, {"count": 1, "seconds": 2}),),
    )
    found = analyze_log(log, SOURCE)
    again = [measure_log_set(each.track, SOURCE) for each in found if isinstance(each.track, MotionLog)]
    for reports in ([each.report for each in found], again):
        tellers = [any(one.doubt is Doubt.LOG_GAPS for one in report.caveats) for report in reports]
        assert tellers == [index == told for index in range(2)]


def test_a_log_that_lost_samples_may_have_lost_a_repetition() -> None:
    log = replace(workout((6,)), caveats=(Caveat(Doubt.SAMPLES_LOST),))
    report = measure_log_set(log, SOURCE, exercise="biceps_curl")
    assert report.rep_count == 6
    assert report.caveats == (Caveat(Doubt.SAMPLES_LOST), Caveat(Doubt.COUNT_UNSURE, {"runner_up": 7}))


def test_the_number_that_a_count_could_also_be_is_another_than_the_count() -> None:
    """A phone put away at the end hardly moves: it is left out of the number told, as it was of the next likely one."""
    log = workout((6,))
    motion = motion_of(log)
    counted = count_one(motion)
    assert counted is not None
    for also, other in ((5, 5), (6, 7), (8, 8)):
        more = (*counted.runs, counted.runs[-1][-1] + np.array([1.0, 2.0]))
        unsure = replace(counted, runs=more, confidence=0.5, runner_up=also)
        report = set_report(log, SOURCE, given("biceps_curl"), measure_movement(motion, counted), unsure)
        assert report.rep_count == 6
        assert Caveat(Doubt.COUNT_UNSURE, {"runner_up": other}) in report.caveats


@pytest.mark.parametrize(("runner_up", "other"), [(None, 5), (8, 8)])
def test_without_gravity_no_number_is_told_as_sure(runner_up: int | None, other: int) -> None:
    log = workout((6,))
    motion = motion_of(log)
    counted = count_one(motion)
    assert counted is not None
    sure = replace(counted, confidence=0.99, runner_up=runner_up)
    said = [
        set_report(
            replace(log, has_gravity=gravity), SOURCE, given("biceps_curl"), measure_movement(motion, counted), sure
        )
        for gravity in (True, False)
    ]
    doubts = [[one for one in report.caveats if one.doubt is Doubt.COUNT_UNSURE] for report in said]
    assert doubts == [[], [Caveat(Doubt.COUNT_UNSURE, {"runner_up": other})]]


@pytest.mark.parametrize(
    ("reps", "name", "confidence", "other"),
    [
        (1, UNKNOWN, 0.1, 0),  # perhaps none
        (1, "biceps_curl", 0.9, None),
        (3, UNKNOWN, 0.6, None),
        (6, UNKNOWN, 0.6, 5),  # nearly named
        (6, UNKNOWN, 0.1, None),  # an exercise that nobody taught
        (6, "biceps_curl", 0.9, None),
    ],
)
def test_one_without_a_name_and_what_is_nearly_named_are_told_as_unsure(
    reps: int, name: str, confidence: float, other: int | None
) -> None:
    sure = CountedSet((np.linspace(10.0, 10.0 + 2.0 * reps, reps + 1),), 0.99, None)
    said = count_caveats(sure, reps, workout((1,)), Recognition(name, confidence))
    assert [caveat.facts["runner_up"] for caveat in said] == ([] if other is None else [other])


def test_sets_of_the_workout_before_the_log_are_asked_for_and_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [RunFacts((-90.0, -60.0), 10, given("squat")), RunFacts((-40.0, -10.0), 10, given("squat"))]
    asked: list[RunFacts] = []

    def only_the_last(runs: Sequence[RunFacts], scores: WindowScores) -> list[bool]:
        asked.extend(runs)
        return [False] * (len(runs) - 1) + [True]

    monkeypatch.setattr("pipeline.analyze_log.are_sets", only_the_last)
    assert counts(analyze_log(workout((6, 9)), SOURCE, earlier=before)) == [9]
    assert asked[:2] == before
    assert [one.reps for one in asked[2:]] == [6, 9]


def test_a_still_log_has_one_report_without_repetitions() -> None:
    (only,) = analyze_log(workout((0,)), SOURCE)
    assert only.report.reps == ()
    assert Doubt.NO_MOVEMENT in {caveat.doubt for caveat in only.report.caveats}


@pytest.mark.parametrize("samples", [2, 3, 10, 40])
def test_a_log_of_a_moment_has_a_report(samples: int) -> None:
    log = workout((3,))
    moment = MotionLog(log.times_s[:samples], log.acceleration_m_s2[:samples], log.rotation_rad_s[:samples], "made")
    assert counts(analyze_log(moment, SOURCE)) == [0]


def test_punches_that_the_user_names_are_counted_with_how_hard_each_was() -> None:
    at_s = np.arange(2.0, 22.0, 1.0)
    times_s = np.arange(0, 25, 0.01)
    blows = 80 * np.exp(-(((times_s[:, None] - at_s) / 0.05) ** 2) / 2).sum(axis=1)
    acceleration = np.column_stack([blows, 0 * blows, 9.81 + 0 * blows])
    log = MotionLog(times_s, acceleration, np.full_like(acceleration, np.nan), "glove")
    (only,) = analyze_log(log, SOURCE, exercise="jab")
    assert only.report.rep_count == len(at_s)
    assert [rep.peak_m_s2 for rep in only.report.reps] == pytest.approx([80.0] * len(at_s), rel=0.1)


def test_what_lies_in_a_round_of_punches_is_no_set_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    log = workout((6, 9))
    first, second = (one.report.span_s for one in analyze_log(log, SOURCE))
    monkeypatch.setattr("pipeline.analyze_log.punch_rounds", lambda _: (first,))
    monkeypatch.setattr("pipeline.analyze_log.punches_of", lambda _: SimpleNamespace(cycles=()))
    assert [one.report.span_s for one in analyze_log(log, SOURCE)] == [second]


@pytest.mark.parametrize("exercise", ["plank", "farmers walk"])
def test_what_is_told_by_its_seconds_has_no_repetitions(exercise: str) -> None:
    log = workout((8,))
    (whole,) = analyze_log(log, SOURCE, exercise=exercise)
    for report in (whole.report, measure_log_set(log, SOURCE, exercise=exercise)):
        assert (report.rep_count, report.hold_s, report.tempo) == (0, None, None)
        assert Doubt.NOTHING_TIMED in {caveat.doubt for caveat in report.caveats}


def test_what_cannot_be_is_refused() -> None:
    log = workout((3,))
    with pytest.raises(UnknownExercise):
        analyze_log(log, SOURCE, exercise="no such thing")
    days = replace(log, times_s=log.times_s * 1e5)
    with pytest.raises(TooLong):
        measure_log_set(days, SOURCE, exercise="squat")


@pytest.mark.slow
def test_ten_minutes_at_a_hundred_hertz_take_seconds_of_work() -> None:
    sets = workout((8,) * 18, rate_hz=100.0)
    first = slice(60_000)
    acceleration, rotation = sets.acceleration_m_s2[first], sets.rotation_rad_s[first]
    log = MotionLog(sets.times_s[first], acceleration, rotation, "made")
    analyze_log(workout((3,)), SOURCE)
    started = time.process_time()
    assert len(analyze_log(log, SOURCE)) > 10
    # The bar of a warm worker is 2 s of a core to itself. Test processes that share caches and turns were seen to take
    # 3 s, and other machines have slower cores; what would take minutes is found all the same.
    assert time.process_time() - started < 15.0


@pytest.mark.parametrize(("reps", "runner_up"), [(8, 7), (12, 12)])
def test_what_the_network_does_not_see_is_counted_by_how_often_it_comes_back_and_said_to_be_unsure(
    reps: int, runner_up: int
) -> None:
    """A wrist that hardly stirs, as on the floor in quick push-ups; the user says what it was."""
    times_s = np.arange(reps * 0.8 * 50.0) / 50.0
    sway = 0.5 * np.sin(2 * np.pi * times_s / 0.8)
    stirring = np.column_stack([sway, 0.3 * sway, 9.8 + 0.6 * sway])
    log = MotionLog(times_s, stirring, np.full_like(stirring, np.nan), "made")
    motion = motion_of(log)
    classes = ("push_up", "rest", UNKNOWN)
    seconds = np.arange(2.5, times_s[-1] - 2.5, 1.0)
    sure = WindowScores(seconds, classes, np.tile([0.98, 0.01, 0.01], (len(seconds), 1)))
    counted = count_evenly(motion, sure)
    assert counted is not None
    assert abs(counted.reps - reps) <= 1  # windows a second apart tell where it begins and ends
    assert counted.runner_up == runner_up  # 7.9 may be seven, 11.3 twelve
    resting = replace(sure, probability=np.tile([0.01, 0.98, 0.01], (len(seconds), 1)))
    assert count_evenly(motion, resting) is None


@pytest.mark.parametrize(("reps", "busy", "none"), [(2, 0.8, True), (2, 0.9, False), (6, 0.8, False)])
def test_few_where_hardly_a_set_is_seen_may_be_none(
    reps: int, busy: float, none: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Look, "busy", lambda *_: busy)
    (run,) = find_runs(motion_of(workout((reps,))))
    assert run.reps == reps
    assert (run.runner_up == 0) == none
    assert (run.chance < UNSURE_COUNT) >= none


@pytest.mark.parametrize(("every_other", "reps", "beside"), [(0.48, 16, (15, 17)), (0.33, 8, (16,))])
def test_repetitions_that_take_turns_are_not_counted_by_half_unsaid(
    every_other: float, reps: int, beside: tuple[int, ...]
) -> None:
    """Sixteen, of which every other is smaller: as a lunge of the other leg."""
    times_s = np.arange(16 * 1.5 * 50.0) / 50.0
    size = np.where(times_s // 1.5 % 2 == 0, 1.0, every_other)
    sway = 2.0 * size * np.sin(2 * np.pi * times_s / 1.5)
    log = MotionLog(
        times_s, np.column_stack([sway, 0.3 * sway, 9.8 + sway]), np.full((len(times_s), 3), np.nan), "made"
    )
    seconds = np.arange(2.5, times_s[-1] - 2.0, 1.0)
    sure = WindowScores(seconds, ("lunge", "rest", UNKNOWN), np.tile([0.98, 0.01, 0.01], (len(seconds), 1)))
    counted = count_evenly(motion_of(log), sure)
    assert counted is not None
    assert abs(counted.reps - reps) <= 1
    assert any(abs(counted.runner_up - other) <= 1 for other in beside)


@pytest.mark.parametrize(("reps", "counted"), [(2, False), (5, True)])
def test_of_few_repetitions_the_rhythm_is_a_guess_and_not_told(reps: int, counted: bool) -> None:
    times_s = np.arange(reps * 4.0 * 50.0) / 50.0
    sway = np.sin(0.5 * np.pi * times_s)
    values = np.column_stack([sway, 0.3 * sway, 9.8 + 0.6 * sway])
    seconds = np.arange(2.5, times_s[-1] - 2.0, 1.0)
    sure = WindowScores(seconds, ("push_up", "rest", UNKNOWN), np.tile([0.98, 0.01, 0.01], (len(seconds), 1)))
    motion = motion_of(MotionLog(times_s, values, np.full_like(values, np.nan), "made"))
    assert (count_evenly(motion, sure) is not None) == counted


def test_of_what_was_counted_by_its_rhythm_no_time_is_told() -> None:
    report = even_report(workout((3,)), SOURCE, given("push_up"), EvenCount(10, 0.5, 11))
    assert (report.rep_count, report.tempo, report.first_phase) == (10, None, None)
    assert [rep.number for rep in report.reps] == list(range(1, 11))
    assert not any(rep.seen for rep in report.reps)
    assert [caveat.doubt for caveat in report.caveats] == [Doubt.COUNT_UNSURE, Doubt.REPS_NOT_TIMED]
    assert report.curve.label == "acceleration"  # a way between edges that nobody saw would be made up
    assert report.method["tempo"].startswith("none")


@pytest.mark.parametrize(("start_s", "within"), [(0.0, False), (4.0, False), (6.0, True), (12.0, True)])
def test_a_set_lies_in_a_round_where_most_of_it_does(start_s: float, within: bool) -> None:
    assert _within((start_s, start_s + 10.0), ((10.0, 16.0), (18.0, 40.0))) == within
