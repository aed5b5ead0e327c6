"""Whatever a clip's state when the bot goes down, it is answered once when the bot is back; nothing else is lost."""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from bot.executor_errors import WorkerDied
from bot.sandbox import Fault, Sandbox
from bot.tasks import AnalyzeClip, Recount, Result, Task
from models.jobs import MAX_ATTEMPTS
from models.tables import JobState
from tests.bot.house import CLIP, Answer, House, ScriptedExecutor, living, measured
from tests.bot.phone import (
    LONG_S,
    GatedExecutor,
    chart_of,
    charts,
    is_chart,
    is_remark,
    sent_clip,
    settled,
)
from tests.models.people import jobs_of


async def before(closed: GatedExecutor) -> None:
    """A clip stands before the closed gate."""
    await asyncio.wait_for(closed.waiting.wait(), LONG_S)


def clips_left(folder: Path) -> list[Path]:
    return list((folder / "clips").iterdir())


async def jobs_are_answered(house: House, user_id: int = 1001) -> bool:
    jobs = await jobs_of(house.services.store, user_id)
    return all(job.answered_at is not None for job in jobs)


async def test_a_running_and_a_queued_clip_are_taken_up_and_answered_once(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    ada, ben, closed = sandbox.user(1001, "Ada"), sandbox.user(1002, "Ben"), GatedExecutor()
    async with living(sandbox, tmp_path, closed) as house:
        await sent_clip(ada)
        await before(closed)
        await sent_clip(ben)
        await ben.wait_for("2nd in line", LONG_S)
        assert len(clips_left(tmp_path)) == 1
    assert clips_left(tmp_path) == []
    async with living(sandbox, tmp_path, executor) as house:
        for user in (ada, ben):
            chart = await user.wait_for(is_chart, LONG_S)
            await user.wait_for(is_remark, LONG_S, after=chart.id)
            await settled(user)
            assert len(charts(user)) == 1
            assert await jobs_are_answered(house, user.id)
    assert len(closed.tasks) == 1
    assert executor.clips_seen == [CLIP, CLIP]
    assert clips_left(tmp_path) == []


async def test_the_progress_message_goes_on_after_a_restart(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    ada, closed = sandbox.user(1001), GatedExecutor()
    async with living(sandbox, tmp_path, closed):
        await sent_clip(ada)
        await before(closed)
    assert len(ada.messages) == 1
    async with living(sandbox, tmp_path, executor):
        chart = await ada.wait_for(is_chart, LONG_S)
        await ada.wait_for(is_remark, LONG_S, after=chart.id)
        assert [is_chart(message) for message in await settled(ada)] == [True, False]


async def test_an_orderly_stop_costs_a_clip_none_of_its_attempts(sandbox: Sandbox, tmp_path: Path) -> None:
    await sent_clip(sandbox.user(1001))
    for _ in range(4):
        closed = GatedExecutor()
        async with living(sandbox, tmp_path, closed) as house:
            await before(closed)
            (job,) = await jobs_of(house.services.store, 1001)
            assert (job.state, job.attempts) == (JobState.RUNNING, 1)


async def test_a_clip_on_its_way_down_is_fetched_again(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    ada = sandbox.user(1001)
    sandbox.fail(Fault("hang", "download"))
    async with living(sandbox, tmp_path, executor):
        await sent_clip(ada)
        await ada.until(lambda: sandbox.calls_of("getFile") or None, LONG_S, "no download began")
    assert executor.tasks == []
    async with living(sandbox, tmp_path, executor):
        await ada.wait_for(is_chart, LONG_S)
        await settled(ada)
    assert len(charts(ada)) == 1
    assert clips_left(tmp_path) == []


async def test_a_measured_clip_that_was_not_answered_is_answered_from_its_stored_track(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    ada = sandbox.user(1001)
    sandbox.fail(Fault("hang", "sendPhoto", hang_s=2.0))
    async with living(sandbox, tmp_path, executor):
        await sent_clip(ada)
        await ada.until(lambda: "upload_photo" in ada.actions or None, LONG_S, "no chart was on its way")
        assert charts(ada) == []
    async with living(sandbox, tmp_path, executor) as house:
        await ada.wait_for(is_chart, LONG_S)
        await settled(ada)
        assert await jobs_are_answered(house)
    assert len(charts(ada)) == 1
    assert [type(task) for task in executor.tasks] in ([AnalyzeClip, Recount], [AnalyzeClip])
    assert clips_left(tmp_path) == []


async def test_a_process_that_was_killed_leaves_nothing_and_loses_nothing(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    """What stands on the disk in the middle of an analysis is all that a killed process leaves."""
    ada, closed, killed = sandbox.user(1001), GatedExecutor(), tmp_path / "killed"
    async with living(sandbox, tmp_path, closed) as house:
        await sent_clip(ada)
        await before(closed)
        left_behind(house.settings.data_dir, killed)
        (job,) = await jobs_of(house.services.store, 1001)
        assert job.state == JobState.RUNNING
    assert len(clips_left(killed)) == 1
    async with living(sandbox, killed, executor) as house:
        await ada.wait_for(is_chart, LONG_S)
        await settled(ada)
        assert await jobs_are_answered(house)
    assert len(charts(ada)) == 1
    assert clips_left(killed) == []


def left_behind(data_dir: Path, copy: Path) -> None:
    """The database and the clips as they are now stand in `copy`."""
    (copy / "clips").mkdir(parents=True)
    for clip in (data_dir / "clips").iterdir():
        (copy / "clips" / clip.name).write_bytes(clip.read_bytes())
    with (
        closing(sqlite3.connect(data_dir / "spotter.sqlite3")) as now,
        closing(sqlite3.connect(copy / "spotter.sqlite3")) as then,
    ):
        now.backup(then)


async def test_a_clip_that_took_the_process_down_three_times_is_set_aside(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    ada, closed = sandbox.user(1001), GatedExecutor()
    async with living(sandbox, tmp_path, closed) as house:
        await sent_clip(ada)
        await before(closed)
        left_behind(house.settings.data_dir, tmp_path / "1")
    for attempt in (1, 2):
        again = GatedExecutor()
        async with living(sandbox, tmp_path / str(attempt), again) as house:
            await before(again)
            left_behind(house.settings.data_dir, tmp_path / str(attempt + 1))
    async with living(sandbox, tmp_path / "3", executor):
        await ada.wait_for("three times", LONG_S)
        assert len(await settled(ada)) <= 2
        assert executor.tasks == []
        await chart_of(house)


async def test_a_clip_whose_worker_was_killed_is_analysed_again_and_answered_once(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    """By the machine that ran out of memory, say: nothing is wrong with the clip."""
    ada, lives = sandbox.user(1001), iter((WorkerDied("killed"), None))
    executor = ScriptedExecutor(_dying(lives))
    async with living(sandbox, tmp_path, executor):
        await sent_clip(ada)
        await ada.wait_for(is_remark, LONG_S)
        assert [is_chart(message) for message in await settled(ada)] == [True, False]
    assert len(executor.tasks) == 2


async def test_a_clip_that_kills_every_worker_is_set_aside(sandbox: Sandbox, tmp_path: Path) -> None:
    ada, executor = sandbox.user(1001), ScriptedExecutor(_dying(itertools.repeat(WorkerDied("killed"))))
    async with living(sandbox, tmp_path, executor):
        await sent_clip(ada)
        await ada.wait_for("three times", LONG_S)
        assert len(await settled(ada)) == 1
    assert len(executor.tasks) == MAX_ATTEMPTS


def _dying(lives: Iterator[WorkerDied | None]) -> Answer:
    def answer(task: Task) -> Result:
        death = next(lives) if isinstance(task, AnalyzeClip) else None
        if death:
            raise death
        return measured()(task)

    return answer


async def test_talk_reminders_and_buttons_survive(sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor) -> None:
    ada = sandbox.user(1001)
    async with living(sandbox, tmp_path, executor) as house:
        chart = await chart_of(house)
        remark = await ada.wait_for(is_remark, LONG_S, after=chart.id)
        asked = await ada.send_text("How was my tempo?")
        await ada.wait_for(is_remark, LONG_S, after=max(asked.id, remark.id))
        await ada.send_text("/remind mon wed 18:00")
        await ada.wait_for("Mon, Wed 18:00", LONG_S)
    async with living(sandbox, tmp_path, executor) as house:
        listed = await ada.send_text("/reminders")
        await ada.wait_for("Mon, Wed 18:00", LONG_S, after=listed.id)
        said = [turn.text for turn in await house.services.store.talk.turns_in_steps(1001, 10, 1)]
        assert len(said) == 3
        assert "How was my tempo?" in said
        await ada.press(chart, "Fix the count")
        offered = await ada.wait_for(lambda message: any(row[0].data.startswith("reps:") for row in message.buttons))
        await ada.press(offered, "6")
        await ada.wait_for("Your count: 6", LONG_S)
    assert len(charts(ada)) == 1


async def test_what_was_sent_while_the_bot_was_away_is_answered(
    sandbox: Sandbox, tmp_path: Path, executor: ScriptedExecutor
) -> None:
    ada = sandbox.user(1001)
    async with living(sandbox, tmp_path, executor):
        await ada.send_text("/help")
        await ada.wait_for("Send me", LONG_S)
    sent = await sent_clip(ada)
    await ada.send_text("/history")
    async with living(sandbox, tmp_path, executor):
        await ada.wait_for(is_chart, LONG_S, after=sent.id)
        await ada.wait_for(lambda message: "sets" in message.text, LONG_S, after=sent.id)
