"""Anger, apology, shame and boredom are met as such; a question that only sounds like one of them is answered."""

from __future__ import annotations

import pytest

from bot.coach.evaluation.scenes import SCENES
from bot.coach.facts import Facts
from tests.coach.conversation import last_answer

SQUAT, KOREAN = SCENES["squat"], SCENES["squat_ko"]


@pytest.mark.parametrize(
    ("facts", "text", "met"),
    [
        (SQUAT, "sorry coach, that was rude of me earlier", "No harm done."),
        (SQUAT, "ah oops, tapped the wrong button", "No harm done."),
        (SQUAT, "i'm a little embarrassed by my numbers", "No need to be ashamed"),
        (SQUAT, "honestly this is so dull", "Then change one thing"),
        (SQUAT, "damn it, failed the lift again, so mad", "That is frustrating"),
        (KOREAN, "아까 욕해서 죄송해요", "괜찮아요."),
        (KOREAN, "좀 민망하네요", "부끄러워하지 않으셔도 돼요."),
        (KOREAN, "맨날 똑같은 것만 하니까 지겹다", "하나만 바꿔 보세요"),
        (KOREAN, "또 못 들었어 짜증나", "속상하셨겠어요."),
        (SQUAT, "sorry, what was my count", "8 complete reps"),
        (SQUAT, "sorry i meant how deep was rep 3", "97°"),
    ],
)
async def test_a_mood_is_met(facts: Facts, text: str, met: str) -> None:
    assert met in await last_answer(facts, text)
