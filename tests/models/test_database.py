from __future__ import annotations

import asyncio
import os
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import StatementError

from models.database import BUSY_TIMEOUT_MS, make_engine
from models.store import Store, open_store
from tests.models.people import MIA, NOON, jobs_of, sent, squats, trained


async def test_sqlite_runs_as_it_is_meant_to(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}")
    wanted = {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": BUSY_TIMEOUT_MS,
        "synchronous": 1,
        "secure_delete": 1,
    }
    async with engine.connect() as connection:
        found = {name: (await connection.execute(text(f"PRAGMA {name}"))).scalar() for name in wanted}
    await engine.dispose()
    assert found == wanted


async def test_a_time_without_a_zone_is_refused(store: Store) -> None:
    with pytest.raises(StatementError, match="needs a zone"):
        await trained(store, MIA, 1, squats(at=NOON.replace(tzinfo=None)))


async def test_a_write_that_raises_leaves_nothing_behind(store: Store) -> None:
    await sent(store, MIA, 1)
    job = await store.jobs.claim_next()
    assert job is not None
    with pytest.raises(StatementError):
        await store.sets.save(job.id, [squats(), squats(at=datetime(2026, 3, 2))])  # noqa: DTZ001  (that is the point)
    assert [(row.state) for row in await jobs_of(store, MIA)] == ["running"]
    assert await store.sets.of_job(job.id) == []


async def test_many_writers_and_readers_at_once_all_get_through(store: Store) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    writes = [store.talk.add_fact(MIA, "goal", str(number)) for number in range(40)]
    reads = [store.talk.facts_of(MIA) for _ in range(40)]
    await asyncio.gather(*writes, *reads)
    assert sorted(int(fact.text) for fact in await store.talk.facts_of(MIA)) == list(range(40))


async def test_two_bots_on_one_database_share_the_queue(url: str) -> None:
    async with open_store(url) as one, open_store(url) as other:
        for message in range(6):
            await sent(one, MIA, message)
        claims = await asyncio.gather(*(store.jobs.claim_next() for store in (one, other) * 4))
        assert sorted(job.message_id for job in claims if job) == list(range(6))


@pytest.mark.skipif(
    "SPOTTER_TEST_POSTGRES_URL" not in os.environ,
    reason="SPOTTER_TEST_POSTGRES_URL is not set: these tests ran on SQLite only",
)
async def test_postgresql_holds_what_sqlite_holds(url: str) -> None:
    async with open_store(url) as store:
        saved = await trained(store, MIA, 1)
        assert await store.sets.latest_set(MIA) == saved
