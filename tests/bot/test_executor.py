"""The worker pool: answers, progress, deadline, memory, dead processes; afterwards it always works again."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from bot.executor_errors import DeadlineExceeded, ExecutorError, MemoryExceeded, WorkerBroken
from bot.tasks import AnalyzeClip, WorkerOptions
from bot.workers.executor import Limits, WorkerPool
from pipeline.errors import NobodyInView
from pipeline.video.decode import Sampling
from tests.bot.phone import eventually
from tests.bot.workers import obedient

OPTIONS = WorkerOptions(Path("unused"), Sampling(), Path("unused"))
LIMITS = Limits(deadline_s=60.0, memory_limit_mb=350, start_s=60)
SOON = replace(LIMITS, deadline_s=3.0)  # an echo takes milliseconds


@pytest.fixture
async def pool() -> AsyncIterator[WorkerPool]:
    async with WorkerPool(OPTIONS, LIMITS, 1, obedient) as pool:
        yield pool


async def ask(pool: WorkerPool, name: str) -> object:
    return await pool.run(AnalyzeClip(Path("clip.mp4"), name, "en"), lambda _: None)


async def pid_of(pool: WorkerPool) -> int:
    told = await ask(pool, "echo")
    assert isinstance(told, bytes)
    return int(told)


async def test_an_outcome_and_its_progress_come_back(pool: WorkerPool) -> None:
    told: list[float] = []
    outcome = await pool.run(AnalyzeClip(Path("clip.mp4"), "echo", "en"), told.append)
    await eventually(lambda: bool(told), "its progress")
    assert isinstance(outcome, bytes)
    assert told == [0.5]


async def test_a_worker_is_kept_warm_and_survives_a_refusal(pool: WorkerPool) -> None:
    first = await ask(pool, "echo")
    with pytest.raises(NobodyInView) as refused:
        await ask(pool, "refuse")
    assert refused.value.facts == {"seen_share": 0.0}
    assert await ask(pool, "echo") == first


async def test_whatever_one_task_does_the_next_is_answered(pool: WorkerPool) -> None:
    faults: dict[str, type[ExecutorError]] = {"defect": WorkerBroken, "swell": MemoryExceeded, "die": WorkerBroken}
    for name, error in faults.items():
        with pytest.raises(error):
            await ask(pool, name)
    assert isinstance(await ask(pool, "echo"), bytes)


async def test_a_worker_that_died_while_it_waited_costs_no_task(pool: WorkerPool) -> None:
    pid = await pid_of(pool)
    os.kill(pid, signal.SIGKILL)
    await eventually(lambda: psutil.Process(pid).status() == psutil.STATUS_ZOMBIE, "its end")
    assert await pid_of(pool) != pid


async def test_what_takes_too_long_is_ended_and_the_next_is_answered() -> None:
    async with WorkerPool(OPTIONS, SOON, 1, obedient) as pool:
        with pytest.raises(DeadlineExceeded):
            await ask(pool, "hang")
        assert isinstance(await ask(pool, "echo"), bytes)


async def test_a_cancelled_task_frees_its_worker(pool: WorkerPool) -> None:
    told: list[float] = []
    task = asyncio.create_task(pool.run(AnalyzeClip(Path("clip.mp4"), "hang", "en"), told.append))
    await eventually(lambda: bool(told), "it has reached its worker")
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert isinstance(await ask(pool, "echo"), bytes)


async def test_no_process_outlives_the_pool() -> None:
    async with WorkerPool(OPTIONS, LIMITS, 2, obedient) as pool:
        pid = await pid_of(pool)
        assert psutil.pid_exists(pid)
    assert not psutil.pid_exists(pid)
