"""Slips of typing: how far apart two words are, and that no message holds everybody else up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.hearing.typed import MOST_UNKNOWN, Speller
from bot.coach.words import alike, allowed_edits, by_first_letter, edits, lookalikes

WORDS = st.text("abcde", max_size=9)


@given(WORDS, WORDS, st.integers(0, 3))
def test_counting_edits_stops_early_without_another_answer(one: str, other: str, limit: int) -> None:
    assert edits(one, other, limit) == min(edits(one, other, 20), limit + 1)


@pytest.mark.parametrize(
    ("typed", "meant", "likely"),
    [
        ("sqaut", "squat", True),
        ("squatt", "squat", True),
        ("squattts", "squat", False),
        ("deap", "deep", False),
        ("hamstirngs", "hamstrings", True),
        ("quadriceps", "quadricep", True),
        ("romananian", "romanian", False),
    ],
)
def test_a_word_bears_as_many_slips_as_it_is_long(typed: str, meant: str, likely: bool) -> None:
    assert alike(typed, meant) is likely
    assert edits(typed, meant) > allowed_edits(meant) or likely


def test_of_a_text_in_no_known_language_only_so_many_words_are_mended() -> None:
    foreign = ["".join("qxz"[index // 3**place % 3] for place in range(5)) for index in range(MOST_UNKNOWN)]
    speller = Speller({"squat": 50})
    assert speller.mended([*foreign[1:], "sqaut"])[-1] == "squat"
    assert speller.mended([*foreign, "sqaut"])[-1] == "sqaut"


def test_a_word_of_every_day_is_no_slip() -> None:
    speller = Speller({"slow": 50, "reps": 50})
    assert speller.mended(["snow", "rps"], short_too=True) == ("snow", "reps")


LONG_WORDS = st.text("abc", min_size=1, max_size=13)


@given(LONG_WORDS, st.lists(LONG_WORDS))
def test_whatever_a_word_is_like_is_found_by_its_first_letters(typed: str, known: list[str]) -> None:
    assert sorted(lookalikes(typed, by_first_letter(known))) == sorted(one for one in known if alike(typed, one))


@given(LONG_WORDS, LONG_WORDS)
def test_few_edits_after_the_first_letter_are_a_slip(typed: str, meant: str) -> None:
    slips = allowed_edits(meant)
    if slips and typed[0] == meant[0]:
        assert alike(typed, meant) == (edits(typed, meant) <= slips)
