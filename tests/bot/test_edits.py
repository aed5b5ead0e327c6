"""What was sent is corrected: a question's typo, a caption's weight or exercise. Nothing is measured twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from telegram import Chat, Message

from bot.edits import ASKED_ANEW_S, LATE
from bot.sentences import plain
from tests.bot.house import House, ScriptedExecutor
from tests.bot.phone import LONG_S, charts, is_chart, is_remark, sent_clip, settled

ADA = 1001
SENT = datetime(2026, 3, 1, 18, tzinfo=UTC)


async def test_a_question_that_is_corrected_is_answered_anew(house: House) -> None:
    user = house.sandbox.user(ADA)
    sent = await user.send_text("xkcd qwrtz")
    first = await user.wait_for(is_remark, LONG_S, after=sent.id)
    await user.edit_text(sent, "how much protein do i need")
    assert "protein" in (await user.wait_for(is_remark, LONG_S, after=first.id)).text


async def test_a_command_that_is_corrected_is_answered(house: House) -> None:
    user = house.sandbox.user(1001)
    asked = await user.send_text("/help")
    await user.wait_for("Send me", LONG_S)
    await user.edit_text(asked, "/privacy")
    assert await user.wait_for("What I keep", LONG_S)


async def test_a_question_whose_words_are_the_same_is_answered_once(house: House) -> None:
    user = house.sandbox.user(ADA)
    sent = await user.send_text("how much protein do i need")
    await user.wait_for(is_remark, LONG_S, after=sent.id)
    await user.edit_text(sent, "How much protein do I need?")
    assert len([message for message in await settled(user) if is_remark(message)]) == 1


@pytest.mark.parametrize(("after_s", "late"), [(ASKED_ANEW_S - 1, False), (ASKED_ANEW_S + 1, True)])
def test_a_text_that_is_edited_late_is_left_alone(after_s: float, *, late: bool) -> None:
    edited = SENT + timedelta(seconds=after_s)
    assert LATE.filter(Message(1, SENT, Chat(ADA, "private"), text="reps?", edit_date=edited)) is late
    assert not LATE.filter(Message(1, SENT, Chat(ADA, "private"), text="reps?"))


async def test_a_weight_that_is_corrected_in_the_caption_is_the_set_s_without_a_second_chart(
    house: House, executor: ScriptedExecutor
) -> None:
    user = house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat 600 kg")
    chart = await user.wait_for(is_chart, LONG_S, after=sent.id)
    await user.edit_caption(sent, "squat 60 kg")
    await user.wait_for(lambda message: message.id == chart.id and "60 kg" in message.text, LONG_S)
    await settled(user)
    assert len(charts(user)) == 1
    assert len(executor.tasks) == 1
    stored = await house.services.store.sets.latest_set(ADA)
    assert stored is not None
    assert stored.weight_kg == 60.0


async def test_another_exercise_in_the_caption_of_a_measured_clip_is_offered(house: House) -> None:
    user = house.sandbox.user(ADA)
    sent = await sent_clip(user, caption="squat")
    chart = await user.wait_for(is_chart, LONG_S, after=sent.id)
    await user.edit_caption(sent, "deadlift")
    offer = await user.wait_for(plain("en", "job.measured_already"), LONG_S, after=chart.id)
    assert "eadlift" in offer.buttons[0][0].text


async def test_a_live_location_that_moves_is_answered_once(house: House) -> None:
    user = house.sandbox.user(ADA)
    sent = await user.send_sticker()
    await user.wait_for(lambda message: True, LONG_S, after=sent.id)
    before = len(user.messages)
    house.sandbox.state.deliver(
        "edited_message", house.sandbox.state.change_message(user.chat, user.chat.messages[sent.id])
    )
    assert len(await settled(user)) == before
