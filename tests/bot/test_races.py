"""What happens at once does not get in each other's way: clips, questions, presses, /forget. Scripted executor."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.coach.coach import Coach
from bot.coach.model.scripted import ScriptedModel
from bot.sandbox import Sandbox, SandboxUser
from bot.sandbox.media import MediaFacts
from bot.sandbox.user import Attachment
from bot.tasks import AnalyzeClip, Result, Task
from pipeline.catalogue import exercises
from pipeline.errors import NobodyInView
from tests.bot.house import CLIP, House, ScriptedExecutor, living, measured
from tests.bot.phone import LONG_S, GatedExecutor, chart_of, charts, eventually, is_chart, is_remark, settled

FORGET, YES, GONE = "Delete everything", "Yes, delete everything", "forgotten"
TWO = tuple(Attachment("video", CLIP + bytes([n]), "clip.mp4", facts=MediaFacts(20)) for n in range(2))


def nobody(_: Task) -> Result:
    raise NobodyInView


async def forgotten(user: SandboxUser) -> None:
    """Everything of the user is gone."""
    await user.send_text("/forget")
    await user.press(await user.wait_for(FORGET, LONG_S), YES)
    await user.wait_for(GONE, LONG_S)


async def test_two_clips_of_an_album_are_two_sets(sandbox: Sandbox, tmp_path: Path) -> None:
    user = sandbox.user(1001)
    async with living(sandbox, tmp_path, ScriptedExecutor(measured()), workers=2) as house:
        await user.send_album(TWO)
        await user.until(lambda: len([m for m in user.messages if is_remark(m)]) == 2 or None, LONG_S, "two remarks")
        assert len(charts(user)) == 2
        rows = await house.services.store.sets.sets_of(1001, 10)
        assert len({row.job_id for row in rows}) == 2
        assert {row.chart_message_id for row in rows} == {message.id for message in charts(user)}


async def test_clips_sent_at_once_are_sets_in_the_order_they_were_sent(sandbox: Sandbox, tmp_path: Path) -> None:
    user, executor, names = sandbox.user(1001), ScriptedExecutor(measured()), [f"{n}.mp4" for n in range(12)]
    async with living(sandbox, tmp_path, executor) as house:
        await user.send_album([replace(TWO[0], content=CLIP + name.encode(), file_name=name) for name in names])
        await user.until(lambda: len(charts(user)) == len(names) or None, LONG_S, "a chart each")
        rows = await house.services.store.sets.sets_of(1001, 20)
        sent = [(await house.services.store.jobs.as_it_stands(row.job_id)).file_name for row in reversed(rows)]  # type: ignore[union-attr]
    assert sent == [task.name for task in executor.tasks if isinstance(task, AnalyzeClip)] == names


async def test_a_question_is_answered_although_a_clip_is_measured_meanwhile(sandbox: Sandbox, tmp_path: Path) -> None:
    model = ScriptedModel(["The one thing to work on: keep it slow."], gate=asyncio.Event())
    closed, user = GatedExecutor(), sandbox.user(1001)
    async with living(sandbox, tmp_path, closed, coach=Coach(model, exercises().values())):
        await user.send_video(CLIP, duration=20)
        await asyncio.wait_for(closed.waiting.wait(), LONG_S)
        await user.send_text("is a slow tempo good?")
        await eventually(lambda: len(model.prompts) == 1, "the model writes")
        closed.gate.set()
        chart = await user.wait_for(is_chart, LONG_S)
        remark = await user.wait_for(is_remark, LONG_S, after=chart.id)
        assert model.gate is not None
        model.gate.set()
        await user.wait_for(lambda message: "— " in message.text, LONG_S, after=remark.id)
        signed = [message for message in await settled(user) if "— " in message.text]
    assert len(signed) == 2  # the remark on the new set, and the answer


SENDS: dict[str, tuple[Callable[[SandboxUser], object], Callable[[Task], Result]]] = {
    "clip": (lambda user: user.send_video(CLIP, duration=20), measured()),
    "photo": (lambda user: user.send_photo(b"\xff\xd8\xff" + bytes(100), width=640, height=480), measured()),
    "clip with nobody in it": (lambda user: user.send_video(CLIP, duration=20), nobody),
}


@pytest.mark.parametrize("what", SENDS)
async def test_who_forgets_while_a_file_is_analysed_hears_no_more_of_it(
    sandbox: Sandbox, tmp_path: Path, what: str
) -> None:
    send, answer = SENDS[what]
    closed, user = GatedExecutor(answer), sandbox.user(1001)
    async with living(sandbox, tmp_path, closed) as house:
        await send(user)  # type: ignore[misc]
        await asyncio.wait_for(closed.waiting.wait(), LONG_S)
        await forgotten(user)
        closed.gate.set()
        said = await settled(user, 0.6)
        assert [message.text for message in said if GONE in message.text] == [said[-1].text]
        assert not charts(user)
        assert await house.services.store.account.user(1001) is None
        assert list((tmp_path / "clips").iterdir()) == []


async def test_who_forgets_everything_is_told_no_place_in_line_any_more(sandbox: Sandbox, tmp_path: Path) -> None:
    closed, user = GatedExecutor(), sandbox.user(1001)
    async with living(sandbox, tmp_path, closed):
        await user.send_video(CLIP, duration=20)
        await asyncio.wait_for(closed.waiting.wait(), LONG_S)
        for number in range(2):
            await user.send_video(CLIP + bytes([number]), duration=20)
        await user.wait_for("3rd", LONG_S)  # a clip that is taken only after /forget is told its place rightly
        await forgotten(user)
        closed.gate.set()
        assert [
            message.text for message in await settled(user, 0.6) if "line" in message.text or "next" in message.text
        ] == []


async def test_a_press_too_old_to_be_answered_does_what_it_says(house: House) -> None:
    user, chart = house.sandbox.user(1001), await chart_of(house)
    await user.wait_for(is_remark, LONG_S, after=chart.id)
    await user.send_text("/forget")
    pressed = await user.press(await user.wait_for(FORGET, LONG_S), YES)
    house.sandbox.state.pressed.pop(pressed.query_id)  # Telegram knows it no more, as after an outage
    await user.wait_for(GONE, LONG_S)
    assert await house.services.store.account.user(1001) is None
