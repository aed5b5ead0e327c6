"""From probabilities to an answer: when it names, when it says the family only, when it asks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from pipeline.catalogue import exercises
from pipeline.errors import UnknownExercise
from pipeline.evaluate.names import calibration_error, right
from pipeline.recognize import given
from pipeline.recognize.decide import BRIEFEST_S, SHORT_S, Answers, Calibration, calibrate, decide, pool
from pipeline.values import UNKNOWN, Candidate, Recognition

NAMES = (*exercises(), UNKNOWN)


def answers(**probabilities: float) -> Answers:
    rest = (1 - sum(probabilities.values())) / (len(NAMES) - len(probabilities))
    return Answers(NAMES, np.array([probabilities.get(name, rest) for name in NAMES]))


def test_a_sure_name_is_given() -> None:
    said = decide(answers(squat=0.9), working_point=0.7)
    assert (said.name, said.coarse, said.given) == ("squat", False, False)
    assert said.confidence == pytest.approx(0.9)
    assert len(said.alternatives) == 3


def test_curls_that_look_alike_are_said_as_a_family() -> None:
    said = decide(answers(hammer_curl=0.4, biceps_curl=0.35, barbell_biceps_curl=0.15, squat=0.06), working_point=0.7)
    assert (said.name, said.coarse) == ("hammer_curl", True)
    assert said.confidence == pytest.approx(0.9)
    assert [one.name for one in said.alternatives] == ["biceps_curl", "barbell_biceps_curl", "squat"]


def test_where_only_the_family_is_sure_its_members_are_offered_before_likelier_strangers() -> None:
    said = decide(answers(hammer_curl=0.6, squat=0.2, biceps_curl=0.12), working_point=0.7)
    assert (said.name, said.coarse) == ("hammer_curl", True)
    assert [one.name for one in said.alternatives] == ["biceps_curl", "barbell_biceps_curl", "squat"]


def test_below_the_working_point_it_asks() -> None:
    said = decide(answers(squat=0.5, lunge=0.3, deadlift=0.1), working_point=0.7)
    assert not said.known
    assert [one.name for one in said.alternatives] == ["squat", "lunge", "deadlift"]


def test_a_stranger_is_unknown_however_sure_and_never_offered() -> None:
    said = decide(answers(unknown=0.9, squat=0.05), working_point=0.7)
    assert said.name == UNKNOWN
    assert UNKNOWN not in [one.name for one in said.alternatives]


def test_standing_about_is_no_exercise_and_never_offered_as_one() -> None:
    assert decide(answers(no_exercise=0.9), working_point=0.7).name == "no_exercise"
    unsure = decide(answers(no_exercise=0.5, squat=0.2), working_point=0.7)
    assert "no_exercise" not in [one.name for one in unsure.alternatives]


@settings(max_examples=50)
@drawn(st.lists(st.floats(-12, 0), min_size=len(NAMES), max_size=len(NAMES)), st.floats(0.2, 3))
def test_any_answer_is_made_of_probabilities(logs: list[float], temperature: float) -> None:
    calibrated = calibrate(NAMES, np.array(logs), temperature)
    assert calibrated.probabilities.sum() == pytest.approx(1, abs=1e-9)
    said = decide(calibrated, working_point=0.6)
    confidences = [one.confidence for one in said.alternatives]
    assert 0 <= said.confidence <= 1
    assert said.name not in [one.name for one in said.alternatives]
    assert said.coarse or confidences == sorted(confidences, reverse=True)


def test_a_lower_temperature_is_surer() -> None:
    logs = np.log(answers(squat=0.5).probabilities)
    cold, warm = (max(calibrate(NAMES, logs, t).probabilities) for t in (0.5, 1.0))
    assert cold > warm


def test_what_is_seen_briefly_is_less_sure_and_ranked_as_before() -> None:
    logs = np.log(answers(squat=0.6, lunge=0.2).probabilities)
    usual = Calibration(0.7, 2.0, 0.9, short_power=0.6)
    of = {seen_s: usual.answers(NAMES, logs, seen_s) for seen_s in (0.5, 1.0, 2.0, SHORT_S, 60.0)}
    sure = [max(one.probabilities) for one in of.values()]
    assert sure[:3] == sorted(set(sure[:3]))
    assert sure[3] == sure[4] == max(usual.answers(NAMES, logs).probabilities) > sure[2]
    assert all([name for name, _ in one.ranked[:2]] == ["squat", "lunge"] for one in of.values())
    assert max(Calibration(0.7, 2.0, 0.9).answers(NAMES, logs, 1.0).probabilities) == sure[4]


def test_how_much_less_sure_stops_at_what_a_window_can_be_made_of() -> None:
    usual = Calibration(1.0, 2.0, 0.9, short_power=1.0)
    assert usual.temperature_of(BRIEFEST_S) == usual.temperature_of(0.0) == pytest.approx(SHORT_S / BRIEFEST_S)
    assert usual.temperature_of(1.5 * BRIEFEST_S) < usual.temperature_of(BRIEFEST_S)


def test_kin_are_softened_among_themselves_and_their_sum_stays() -> None:
    logs = np.log(answers(hammer_curl=0.6, biceps_curl=0.2).probabilities)
    sharp, soft = (calibrate(NAMES, logs, 1.0, kin) for kin in (1.0, 3.0))
    assert soft.families == pytest.approx(sharp.families)
    found = dict(soft.ranked)
    assert found["hammer_curl"] < dict(sharp.ranked)["hammer_curl"]


def test_commonness_decides_between_equals() -> None:
    equal = np.log(np.full(len(NAMES), 1 / len(NAMES)))
    likely = calibrate(NAMES, equal, 1.0)
    found = dict(likely.ranked)
    assert found["squat"] / found["superman"] == pytest.approx(5.0)  # 5 against 1 in the catalogue


def test_one_window_alone_rules_nothing_out() -> None:
    pooled = pool(np.array([[0.0, -50.0], [-0.1, -0.1]]))
    assert pooled[1] == pytest.approx((np.log(1e-4) - 0.1) / 2, abs=0.01)


def test_given_takes_any_name_and_is_certain() -> None:
    assert given("벤치프레스") == Recognition("bench_press", 1.0, given=True)
    with pytest.raises(UnknownExercise, match="zumba") as caught:
        given("zumba")
    assert caught.value.facts == {"name": "zumba"}


def test_an_answer_is_right_by_what_it_says() -> None:
    alternatives = (Candidate("biceps_curl", 0.3),)
    assert right(Recognition("hammer_curl", 0.9, alternatives, coarse=True), "biceps_curl")
    assert not right(Recognition("hammer_curl", 0.9, alternatives), "biceps_curl")
    assert not right(Recognition(UNKNOWN, 0.3), "biceps_curl")


def test_calibration_error_is_the_gap_between_sure_and_right() -> None:
    sure = np.full(10, 0.95)
    assert calibration_error(sure, np.arange(10) < 7) == pytest.approx(0.25)
