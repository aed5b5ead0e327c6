"""A count that a user plainly says is told from one in doubt, a question, and a number of something else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.evaluation.scenes import SQUAT, TODAY
from bot.coach.facts import Facts
from bot.coach.hearing.corrections import sure_count
from bot.coach.telling.put_right import counted_by_user

COUNTED = "I counted 8 complete reps of squat."
TIMED = "You took 2.0 s in a typical rep."


@pytest.mark.parametrize(
    "said",
    [
        "no that was 9",
        "No, that was 9!",
        "nope, 9",
        "actually 9",
        "wait that was 9 coach",
        "i did 9 reps",
        "it was nine, not 8",
        "change the count to 9",
        "아니 9개였어",
        "아니요 아홉 개예요",
        "9회로 바꿔줘",
    ],
)
def test_a_plain_count_is_heard(said: str) -> None:
    assert sure_count(said, 8, COUNTED) == 9


@pytest.mark.parametrize(
    "said",
    [
        "9",
        "ok 9",
        "maybe 9",
        "i think it was 9",
        "was that 9?",
        "i did 9, right?",
        "no that was 9 seconds",
        "no it was 9 kg",
        "i did 9 yesterday",
        "that was my 9th set",
        "no that was 8",
        "no that was 90",
        "9개 맞아?",
        "아마 9개",
    ],
)
def test_what_is_in_doubt_or_of_something_else_sets_no_count(said: str) -> None:
    assert sure_count(said, 8, COUNTED) is None


def test_a_bare_number_after_something_else_was_told_may_be_of_that() -> None:
    assert sure_count("no that was 9", 8, TIMED) is None
    assert sure_count("no i did 9 reps", 8, TIMED) == 9
    assert sure_count("no that was 9", 8, None) == 9


def test_both_counts_are_told_and_the_seen_one_alone_where_it_holds_again() -> None:
    facts = Facts(TODAY, replace(SQUAT, corrected_reps=9))
    said = " ".join(counted_by_user(facts))
    assert "You set the count of this set to 9 reps; I had counted 8 reps." in said
    assert "History and export hold both." in said
    assert counted_by_user(replace(facts, this=SQUAT))[0] == "I counted 8 complete reps of squat."
