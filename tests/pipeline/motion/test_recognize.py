"""What a log shows: stillness is rest, no clock or wearing changes a name, spans and classes add up."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalogue import exercises
from pipeline.learn.logs.recordings import PUNCHES, REST, LabelledLog, read_logs
from pipeline.motion.network import TOLD_BY_ROTATION, Calibration, network
from pipeline.motion.recognize import (
    WindowScores,
    answers,
    catalogue_name,
    class_probabilities,
    name_span,
    score_windows,
)
from pipeline.motion.resting import rest_probability
from pipeline.recognize.decide import NO_EXERCISE
from pipeline.values import UNKNOWN, MotionLog
from tests.pipeline.motion.logs import still, swinging, turned
from tests.shared_data import SHARED, needs_shared_data

CLASSES = ("push_up", "back_squat", "bodyweight_squat", "rest", UNKNOWN)
ULIFT_LABELS = (
    *("bodyweight_squat", "push_up", "lunge", "jumping_jack", "bench_press", "good_morning", "deadlift", "push_press"),
    *("back_squat", "biceps_curl", "barbell_military_press", "barbell_bent_over_row", "burpee", "leg_raised_crunch"),
    "lateral_raise",
)


def scored(*rows: tuple[float, ...], hop_s: float = 1.0) -> WindowScores:
    return WindowScores(np.arange(len(rows), dtype=np.float64) * hop_s, CLASSES, np.array(rows))


def test_every_class_is_in_the_catalogue_and_every_label_of_ulift_is_a_class() -> None:
    names = {catalogue_name(one) for one in network().classes}
    assert names <= {*exercises(), UNKNOWN}
    assert {*ULIFT_LABELS, *PUNCHES} <= set(network().classes)


@pytest.mark.parametrize("rate_hz", [10.0, 50.0, 200.0])
def test_lying_still_is_rest_at_any_rate(rate_hz: float) -> None:
    scores = score_windows(still(30.0, rate_hz))
    assert rest_probability(scores).min() > 0.9
    assert name_span(scores, 0.0, 30.0).name in (NO_EXERCISE, UNKNOWN)


def test_rows_of_probabilities_add_up() -> None:
    scores = score_windows(swinging(20.0, 50.0))
    assert scores.probability.shape == (len(scores.times_s), len(scores.classes))
    assert scores.probability.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


@settings(max_examples=10)
@given(st.integers(0, 10_000), st.floats(0, 1e6))
def test_the_clocks_start_changes_nothing(seed: int, shift_s: float) -> None:
    log = turned(swinging(12.0, 40.0), seed)
    later = MotionLog(log.times_s + shift_s, log.acceleration_m_s2, log.rotation_rad_s, log.source)
    first, second = score_windows(log), score_windows(later)
    assert second.times_s - shift_s == pytest.approx(first.times_s, abs=1e-6)
    assert second.probability == pytest.approx(first.probability, abs=2e-3)  # sampling times round by 1e-10 s


@pytest.mark.parametrize("seed", range(3))
def test_a_gyroscope_makes_no_exercise_likelier_or_less_likely(seed: int) -> None:
    """No barbell was ever recorded with one: taken for a sign of punches, it would misname two sets of three."""
    log = swinging(12.0, 50.0)
    rotation = np.random.default_rng(seed).normal(0, 1.0, log.rotation_rad_s.shape)
    without = score_windows(replace(log, rotation_rad_s=np.full_like(rotation, np.nan)))
    beside = score_windows(replace(log, rotation_rad_s=rotation))
    others = [number for number, name in enumerate(without.classes) if name not in TOLD_BY_ROTATION]
    assert beside.probability[:, others] == pytest.approx(without.probability[:, others], abs=1e-5)
    assert beside.probability.sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_too_short_a_log_has_no_windows_and_no_name() -> None:
    scores = score_windows(swinging(0.3, 50.0))
    assert scores.probability.shape == (0, len(scores.classes))
    assert len(rest_probability(scores)) == 0
    with pytest.raises(ValueError, match="no window"):
        name_span(scores, 0.0, 0.3)


def test_scores_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="probability must be"):
        WindowScores(np.arange(3.0), CLASSES, np.ones((2, len(CLASSES))))


def test_classes_of_one_exercise_add_up() -> None:
    said = answers({"push_up": 0.1, "back_squat": 0.4, "bodyweight_squat": 0.3, "rest": 0.15, UNKNOWN: 0.05})
    assert dict(said.ranked)["squat"] == pytest.approx(0.7)
    assert dict(said.ranked)[NO_EXERCISE] == pytest.approx(0.15)


def test_a_span_is_named_by_its_own_windows() -> None:
    push, squat = (0.96, 0.01, 0.01, 0.01, 0.01), (0.01, 0.96, 0.01, 0.01, 0.01)
    scores = scored(*[push] * 10, *[squat] * 10)
    assert class_probabilities(scores, (0.0, 9.0), 1.0)["push_up"] > 0.9
    assert class_probabilities(scores, (10.0, 19.0), 1.0)["back_squat"] > 0.9
    assert class_probabilities(scores, (14.4, 14.6), 1.0)["back_squat"] > 0.9  # none inside: the nearest


def test_a_torn_span_is_unknown_with_its_likeliest_to_ask_about() -> None:
    said = name_span(scored(*[(0.3, 0.05, 0.25, 0.1, 0.3)] * 5), 0.0, 4.0)
    assert said.name == UNKNOWN
    assert {one.name for one in said.alternatives} == {"squat", "push_up"}


def test_what_has_lost_its_gravity_is_asked_about_sooner() -> None:
    net = replace(network(), calibration=Calibration(1.0, 0.5), without_gravity=Calibration(1.0, 0.8))
    scores = scored(*[(0.7, 0.1, 0.1, 0.05, 0.05)] * 5)
    assert name_span(scores, 0.0, 4.0, net).name == "push_up"
    asked = name_span(replace(scores, has_gravity=False), 0.0, 4.0, net)
    assert (asked.name, asked.alternatives[0].name) == (UNKNOWN, "push_up")
    assert not score_windows(replace(still(9.0, 50.0), has_gravity=False)).has_gravity


def test_one_odd_window_is_no_rest_among_work() -> None:
    work, rest = (0.9, 0.03, 0.03, 0.02, 0.02), (0.1, 0.02, 0.02, 0.84, 0.02)
    smoothed = rest_probability(scored(*[work] * 8, rest, *[work] * 8))
    assert smoothed.max() < 0.5
    both = rest_probability(scored(*[work] * 12, *[rest] * 12))
    assert (both[:11] < 0.5).all()
    assert (both[13:] > 0.5).all()


def test_a_file_without_rest_and_unknown_last_is_refused() -> None:
    pytest.importorskip("torch", reason="writing a network needs the extra `train`")
    from pipeline.learn.logs.export import export
    from pipeline.learn.logs.network import LogNetwork, Recipe
    from pipeline.motion.network import open_network

    bare = LogNetwork(3, Recipe(widths=(4, 4))).eval()
    as_is = {"temperature": 1.0, "working_point": 0.5}
    said = {"classes": ["rest", "push_up", "squat"], "calibration": as_is, "without_gravity": as_is}
    with pytest.raises(ValueError, match="last answers are 'rest' and 'unknown'"):
        open_network(export([bare], said, "single"))


def test_nothing_of_training_is_imported_at_run_time() -> None:
    code = (
        "import sys, pipeline.motion.recognize as r, pipeline.motion.stream; r.network();"
        "print(sorted({'torch', 'onnx', 'tqdm'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def some_of(labels: tuple[str, ...], data_set: str, each: int) -> list[LabelledLog]:
    logs = read_logs(SHARED / "logs", (data_set,))
    return [one for label in labels for one in [log for log in logs if log.label == label][:: 131 // each][:each]]


def share_right(logs: list[LabelledLog], changed: list[MotionLog]) -> float:
    said = [name_span(score_windows(log), log.times_s[0], log.times_s[-1]) for log in changed]
    likeliest = [one.name if one.known else one.alternatives[0].name for one in said]
    return float(np.mean([name == catalogue_name(one.label) for name, one in zip(likeliest, logs, strict=True)]))


@needs_shared_data
@pytest.mark.data
@pytest.mark.slow
def test_sets_are_named_however_the_band_is_worn() -> None:
    """A guard against a broken file, not a measure of quality: the weights have seen these people."""
    logs = some_of(ULIFT_LABELS, "ulift", 3)
    plain = [one.log for one in logs]
    assert share_right(logs, plain) >= 0.95
    assert share_right(logs, [turned(log, number) for number, log in enumerate(plain)]) >= 0.9
    negated = [MotionLog(one.times_s, -one.acceleration_m_s2, one.rotation_rad_s, one.source) for one in plain]
    assert share_right(logs, negated) >= 0.95


@needs_shared_data
@pytest.mark.data
@pytest.mark.slow
def test_rests_are_no_exercise() -> None:
    logs = some_of((REST,), "ulift", 20)
    resting = np.concatenate([rest_probability(score_windows(one.log)) for one in logs])
    assert (resting > 0.5).mean() >= 0.97
