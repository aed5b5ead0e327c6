"""Few repetitions at a set's ends: another posture is none of the set, a pause makes the number unsure."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.motion.few_reps import RunFacts, are_sets
from pipeline.motion.recognize import WindowScores
from pipeline.motion.set_edges import RULES, reps_apart, runs_in_posture
from pipeline.motion.signals import RATE_HZ, Motion
from pipeline.recognize import NO_EXERCISE
from pipeline.values import UNKNOWN, Array, Recognition

GRAVITY_M_S2 = 9.8
SET = 20.0 + 2.0 * np.arange(11.0)  # ten repetitions of 2 s


def run(start_s: float, reps: int, each_s: float = 2.0) -> Array:
    return start_s + each_s * np.arange(reps + 1.0)


def standing(*lying: tuple[float, float], gravity_m_s2: float = GRAVITY_M_S2) -> Motion:
    """Still, along z; along x in the spans."""
    times_s = np.arange(round(60 * RATE_HZ)) / RATE_HZ
    lies = np.any([(times_s >= start_s) & (times_s <= end_s) for start_s, end_s in lying], axis=0) if lying else False
    turned = np.where(lies, gravity_m_s2, 0.0) * np.ones(len(times_s))
    return Motion(times_s, np.column_stack([turned, np.zeros(len(times_s)), gravity_m_s2 - turned]))


@pytest.mark.parametrize("start_s", [13.0, 42.0])
def test_few_in_another_posture_are_none_of_the_set(start_s: float) -> None:
    few = run(start_s, 2)
    runs = sorted([few, SET], key=lambda edges_s: float(edges_s[0]))
    kept = runs[runs_in_posture(standing((float(few[0]), float(few[-1]))), runs)]
    assert [len(edges_s) for edges_s in kept] == [len(SET)]
    assert len(runs[runs_in_posture(standing(), runs)]) == 2


def test_every_stray_at_an_end_is_left_out_and_none_in_the_midst() -> None:
    runs = [run(10.0, 1), run(13.0, 2), run(18.0, 1), SET]
    assert runs_in_posture(standing((9.0, 17.5)), runs) == slice(2, 4)
    assert runs_in_posture(standing((12.5, 17.5)), runs) == slice(0, 4)  # the first is in the set's posture


def test_many_or_as_many_as_the_rest_are_a_part_of_the_set() -> None:
    more = run(20.0 - 2.0 * (RULES.few + 1) - 3.0, RULES.few + 1)
    assert runs_in_posture(standing((0.0, 18.0)), [more, SET]) == slice(0, 2)
    assert runs_in_posture(standing((0.0, 18.0)), [run(13.0, 2), run(20.0, RULES.fewest - 1)]) == slice(0, 2)


def test_without_gravity_no_posture_is_seen() -> None:
    runs = [run(13.0, 2), SET]
    assert runs_in_posture(standing((12.0, 18.0), gravity_m_s2=0.5), runs) == slice(0, 2)


@pytest.mark.parametrize(
    ("runs", "few"),
    [
        ([SET], 0),
        ([run(13.0, 2), SET], 2),
        ([run(17.0, 1), SET], 0),  # a second before the set
        ([SET, run(43.0, 3)], 3),
        ([SET, run(43.0, 4)], 0),
        ([run(13.0, 2), SET, run(43.0, 1)], 3),
        ([run(10.0, 1), run(14.0, 2), SET], 3),
        ([run(10.0, 1), run(14.0, 2), run(19.0, 1, 1.0), SET], 1),
        ([run(13.0, 1), run(20.0, 4)], 0),
    ],
)
def test_few_after_a_pause_are_counted_apart(runs: list[Array], few: int) -> None:
    assert reps_apart(runs) == few


def test_what_lies_beside_a_set_is_told_only_where_it_has_a_name_of_its_own() -> None:
    scores = WindowScores(np.array([30.0]), ("squat", "rest"), np.array([[0.9, 0.1]]))
    squat = Recognition("squat", 0.9)
    whole = RunFacts((20.0, 40.0), 10, squat)
    for recognition, told in (
        (Recognition(UNKNOWN, 0.0), False),
        (Recognition(NO_EXERCISE, 0.9), False),
        (Recognition("squat", 1.0, given=True), False),
        (Recognition("push_up", 0.9), True),
    ):
        beside = RunFacts((14.0, 18.0), 2, recognition, beside=True)
        assert are_sets([beside, whole], scores) == [told, True]
