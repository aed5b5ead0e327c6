"""Whole sets: the period is found, no signing or turning changes what is free of it, evidence keeps to exercises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.learn.logs.augment import any_turns
from pipeline.motion.network import network
from pipeline.motion.recognize import answers, class_probabilities, name_spans, score_windows
from pipeline.motion.set_channels import LONGEST, SIGNINGS, period_frames, set_channels
from pipeline.motion.set_network import RULES, evidence, set_network, signing_logs, with_evidence
from pipeline.motion.signals import RATE_HZ
from pipeline.recognize.decide import decide
from pipeline.sensors.channels import GRAVITY_M_S2
from pipeline.values import Array
from tests.pipeline.motion.logs import swinging


def lifting(period_s: float, seconds: float = 20.0) -> Array:
    """(T, 3) gravity along one axis, an uneven movement along the others."""
    phase = 2 * np.pi * np.arange(0, seconds, 1 / RATE_HZ) / period_s
    moved = np.stack(
        [np.sin(phase) + 0.4 * np.sin(2 * phase + 1), 0.5 * np.cos(phase), 0.2 * np.sin(phase + 2)], axis=1
    )
    return moved * 3 + np.array([0.3, 0.2, 1.0]) * GRAVITY_M_S2


@settings(max_examples=25, deadline=None)
@given(st.floats(0.8, 6.0))
def test_the_period_is_found(period_s: float) -> None:
    # A set of three slow repetitions is told within a frame or two: the stretch to PERIOD_FRAMES needs no more.
    force = lifting(period_s).T
    assert period_frames(force) == pytest.approx(period_s * RATE_HZ, abs=1.0, rel=0.03)


def test_a_short_span_tells_nothing_and_one_without_gravity_only_who_was_taught_so() -> None:
    bare = lifting(2.0) - lifting(2.0).mean(axis=0)
    for gravity in (True, False):
        assert set_network(gravity=gravity).log_evidence(lifting(2.0, seconds=4.0)) is None
    assert set_network().log_evidence(bare) is None
    assert set_network(gravity=False).log_evidence(bare) is not None


def test_a_log_without_gravity_is_named_by_the_network_of_such_sets_and_by_its_windows_only_what_is_no_lift() -> None:
    whole, span_s = swinging(20.0, 50.0, start_s=100.0), (100.0, 120.0)
    log = replace(whole, acceleration_m_s2=whole.acceleration_m_s2 - whole.acceleration_m_s2.mean(axis=0))
    log = replace(log, has_gravity=False)
    scores, sets = score_windows(log), set_network(gravity=False)
    assert scores.frames is not None
    told = sets.log_evidence(scores.frames.values[:, :3])
    assert told is not None
    alone, by_class = (class_probabilities(scores, span_s, 1.0, *one) for one in ((), (sets, told)))
    lifts = np.array([by_class[name] for name in sets.classes])
    assert lifts / lifts.sum() == pytest.approx(np.exp(told - np.logaddexp.reduce(told)))
    assert by_class["rest"] == pytest.approx(alone["rest"])
    usual = network().without_gravity
    wanted = class_probabilities(scores, span_s, usual.temperature, sets, told)
    assert name_spans(scores, [span_s]) == (decide(answers(wanted), usual.working_point),)


def test_a_long_span_is_looked_at_in_its_middle() -> None:
    channels = set_channels(lifting(2.0, seconds=90.0))
    assert channels is not None
    assert channels.own.shape[2] == channels.free.shape[2] == LONGEST


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 2**31))
def test_turning_the_sensor_changes_nothing_along_free_axes(seed: int) -> None:
    turn = any_turns(1, np.random.default_rng(seed))[0].astype(np.float64)
    plain, turned = set_channels(lifting(2.0)), set_channels(lifting(2.0) @ turn)
    assert plain is not None
    assert turned is not None
    assert turned.free == pytest.approx(plain.free, abs=2e-3)


@pytest.mark.parametrize("signing", range(len(SIGNINGS)))
def test_another_signing_only_swaps_rows(signing: int) -> None:
    plain, signed = set_channels(lifting(2.0)), set_channels(lifting(2.0) * SIGNINGS[signing])
    assert plain is not None
    assert signed is not None
    own, _ = set_network().scores(plain)
    changed, _ = set_network().scores(signed)
    rows = [next(row for row, one in enumerate(SIGNINGS) if (one == two * SIGNINGS[signing]).all()) for two in SIGNINGS]
    assert changed == pytest.approx(own[rows], abs=1e-3)


def test_the_signing_as_recorded_is_believed_first() -> None:
    own = np.zeros((8, 2))
    own[0, 0] = own[5, 1] = 1.0
    told = evidence(own, np.zeros((1, 2)))
    assert told[0] - told[1] == pytest.approx(RULES.as_recorded, abs=1e-3)
    assert own[0, 0] == 1.0  # what was given is left alone


def test_scores_as_low_as_of_a_foreign_device_tell_next_to_nothing() -> None:
    low = np.full((8, 3), -0.2)
    low[0, 1] = 0.2
    assert np.ptp(evidence(low, low[:1])) < 0.5


def test_evidence_moves_exercises_and_leaves_rest_as_it_is() -> None:
    names, pooled = ("push_up", "lunge", "rest", "unknown"), np.log(np.array([0.5, 0.2, 0.2, 0.1]))
    changed = np.exp(with_evidence(pooled, names, ("push_up", "lunge"), np.array([0.0, 5.0])))
    assert changed[2:] == pytest.approx([0.2, 0.1])
    assert changed.sum() == pytest.approx(1.0)
    assert changed[1] > 0.6


def test_the_shipped_network_answers_exercises_that_the_windows_know() -> None:
    assert set(set_network().classes) < set(network().classes)
    scores = score_windows(swinging(20.0, 50.0))
    assert scores.frames is not None
    told = set_network().log_evidence(scores.frames.values[:, :3])
    alone = class_probabilities(scores, (0.0, 20.0), 1.0)
    both = class_probabilities(scores, (0.0, 20.0), 1.0, set_network(), told)
    assert both != alone
    assert sum(both.values()) == pytest.approx(1.0)
    assert both["rest"] == pytest.approx(alone["rest"], abs=1e-6)


def test_an_unclear_set_is_read_in_the_signing_of_the_other_sets_of_its_log() -> None:
    clear, unclear = np.zeros((8, 2)), np.zeros((8, 2))
    clear[5, 0] = 1.0  # so the sensor is worn in the sixth signing, ...
    unclear[5, 1], unclear[0, 0] = 0.8, 0.8  # ... in which this set is the second class
    alone = evidence(unclear, np.zeros((1, 2)))
    together = evidence(unclear, np.zeros((1, 2)), signing_logs(clear))
    assert alone.argmax() == 0
    assert together.argmax() == 1


def test_a_set_of_which_no_score_is_high_tells_no_signing() -> None:
    assert np.abs(signing_logs(np.full((8, 3), -0.2))).max() < 0.01
    assert np.exp(signing_logs(np.eye(8))).mean() == pytest.approx(1.0)


def test_one_set_tells_the_same_alone_and_beside_sets_too_short_to_tell() -> None:
    whole, short = lifting(2.0), lifting(2.0, seconds=4.0)
    told = set_network().log_evidences([short, whole, short])
    assert told[0] is None
    assert told[1] == pytest.approx(set_network().log_evidence(whole), abs=1e-6)


def test_a_set_is_told_its_signing_by_the_others_not_by_itself() -> None:
    sets = lifting(2.0), lifting(3.0)
    scored = []
    for one in sets:
        channels = set_channels(one)
        assert channels is not None
        scored.append(set_network().scores(channels))
    first, second = set_network().log_evidences(sets)
    assert first == pytest.approx(evidence(*scored[0], signing_logs(scored[1][0])))
    assert second == pytest.approx(evidence(*scored[1], signing_logs(scored[0][0])))
