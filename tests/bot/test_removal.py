"""A single set is deleted: asked for in words, by a reply or by its button, never without a yes, nor by another."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from bot.coach.coach import Coach
from bot.coach.model.scripted import ScriptedModel
from bot.sandbox import Sandbox, SandboxUser, SeenMessage
from bot.sentences import plain
from pipeline.catalogue import exercises
from pipeline.values import Recognition
from tests.bot.house import House, ScriptedExecutor, living, measured
from tests.bot.phone import LONG_S, chart_of, eventually, flat, is_remark
from tests.pipeline.reports import FIVE_SQUATS

ADA, BEN = 1001, 1002
YES, NO = plain("en", "button.drop_yes"), plain("en", "button.forget_no")
ASKED, DONE, KEPT = plain("en", "removal.ask"), plain("en", "removal.done"), plain("en", "forget.kept")


async def two_sets(house: House, executor: ScriptedExecutor) -> tuple[SeenMessage, SeenMessage]:
    """The charts of lunges and, after them, squats."""
    user = house.sandbox.user(ADA)
    executor.answer = measured(replace(FIVE_SQUATS, recognition=Recognition("lunge", 0.97)))
    first = await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=first.id)
    executor.answer = measured()
    second = await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=second.id)
    return first, second


async def asked(user: SandboxUser, text: str, *, reply_to: int = 0) -> SeenMessage:
    """The question that `text` brings."""
    sent = await user.send_text(text, reply_to=reply_to)
    return await user.wait_for(ASKED, LONG_S, after=sent.id)


async def exercises_of(house: House) -> list[str]:
    return [row.exercise for row in await house.services.store.sets.sets_of(ADA, 10)]


async def test_the_last_set_goes_after_a_yes_with_its_track_and_its_buttons(
    house: House, executor: ScriptedExecutor
) -> None:
    user, (_, chart) = house.sandbox.user(ADA), await two_sets(house, executor)
    question = await asked(user, "delete my last set")
    assert "Squat · 5 reps" in question.text
    assert await exercises_of(house) == ["squat", "lunge"]  # nothing goes before the yes
    await user.press(question, YES)
    await user.wait_for(lambda message: message.id == question.id and DONE in message.text, LONG_S)
    assert await exercises_of(house) == ["lunge"]
    await user.wait_for(lambda message: message.id == chart.id and not flat(message), LONG_S)
    export = await house.services.store.account.export_user(ADA)
    assert len(export.tracks) == len(export.rows["jobs"]) == 1
    assert not [turn for turn in export.rows["turns"] if "squat" in turn["text"]]


async def test_a_no_keeps_it_and_a_reply_to_a_chart_means_that_set(house: House, executor: ScriptedExecutor) -> None:
    user, (lunges, _) = house.sandbox.user(ADA), await two_sets(house, executor)
    question = await asked(user, "delete this set", reply_to=lunges.id)
    assert "Lunge" in question.text
    await user.press(question, NO)
    await user.wait_for(lambda message: message.id == question.id and KEPT in message.text, LONG_S)
    assert await exercises_of(house) == ["squat", "lunge"]


async def test_the_button_under_a_chart_asks_and_twice_yes_deletes_once(
    house: House, executor: ScriptedExecutor
) -> None:
    user, (lunges, _) = house.sandbox.user(ADA), await two_sets(house, executor)
    await user.press(lunges, plain("en", "button.drop"))
    question = await user.wait_for(ASKED, LONG_S)
    first, second = await user.press(question, YES), await user.press(question, YES)
    for press in (first, second):
        await press.answered()
    await eventually(lambda: any(DONE in message.text for message in user.messages), "deleted")
    assert await exercises_of(house) == ["squat"]


async def test_nobody_deletes_another_s_set(house: House, executor: ScriptedExecutor) -> None:
    await two_sets(house, executor)
    ben = house.sandbox.user(BEN)
    sent = await ben.send_text("delete my last set")
    await ben.wait_for(plain("en", "history.empty"), LONG_S, after=sent.id)
    assert len(await exercises_of(house)) == 2


async def test_who_writes_korean_is_asked_in_korean(house: House, executor: ScriptedExecutor) -> None:
    user, _ = house.sandbox.user(ADA), await two_sets(house, executor)
    sent = await user.send_text("방금 세트 지워줘")
    await user.wait_for(plain("ko", "removal.ask"), LONG_S, after=sent.id)


async def test_an_answer_about_a_set_that_goes_meanwhile_does_no_harm(sandbox: Sandbox, tmp_path: Path) -> None:
    model, executor = ScriptedModel(["You did 5 reps."], gate=asyncio.Event()), ScriptedExecutor(measured())
    async with living(sandbox, tmp_path, executor, coach=Coach(model, exercises().values())) as house:
        user, chart = sandbox.user(ADA), await chart_of(house)
        await user.wait_for(is_remark, LONG_S, after=chart.id)
        await user.send_text("what should i work on?")
        await eventually(lambda: len(model.prompts) == 1, "the model writes")
        question = await asked(user, "delete that")
        await user.press(question, YES)
        await user.wait_for(DONE, LONG_S)
        assert model.gate is not None
        model.gate.set()
        sent = await user.send_text("how many reps?")
        await user.wait_for("I have no set of yours yet", LONG_S, after=sent.id)
        assert not [message for message in user.messages if plain("en", "problem.internal") in message.text]


@pytest.mark.parametrize("place", [1, 3])
async def test_the_sets_beside_it_keep_their_places(house: House, executor: ScriptedExecutor, place: int) -> None:
    executor.answer = measured(FIVE_SQUATS, FIVE_SQUATS, FIVE_SQUATS)
    user, store = house.sandbox.user(ADA), house.services.store
    last = await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=last.id)
    rows = sorted(await store.sets.sets_of(ADA, 10), key=lambda row: row.place)
    await store.sets.remove(ADA, rows[place - 1].id)
    kept = rows[1]
    sent = await user.send_text("60 kg", reply_to=kept.chart_message_id or 0)
    await user.wait_for("60 kg", LONG_S, after=sent.id)
    shown = f"Set 2 of {3 if place == 1 else 2}"
    await user.wait_for(lambda message: message.id == kept.chart_message_id and shown in message.text, LONG_S)
    assert (await store.account.export_user(ADA)).rows["jobs"]
