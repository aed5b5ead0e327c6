"""A set that was counted by its rhythm alone is told with its count and its doubt, and without a second of time."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bot.sentences import LANGUAGES, plain
from bot.words.captions import caption
from bot.words.terminal import report_text
from tests.pipeline.reports import COUNTED_ONLY


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_caption_is_title_and_doubts(language: str) -> None:
    text = re.sub("<.*?>", "", caption(COUNTED_ONLY, language, "kg"))
    title, *doubts = text.split("\n")
    assert "10" in title
    assert doubts == [
        "· " + plain(language, "doubt.count_unsure", runner_up=11),
        "· " + plain(language, "doubt.reps_not_timed"),
    ]


def test_its_text_in_a_terminal_has_no_row_a_repetition() -> None:
    report = replace(COUNTED_ONLY, caveats=())
    assert report_text(report).split("\n")[0].startswith("Push-up · 10 reps")
    assert len(report_text(report).split("\n")) == 3  # title, line, where it came from
    assert "nan" not in report_text(report)
