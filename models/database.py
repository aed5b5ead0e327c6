"""One engine, two kinds of transaction: reads that never wait, writes that take their turn.

SQLite runs in WAL with foreign keys on. A write begins IMMEDIATE: a transaction that reads first and writes later would
otherwise fail at once with "database is locked" when another has written meanwhile, whatever the busy timeout.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker, create_async_engine
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel.ext.asyncio.session import AsyncSession

Clock = Callable[[], datetime]

BUSY_TIMEOUT_MS = 10_000  # a write waits this long for another process (a backup, a shell) before it gives up

PRAGMAS = {
    "journal_mode": "WAL",
    "synchronous": "NORMAL",
    "busy_timeout": str(BUSY_TIMEOUT_MS),
    "secure_delete": "ON",  # /forget overwrites what it deletes
}


@dataclass(frozen=True, slots=True)
class Database:
    """The engine, and the clock that stamps rows."""

    engine: AsyncEngine
    now: Clock

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session for reading; its rows stay usable after it closes."""
        return async_sessionmaker(self.engine, class_=AsyncSession, expire_on_commit=False)()

    def write(self) -> AbstractAsyncContextManager[AsyncSession]:
        """A session inside one write transaction: committed at the end of the block, rolled back on an exception."""
        engine = self.engine.execution_options(sqlite_begin="IMMEDIATE")
        return async_sessionmaker(engine, class_=AsyncSession, expire_on_commit=False).begin()

    async def scrub(self) -> None:
        """What was deleted is gone from the write-ahead log too (SQLite; elsewhere nothing happens)."""
        if self.engine.dialect.name == "sqlite":
            async with self.engine.connect() as connection:
                raw = await connection.get_raw_connection()
                await raw.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]


def make_engine(url: str, foreign_keys: Literal["ON", "OFF"] = "ON") -> AsyncEngine:
    """An engine for `sqlite+aiosqlite://…` or `postgresql+asyncpg://…`; the caller disposes of it.

    foreign_keys "OFF" is for migrations: SQLite alters a table by copying and dropping it, and a drop cascades.
    """
    engine = create_async_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", _pragmas({**PRAGMAS, "foreign_keys": foreign_keys}))
        event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _pragmas(pragmas: dict[str, str]) -> Callable[[Any, ConnectionPoolEntry], None]:
    def apply(connection: Any, record: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # the driver begins nothing by itself: `_begin` does
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    return apply


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")
