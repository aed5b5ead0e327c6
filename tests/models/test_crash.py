"""A bot that is killed without warning: the next one takes up the clip, and analyses no stored set again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models.store import Store, open_store
from tests.models.people import MIA, claimed, sent, squats


async def live_until(store: Store, stage: str) -> None:
    """Nothing returns from here: the process kills itself when the clip has reached that stage."""
    await sent(store, MIA, 1)
    _die_at("sent", stage)
    job = await claimed(store)
    _die_at("claimed", stage)
    await store.sets.save(job.id, [squats(7), squats(8)])
    _die_at("saved", stage)
    await store.jobs.mark_answered(job.id)
    _die_at("answered", stage)


def _die_at(reached: str, stage: str) -> None:
    if reached == stage:
        os.kill(os.getpid(), signal.SIGKILL)


PROGRAM = """
import asyncio, sys
from models.store import open_store
from tests.models.test_crash import live_until

async def main(url, stage):
    async with open_store(url) as store:
        await live_until(store, stage)

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.mark.parametrize(
    ("stage", "requeued", "waiting", "owed"),
    [("sent", 0, 1, 0), ("claimed", 1, 1, 0), ("saved", 0, 0, 1), ("answered", 0, 0, 0)],
)
async def test_a_killed_bot_leaves_exactly_what_is_still_to_do(
    tmp_path: Path, stage: str, requeued: int, waiting: int, owed: int
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}"
    killed = subprocess.run([sys.executable, "-c", PROGRAM, url, stage], cwd=_checkout(), check=False)  # noqa: ASYNC221
    assert killed.returncode == -signal.SIGKILL
    async with open_store(url) as store:
        assert await store.jobs.requeue_running() == requeued
        assert len(await store.jobs.unanswered()) == owed
        assert [job is not None for job in (await store.jobs.claim_next(), await store.jobs.claim_next())] == [
            waiting == 1,
            False,
        ]
        assert [row.reps for row in await store.sets.sets_of(MIA, 5)] == [8, 7] * (stage in ("saved", "answered"))


def _checkout() -> Path:
    return Path(__file__).resolve().parents[2]
