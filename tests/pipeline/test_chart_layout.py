"""The values a chart shows are those of the report."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from pipeline.chart.bar_panel import writing
from pipeline.chart.figures import figures, seconds
from pipeline.chart.layout import layout, tension_s
from pipeline.chart.words import english_words
from pipeline.spans import Part
from pipeline.values import Caveat, Curve, Doubt, SetReport
from tests.pipeline import reports

EXACT_S = 1e-9


def shown_figures(report: SetReport) -> list[tuple[str, str]]:
    return [(f.name, f.number + f.unit) for f in figures(report, layout(report), english_words(report, "Squat"))]


@pytest.mark.parametrize("report", [reports.FIVE_SQUATS, reports.EIGHT_CURLS, reports.FORTY_SQUATS])
def test_bars_are_the_seconds_of_the_reps(report: SetReport) -> None:
    shown = layout(report)
    for rep, bar in zip(report.reps, shown.bars, strict=True):
        found = {span.part: span.seconds for span in bar.spans}
        assert bar.number == rep.number
        assert found[Part.ECCENTRIC] == pytest.approx(rep.eccentric_s, abs=EXACT_S)
        assert found[Part.CONCENTRIC] == pytest.approx(rep.concentric_s, abs=EXACT_S)
        assert bar.total_s == pytest.approx(rep.duration_s, abs=EXACT_S)


def test_bars_are_stacked_in_order_of_time() -> None:
    assert [s.part for s in layout(reports.FIVE_SQUATS).bars[0].spans] == ["eccentric", "pause", "concentric"]
    assert [s.part for s in layout(reports.EIGHT_CURLS).bars[0].spans] == ["concentric", "pause", "eccentric"]


def test_marks_carry_number_and_place_of_each_rep() -> None:
    report = reports.PARTIAL_SQUATS
    found = [(mark.number, mark.start_s, mark.end_s, mark.complete) for mark in layout(report).marks]
    assert found == [(rep.number, rep.start_s, rep.end_s, rep.complete) for rep in report.reps]
    assert [mark.complete for mark in layout(report).marks] == [True] * 5 + [False] * 2


def test_figures_are_tempo_and_time_under_tension() -> None:
    assert shown_figures(reports.FIVE_SQUATS) == [
        ("lowering", "1.9"),
        ("pause", "0.4"),
        ("lifting", "1.3"),
        ("rest", "0.6"),
        ("under tension", "18.3s"),
    ]


def test_a_curl_pauses_at_the_top_as_coaches_write_it() -> None:
    named = [
        figure.name
        for figure in figures(
            reports.EIGHT_CURLS, layout(reports.EIGHT_CURLS), english_words(reports.EIGHT_CURLS, "Curl")
        )
    ]
    assert named == ["lowering", "rest", "lifting", "pause", "under tension"]


def test_rough_times_are_told_in_halves_as_the_caption_tells_them_and_an_unknown_rest_not_at_all() -> None:
    tempo = reports.FIVE_SQUATS.tempo
    assert tempo is not None
    rough = replace(
        reports.FIVE_SQUATS,
        tempo=replace(tempo, pause_s=0.1, rest_s=math.nan),
        caveats=(Caveat(Doubt.TIMES_UNSURE),),
    )
    assert layout(rough).rough
    assert shown_figures(rough) == [
        ("lowering", "~2.0"),
        ("pause", "<0.5"),
        ("lifting", "~1.5"),
        ("under tension", "~18s"),
    ]


def test_what_is_done_for_its_speed_has_its_pace_and_neither_rest_nor_tension() -> None:
    jacks = replace(reports.FIVE_SQUATS, recognition=replace(reports.FIVE_SQUATS.recognition, name="jumping_jack"))
    told = shown_figures(jacks)
    assert [name for name, _ in told] == ["lowering", "lifting", "a minute"]
    assert float(told[-1][1]) == pytest.approx(60 * 4 / (jacks.reps[-1].turn_s - jacks.reps[0].turn_s), abs=0.5)
    assert [name for name, _ in shown_figures(replace(jacks, reps=jacks.reps[:2]))] == ["lowering", "lifting"]


def test_figures_of_an_unknown_exercise_name_no_phase() -> None:
    assert shown_figures(reports.UNKNOWN_SET) == [("out", "1.1"), ("back", "1.3"), ("under tension", "14.4s")]


def test_figures_of_a_hold_are_its_seconds_and_steadiness() -> None:
    held, steady = shown_figures(reports.PLANK)
    assert held == ("held", "42.0s")
    assert steady[0] == "steady within"
    assert float(steady[1].strip("±°")) == pytest.approx(2.1, abs=0.3)


def test_no_figures_without_a_complete_repetition() -> None:
    only_partial = replace(
        reports.FIVE_SQUATS, reps=tuple(replace(r, complete=False) for r in reports.FIVE_SQUATS.reps)
    )
    assert shown_figures(reports.NO_REPS) == []
    assert shown_figures(only_partial) == []


def test_what_was_counted_and_not_seen_is_drawn_nowhere() -> None:
    shown = layout(reports.COUNTED_ONLY)
    assert (shown.marks, shown.bars, shown.shades) == ((), (), ())
    assert shown.window_s == pytest.approx((0.0, 299 / reports.RATE_HZ), abs=EXACT_S)
    assert shown_figures(reports.COUNTED_ONLY) == []


def test_time_under_tension_without_tempo_is_that_of_the_complete_reps() -> None:
    report = replace(reports.PARTIAL_SQUATS, tempo=None)
    whole = sum(rep.duration_s for rep in report.reps[:5])
    assert tension_s(report) == pytest.approx(whole, abs=EXACT_S)


@pytest.mark.parametrize(
    ("value", "text"), [(1.25, "1.2"), (0.0, "0.0"), (math.nan, "–"), (99.94, "99.9"), (120.4, "120")]
)
def test_seconds_are_written_in_tenths(value: float, text: str) -> None:
    assert seconds(value) == text


@pytest.mark.parametrize("report", [reports.FIVE_SQUATS, reports.EIGHT_CURLS, reports.UNKNOWN_SET])
def test_the_window_holds_the_set_and_little_else(report: SetReport) -> None:
    start, end = layout(report).window_s
    assert start <= report.reps[0].start_s < report.reps[-1].end_s <= end
    assert (report.reps[0].start_s - start) + (end - report.reps[-1].end_s) <= 0.25 * (end - start)


def test_a_squat_goes_down_where_its_knee_angle_falls() -> None:
    assert not layout(reports.FIVE_SQUATS).downward


def test_a_curl_goes_up_though_its_elbow_angle_falls() -> None:
    assert layout(reports.EIGHT_CURLS).downward


def test_turning_the_signal_over_leaves_the_picture_as_it_was() -> None:
    report, curve = reports.FIVE_SQUATS, reports.FIVE_SQUATS.curve
    mirrored = replace(report, curve=Curve(curve.times_s, -curve.values, curve.label, curve.unit))
    assert layout(mirrored).downward is not layout(report).downward


def test_without_named_phases_larger_is_higher() -> None:
    assert not layout(reports.UNKNOWN_SET).downward


def test_the_curve_keeps_its_values_and_its_gaps() -> None:
    curve, shown = reports.GAPS.curve, layout(reports.GAPS)
    inside = (curve.times_s >= shown.window_s[0]) & (curve.times_s <= shown.window_s[1])
    np.testing.assert_array_equal(shown.values, curve.values[inside])
    assert np.isnan(shown.values).sum() == 125


def test_no_line_is_drawn_over_a_gap_between_the_times_of_a_log() -> None:
    times_s = np.concatenate([np.arange(100) / 50.0, 300.0 + np.arange(100) / 50.0])
    shown = layout(replace(reports.NO_REPS, curve=Curve(times_s, np.full(200, 9.8), "Acceleration", "m/s²")))
    assert shown.times_s[~np.isfinite(shown.values)].tolist() == [pytest.approx((1.98 + 300.0) / 2)]
    assert len(shown.times_s) == 201


def test_a_landmark_that_jumps_for_a_moment_does_not_flatten_the_curve() -> None:
    values = np.array(reports.FIVE_SQUATS.curve.values)
    values[100] = -900.0
    stray = replace(reports.FIVE_SQUATS, curve=replace(reports.FIVE_SQUATS.curve, values=values))
    assert layout(stray).range == pytest.approx(layout(reports.FIVE_SQUATS).range, abs=2.0)
    assert np.isnan(layout(stray).values).sum() == 1


@pytest.mark.parametrize(
    ("report", "bar_px", "px_per_s", "how"),
    [
        (reports.FIVE_SQUATS, 180.0, 100.0, "level"),
        (reports.TWELVE_SQUATS, 40.0, 100.0, "upright"),
        (reports.TWELVE_SQUATS, 40.0, 30.0, "none"),
        (reports.FORTY_SQUATS, 20.0, 200.0, "none"),
    ],
)
def test_seconds_are_written_on_all_bars_or_on_none(
    report: SetReport, bar_px: float, px_per_s: float, how: str
) -> None:
    assert writing(layout(report).bars, bar_px, px_per_s) == how


def test_stillness_does_not_look_like_movement() -> None:
    low, high = layout(reports.NO_REPS).range
    assert high - low >= 40.0


def test_a_hold_has_the_stretch_that_was_held_and_no_bars() -> None:
    shown = layout(reports.PLANK)
    assert shown.steadiness is not None
    assert (shown.steadiness.start_s, shown.steadiness.end_s) == (4.0, 46.0)
    assert shown.steadiness.middle == pytest.approx(170.5, abs=0.5)
    assert (shown.bars, shown.marks, shown.shades) == ((), (), ())


def test_a_hold_that_was_never_seen_has_no_steadiness() -> None:
    assert layout(replace(reports.NOTHING_SEEN, hold_s=2.0, hold_start_s=0.5)).steadiness is None
    assert layout(replace(reports.NO_CURVE, hold_s=2.0, hold_start_s=0.5)).steadiness is None


@pytest.mark.parametrize(("seen_share", "known"), [(0.4, False), (0.6, True)])
def test_a_hold_that_was_mostly_not_seen_has_no_steadiness(seen_share: float, known: bool) -> None:
    curve = reports.PLANK.curve
    values = np.where(curve.times_s < 4.0 + 42.0 * seen_share, curve.values, np.nan)
    shown = layout(replace(reports.PLANK, curve=replace(curve, values=values)))
    assert (shown.steadiness is not None) == known


def test_what_is_timed_while_one_moves_has_its_stretch_and_no_steadiness() -> None:
    shown = layout(reports.CARRY)
    assert (shown.moved_s, shown.steadiness, shown.bars) == ((3.0, 27.0), None, ())
    assert shown_figures(reports.CARRY) == [("moving", "24s")]


def test_a_round_of_blows_has_its_force_and_pace_and_no_seconds_per_rep() -> None:
    """Twelve squats' times, felt as blows of 2 to 13 g; the curve keeps its highest peak."""
    squats = reports.ALL["twelve_squats"]
    g = 9.80665
    blows = tuple(replace(rep, peak_m_s2=(rep.number + 1) * g) for rep in squats.reps)
    spike = np.where(np.arange(len(squats.curve.values)) == 40, 500.0, 1.0)
    report = replace(squats, reps=blows, curve=Curve(squats.curve.times_s, spike, "", "m/s²"))
    shown = layout(report)
    pace = 60 * (len(blows) - 1) / (blows[-1].turn_s - blows[0].turn_s)
    assert shown.bars == ()
    assert np.nanmax(shown.values) == 500.0
    assert [figure.number for figure in figures(report, shown, english_words(report, ""))] == [
        f"{pace:.0f}",
        "13",
        "7.5",
    ]
