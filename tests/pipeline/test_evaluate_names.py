"""Names are scored by what is said: the name or only its family, without asking or as a question."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.chart.confusion import draw_confusion
from pipeline.evaluate.names import best, calibration_error, confused, confusion_matrix, likeliest, score_names
from pipeline.recognize import NO_EXERCISE
from pipeline.values import UNKNOWN, Candidate, Recognition

ASKED = Recognition(UNKNOWN, 0.4, (Candidate("hammer_curl", 0.4), Candidate("squat", 0.3)))
FAMILY = Recognition("biceps_curl", 0.9, (Candidate("hammer_curl", 0.3),), coarse=True)


def test_a_family_said_is_right_for_its_members_and_a_question_is_no_answer() -> None:
    found = score_names(["hammer_curl", "squat", "squat"], [FAMILY, ASKED, Recognition("squat", 0.95)])
    assert (found.top_1, found.top_3, found.family_top_1) == pytest.approx((1 / 3, 1, 2 / 3))
    assert (found.named, found.named_right) == pytest.approx((2 / 3, 1))
    assert found.calibration_error == pytest.approx((0.1 + 0.4 + 0.05) / 3)


def test_a_sureness_of_one_lies_in_the_last_bin() -> None:
    assert calibration_error(np.array([1.0, 0.92]), np.array([False, True])) == pytest.approx(0.46)


def test_idle_recordings_that_are_called_an_exercise_are_counted() -> None:
    said = [Recognition(NO_EXERCISE, 0.9), ASKED, Recognition("squat", 0.9)]
    found = score_names([NO_EXERCISE] * 3, said)
    assert (found.idle, found.false_names) == (3, 1)


def test_what_the_user_said_and_what_is_in_no_catalogue_are_not_judged() -> None:
    found = score_names(["squat", "juggling"], [Recognition("squat", 1.0, given=True), Recognition("squat", 0.9)])
    assert np.isnan([found.top_1, found.named, found.named_right, found.calibration_error]).all()


def test_the_first_three_names_of_a_question_count_and_no_fourth() -> None:
    names = ("hammer_curl", "squat", "lunge", "deadlift")
    four = Recognition(UNKNOWN, 0.4, tuple(Candidate(name, 0.2) for name in names))
    assert [score_names([name], [four]).top_3 for name in names] == [1, 1, 1, 0]


def test_the_likeliest_of_a_question_stands_for_it() -> None:
    assert best(ASKED) == Recognition("hammer_curl", 0.4)
    assert likeliest(ASKED) == ("hammer_curl", "squat")
    assert likeliest(Recognition(UNKNOWN, 0.0)) == ()


def test_confusions_are_shares_of_each_true_name_and_families_stand_together() -> None:
    said = [ASKED, Recognition("squat", 0.9), FAMILY, Recognition(UNKNOWN, 0.0)]
    names, shares = confusion_matrix(confused(["squat", "squat", "hammer_curl", "plank"], said))
    assert abs(names.index("hammer_curl") - names.index("biceps_curl")) == 1
    row = dict(zip(names, shares[names.index("squat")], strict=True))
    assert (row["squat"], row["hammer_curl"]) == (0.5, 0.5)
    assert shares[names.index("plank"), names.index(UNKNOWN)] == 1
    assert draw_confusion(names, shares).startswith(b"\x89PNG")
