"""Concepts found in texts, and the sentences that a pattern stands for."""

from __future__ import annotations

import pytest

from bot.coach.hearing.lexicon import Lexicon
from bot.coach.hearing.patterns import expanded

LEXICON = Lexicon({
    "chest": ["chest"],
    "pressure": ["pressure", "squeez*"],
    "sitting": ["sat on"],
    "faint": ["pass out", "black out*"],
    "breath": ["숨이 안"],
}, small=["my", "the", "just", "very"])  # fmt: skip


@pytest.mark.parametrize(
    ("text", "met"),
    [
        ("chest pressure", {("chest", 0), ("pressure", 1)}),
        ("it squeezes", {("pressure", 1)}),
        ("sat right on it", set()),
        ("someone sat just on my chest", {("sitting", 1), ("chest", 5)}),
        ("i pass and the bar is out", set()),
        ("pass the very out", {("faint", 0)}),
        ("운동 중 숨이 안 쉬어져", {("breath", 2)}),
        ("nothing here", set()),
    ],
)
def test_concepts_are_met_where_they_stand(text: str, met: set[tuple[str, int]]) -> None:
    assert {(sign.concept, sign.at) for sign in LEXICON.signs(text.split())} == met


def test_a_pattern_uses_every_alternative_and_is_always_the_same() -> None:
    found = list(expanded("[my|the] chest [hurts|aches|burns|]"))
    assert set(found) == set(expanded("[my|the] chest [hurts|aches|burns|]"))
    assert all(any(end in text for text in found) for end in ("hurts", "aches", "burns"))
    assert any(text.endswith("chest") for text in found)
    assert list(expanded("as it is")) == ["as it is"]
