"""What a shipped card says, its template says too: else the next training would lose it."""

from __future__ import annotations

import re
from importlib import resources
from string import Formatter

import pytest

from pipeline.learn import cards

MADE_BY = "- **Made by**"  # a run's own command


def paragraphs(template: str) -> list[str]:
    """What the template says, one blank line or bullet from the next; without tables and what only a run knows."""
    said = re.split(r"\n\n|\n(?=- )", template)
    return [one for one in said if not one.startswith(("|", "{", MADE_BY))]


def pattern(paragraph: str) -> str:
    """Finds the paragraph, whatever stands in its fields and wherever its lines break."""
    pieces = Formatter().parse(" ".join(paragraph.split()))
    return "".join(re.escape(text) + (".*?" if field is not None else "") for text, field, _, _ in pieces)


@pytest.mark.parametrize(
    ("template", "shipped"),
    [
        ("clips/card.md", "recognizer.md"),
        ("logs/card.md", "motion.md"),
        ("poses/card.md", "poses.md"),
        ("poses/stills_card.md", "pose_stills.md"),
    ],
)
def test_what_the_template_of_a_card_says_the_shipped_card_says_in_the_same_order(template: str, shipped: str) -> None:
    card = " ".join((resources.files("pipeline.weights") / shipped).read_text(encoding="utf-8").split())
    at = 0
    for paragraph in paragraphs((resources.files("pipeline.learn") / template).read_text(encoding="utf-8")):
        found = re.compile(pattern(paragraph)).search(card, at)
        assert found, paragraph
        at = found.end()


def test_a_table_leaves_no_room_for_an_empty_heading() -> None:
    assert cards.table(("", "top-1"), [("squat", "0.9"), ("lunge", "–")]) == (
        "| | top-1 |\n|---|---|\n| squat | 0.9 |\n| lunge | – |"
    )


def test_a_share_is_written_in_percent_and_none_as_a_dash() -> None:
    assert [cards.percent(share) for share in (0.1234, None, float("nan"))] == ["12.3 %", "–", "–"]
