"""Sensor logs in the chat: told by what they are, read together where they belong together, asked about if unsure."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox import Sandbox, SandboxUser, SeenMessage
from bot.sandbox.user import Attachment
from bot.tasks import AnalyzeClip, AnalyzeLog, Result, Task
from pipeline.errors import AxesUnsure, SeveralRecordings
from tests.bot.house import CLIP, House, ScriptedExecutor, living, measured
from tests.bot.phone import LONG_S, charts, flat, is_chart, is_remark, settled
from tests.models.people import jobs_of

CSV = b"time,x,y,z\n0.00,0.1,9.8,0.2\n0.02,0.1,9.9,0.2\n"
TURNS = b"time,x,y,z\n0.00,0.0,0.1,0.0\n0.02,0.0,0.2,0.0\n"
ZIP = b"PK\x03\x04" + bytes(60)
FIT = b"\x0e\x10\xd9\x07\x00\x00\x00\x00.FIT" + bytes(40)
AT_ONCE_S = 3.0  # a busy machine takes a while over the second of two files
HALVES = [Attachment("document", CSV, "Accelerometer.csv"), Attachment("document", TURNS, "Gyroscope.csv")]


async def chart_after(user: SandboxUser, sent: SeenMessage) -> SeenMessage:
    return await user.wait_for(is_chart, LONG_S, after=sent.id)


@pytest.mark.parametrize(
    ("content", "file_name"),
    [
        (CSV, "Accelerometer.csv"),
        (CSV, "WATCH_0042"),
        (CSV, "set.mov"),
        (ZIP, "2026-03-02.bin"),
        (FIT, "activity.fit"),
        ("time;x\n0,1;2\n".encode("utf-16"), "export.txt"),
    ],
)
async def test_a_log_is_known_by_its_name_or_its_bytes(
    house: House, executor: ScriptedExecutor, content: bytes, file_name: str
) -> None:
    user = house.sandbox.user(1001)
    await chart_after(user, await user.send_document(content, file_name=file_name))
    (task,) = executor.tasks
    assert isinstance(task, AnalyzeLog)
    assert (task.names, executor.clips_seen) == ((file_name,), [content])
    await user.wait_for(is_remark, LONG_S)
    assert list(house.settings.clips_dir.iterdir()) == []


async def test_a_clip_under_the_name_of_a_log_is_a_clip(house: House, executor: ScriptedExecutor) -> None:
    user = house.sandbox.user(1001)
    await chart_after(user, await user.send_document(CLIP, file_name="workout.csv"))
    assert isinstance(executor.tasks[0], AnalyzeClip)


async def test_two_files_sent_at_once_are_read_as_one_recording(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    async with living(sandbox, tmp_path, executor, join_logs_s=AT_ONCE_S) as house:
        user = sandbox.user(1001)
        first, second = await user.send_album(HALVES, caption="Push-Up")
        await user.wait_for(lambda message: "Got it" in message.text, LONG_S)
        chart = await chart_after(user, first)
        assert chart.raw["reply_to_message"]["message_id"] in (first.id, second.id)
        await user.wait_for(is_remark, LONG_S)
        await settled(user)
        (task,) = executor.tasks
        assert isinstance(task, AnalyzeLog)
        assert (task.names, task.exercise) == (("Accelerometer.csv", "Gyroscope.csv"), "push_up")
        assert executor.clips_seen == [CSV, TURNS]
        assert len(charts(user)) == 1
        assert all(job.answered_at for job in await jobs_of(house.services.store, 1001))


async def test_two_recordings_sent_at_once_are_answered_each(sandbox: Sandbox, tmp_path: Path) -> None:
    def answer(task: Task) -> Result:
        if isinstance(task, AnalyzeLog) and len(task.paths) > 1:
            raise SeveralRecordings()
        return measured()(task)

    executor = ScriptedExecutor(answer)
    async with living(sandbox, tmp_path, executor, join_logs_s=AT_ONCE_S):
        user = sandbox.user(1001)
        sent = await user.send_album(HALVES)
        await user.until(lambda: len(charts(user)) == 2 or None, LONG_S, "no two charts")
        await settled(user)
        assert {chart.raw["reply_to_message"]["message_id"] for chart in charts(user)} == {one.id for one in sent}
        assert not any("Reading" in message.text or "Got it" in message.text for message in user.messages)


def unsure(task: Task) -> Result:
    """Asks which columns are the acceleration, then measures."""
    if isinstance(task, AnalyzeLog) and task.columns is None:
        raise AxesUnsure(choices="a1-2-3 a4-5-6", labels="ax, ay, az|x, y, z")
    return measured()(task)


def is_question(message: SeenMessage) -> bool:
    return any(button.data.startswith("column:") for button in flat(message))


async def test_what_the_log_does_not_tell_is_asked_once_and_its_answer_reads_it(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    user, executor = sandbox.user(1001), ScriptedExecutor(unsure)
    async with living(sandbox, tmp_path, executor):
        sent = await user.send_document(CSV, file_name="mine.csv")
        question = await user.wait_for(is_question, LONG_S)
        assert [button.text for button in flat(question)] == ["ax, ay, az", "x, y, z"]
        assert len(await settled(user)) == 1
    async with living(sandbox, tmp_path, executor):  # a restart asks nothing again
        assert len(await settled(user)) == 1
        presses = [await user.press(question, "x, y, z") for _ in range(2)]
        assert [(await press.answered()).show_alert for press in presses].count(True) == 1
        chart = await chart_after(user, sent)
        await user.wait_for(is_remark, LONG_S)
        assert not any(is_question(message) for message in await settled(user))
        assert len(charts(user)) == 1
        assert chart.raw["reply_to_message"]["message_id"] == sent.id
    asked, answered = executor.tasks
    assert isinstance(asked, AnalyzeLog)
    assert isinstance(answered, AnalyzeLog)
    assert (asked.columns, answered.columns) == (None, "a4-5-6")


async def test_an_answer_that_was_not_offered_is_no_answer(sandbox: Sandbox, tmp_path: Path) -> None:
    executor = ScriptedExecutor(unsure)
    async with living(sandbox, tmp_path, executor):
        user = sandbox.user(1001)
        await user.send_document(CSV, file_name="mine.csv")
        question = await user.wait_for(is_question, LONG_S)
        job_id = flat(question)[0].data.split(":")[1]
        for data in (f"column:{job_id}:u9", "column:999:a1-2-3"):
            keyboard = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
            forged = SeenMessage({**question.raw, "reply_markup": keyboard}, None)
            assert (await (await user.press(forged, data)).answered()).show_alert
        assert len(executor.tasks) == 1
