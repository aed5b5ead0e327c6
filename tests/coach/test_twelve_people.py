"""What twelve people who never met the coach wrote, twenty messages each, before anybody looked at its lists."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from tests.coach.conversation import last_answer

NOT_SURE, NOT_KNOWN = "I'm not sure that I understood you", "I don't know that"


@pytest.mark.parametrize("text", ["just tell me yes or no", "stop being so polite", "than when", "prove it"])
async def test_what_no_phrasing_speaks_for_is_not_answered_with_some_topic(text: str) -> None:
    answer = await last_answer(SCENES["squat"], text)
    assert answer.startswith((NOT_SURE, NOT_KNOWN))
