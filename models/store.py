"""What is remembered, behind one door: `async with open_store(url) as store`, then one method per use case.

    store.account     who the user is, what they set; export and erasure
    store.jobs        the durable queue of clips, photos and logs
    store.sets        analysed sets, corrections, bests
    store.removed     a deleted set, and how it comes back
    store.talk        the conversation and lasting facts
    store.reminders   reminders, weekly or for once

Every method that takes `user_id` sees that user's rows alone: another's id gives None, False or nothing.
Rows come back detached: reading them is free, changing them changes nothing that is stored.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from models.account import Accounts
from models.database import Clock, Database, make_engine
from models.jobs import Jobs
from models.migrate import migrate
from models.reminders import Reminders
from models.removed import Removed
from models.sets import Sets
from models.talk import Talk


@dataclass(frozen=True, slots=True)
class Store:
    """The use cases by subject, over one database."""

    account: Accounts
    jobs: Jobs
    sets: Sets
    removed: Removed
    talk: Talk
    reminders: Reminders


def utc_now() -> datetime:
    """Now, with its zone."""
    return datetime.now(UTC)


@asynccontextmanager
async def open_store(url: str, now: Clock = utc_now) -> AsyncIterator[Store]:
    """A store whose schema is the newest; every connection is closed when the block ends.

    url: `sqlite+aiosqlite:///path` (the folder must exist) or `postgresql+asyncpg://…`.
    """
    await migrate(url)
    engine = make_engine(url)
    try:
        yield _store(Database(engine, now))
    finally:
        await engine.dispose()


def _store(database: Database) -> Store:
    return Store(
        Accounts(database), Jobs(database), Sets(database), Removed(database), Talk(database), Reminders(database)
    )
