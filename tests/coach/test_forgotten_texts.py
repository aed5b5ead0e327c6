"""What somebody typed stays in memory only while it is of use, and no longer than they want."""

from __future__ import annotations

from bot.coach.evaluation.scenes import SCENES
from bot.coach.hearing import followups
from bot.coach.safety import gate
from tests.coach.conversation import COACH, last_answer

KEPT = (followups.extreme_named, followups.extremes_named, gate._kind, gate._meanings)


async def test_no_message_stays_in_memory_once_its_user_forgets_everything() -> None:
    await last_answer(SCENES["squat"], "which rep was the slowest?")
    gate._meanings("quokka")  # single words are looked up only where a message may be an alarm
    assert [kept.cache_info().currsize > 0 for kept in KEPT] == [True] * len(KEPT)
    COACH.forget(0)
    assert not any(kept.cache_info().currsize for kept in KEPT)


def test_what_is_kept_of_messages_is_bounded() -> None:
    assert all(kept.cache_info().maxsize for kept in KEPT)
