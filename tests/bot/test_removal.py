"""A single set is deleted: asked for in words, by a reply or by its button, never without a yes, nor by another."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from bot.coach.coach import Coach
from bot.coach.model.scripted import ScriptedModel
from bot.sandbox import Sandbox, SandboxUser, SeenMessage
from bot.sentences import plain
from bot.sets.removal import MINUTES
from pipeline.catalogue import exercises
from pipeline.values import Recognition
from tests.bot.house import House, ScriptedExecutor, living, measured
from tests.bot.phone import LONG_S, chart_of, eventually, flat, is_remark, settled
from tests.models.conftest import SettableClock
from tests.pipeline.reports import FIVE_SQUATS

ADA, BEN = 1001, 1002
YES, NO = plain("en", "button.drop_yes"), plain("en", "button.forget_no")
ASKED, DONE = (plain("en", f"removal.{key}", minutes=MINUTES) for key in ("ask", "done"))
KEPT, BACK, UNDO = plain("en", "forget.kept"), plain("en", "removal.back"), plain("en", "button.undrop")


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
    await user.wait_for(plain("ko", "removal.ask", minutes=MINUTES), LONG_S, after=sent.id)


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
        assert not [message for message in await settled(user) if message.id > question.id and is_remark(message)]
        sent = await user.send_text("how many reps?")
        await user.wait_for("I don't have a set from you yet", LONG_S, after=sent.id)
        assert not [message for message in user.messages if plain("en", "problem.internal") in message.text]


@pytest.mark.parametrize("place", [1, 3])
async def test_the_sets_beside_it_keep_their_places(house: House, executor: ScriptedExecutor, place: int) -> None:
    executor.answer = measured(FIVE_SQUATS, FIVE_SQUATS, FIVE_SQUATS)
    user, store = house.sandbox.user(ADA), house.services.store
    last = await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=last.id)
    rows = sorted(await store.sets.sets_of(ADA, 10), key=lambda row: row.place)
    await store.removed.remove(ADA, rows[place - 1].id)
    kept = rows[1]
    sent = await user.send_text("60 kg", reply_to=kept.chart_message_id or 0)
    await user.wait_for("60 kg", LONG_S, after=sent.id)
    shown = f"Set 2 of {3 if place == 1 else 2}"
    await user.wait_for(lambda message: message.id == kept.chart_message_id and shown in message.text, LONG_S)
    assert (await store.account.export_user(ADA)).rows["jobs"]


def removed_in(folder: Path) -> int:
    """How many deleted sets lie in the database there."""
    with contextlib.closing(sqlite3.connect(folder / "spotter.sqlite3")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM removed_set").fetchone()
    return int(count)


async def deleted(user: SandboxUser) -> SeenMessage:
    """The last set's end, told."""
    question = await asked(user, "delete my last set")
    await user.press(question, YES)
    return await user.wait_for(lambda message: message.id == question.id and DONE in message.text, LONG_S)


async def test_a_deleted_set_comes_back_with_its_buttons_by_one_tap(house: House, executor: ScriptedExecutor) -> None:
    user, (_, chart) = house.sandbox.user(ADA), await two_sets(house, executor)
    before, labels = await house.services.store.account.export_user(ADA), [one.text for one in flat(chart)]
    told = await deleted(user)
    await user.wait_for(lambda message: message.id == chart.id and not flat(message), LONG_S)
    await user.press(told, UNDO)
    back = await user.wait_for(lambda message: message.id == told.id and BACK in message.text, LONG_S)
    assert "Squat · 5 reps" in back.text
    assert not flat(back)
    await user.wait_for(
        lambda message: message.id == chart.id and [one.text for one in flat(message)] == labels, LONG_S
    )
    assert await house.services.store.account.export_user(ADA) == before


@pytest.mark.parametrize(("typed", "language"), [("undo", "en"), ("bring it back!", "en"), ("되돌려줘", "ko")])
async def test_who_types_undo_has_it_back_and_the_coach_knows_it_again(
    house: House, executor: ScriptedExecutor, typed: str, language: str
) -> None:
    user, _ = house.sandbox.user(ADA), await two_sets(house, executor)
    told = await deleted(user)
    sent = await user.send_text("/history")
    listed = await user.wait_for("Lunge", LONG_S, after=sent.id)
    assert "Squat" not in listed.text
    sent = await user.send_text("how many squats have i done?")
    assert "5" not in (await user.wait_for(is_remark, LONG_S, after=sent.id)).text
    sent = await user.send_text(typed)
    await user.wait_for(plain(language, "removal.back"), LONG_S, after=sent.id)
    assert await exercises_of(house) == ["squat", "lunge"]
    press = await user.press(told, UNDO)  # the button still stands: it is not told that the set is gone
    await press.answered()
    await user.wait_for(lambda message: message.id == told.id and BACK in message.text, LONG_S)
    sent = await user.send_text(typed)  # once is enough
    await user.wait_for(plain(language, "talk.undo", minutes=MINUTES), LONG_S, after=sent.id)


@pytest.mark.parametrize("typed", [True, False])
async def test_after_its_time_a_deleted_set_is_gone_whatever_was_restarted(
    sandbox: Sandbox, tmp_path: Path, typed: bool
) -> None:
    executor, clock = ScriptedExecutor(measured()), SettableClock()
    user = sandbox.user(ADA)
    async with living(sandbox, tmp_path, executor, clock) as house:
        chart = await chart_of(house)
        await user.wait_for(is_remark, LONG_S, after=chart.id)
        told = await deleted(user)
        assert removed_in(tmp_path) == 1
    clock.forward(MINUTES * 60)
    async with living(sandbox, tmp_path, executor, clock) as house:
        if typed:
            sent = await user.send_text("undo")
            await user.wait_for(plain("en", "talk.undo", minutes=MINUTES), LONG_S, after=sent.id)
        else:
            await user.press(told, UNDO)
            await user.wait_for(plain("en", "removal.gone"), LONG_S)
        assert await exercises_of(house) == []
        await eventually(lambda: not removed_in(tmp_path), "the start has tidied up")


async def test_nobody_brings_another_s_set_back(house: House, executor: ScriptedExecutor) -> None:
    await two_sets(house, executor)
    await deleted(house.sandbox.user(ADA))
    ben = house.sandbox.user(BEN)
    sent = await ben.send_text("undo")
    await ben.wait_for(plain("en", "talk.undo", minutes=MINUTES), LONG_S, after=sent.id)
    assert await exercises_of(house) == ["lunge"]


async def test_forget_is_final_at_once(house: House, executor: ScriptedExecutor) -> None:
    user, _ = house.sandbox.user(ADA), await two_sets(house, executor)
    told = await deleted(user)
    sent = await user.send_text("/forget")
    question = await user.wait_for(plain("en", "forget.ask"), LONG_S, after=sent.id)
    await user.press(question, plain("en", "button.forget_yes"))
    await user.wait_for(plain("en", "forget.done"), LONG_S)
    await user.press(told, UNDO)
    await user.wait_for(plain("en", "removal.gone"), LONG_S)
    assert await exercises_of(house) == []


async def test_this_set_is_the_one_whose_button_was_pressed_and_the_last_is_the_last(
    house: House, executor: ScriptedExecutor
) -> None:
    user, (lunges, _) = house.sandbox.user(ADA), await two_sets(house, executor)
    await (await user.press(lunges, plain("en", "button.fix_count"))).answered()
    assert "Lunge" in (await asked(user, "delete this set")).text
    assert "Squat" in (await asked(user, "delete my last set")).text
