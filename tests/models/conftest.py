"""The real store, migrated, on SQLite in a temporary folder; on PostgreSQL as well where one is named.

SPOTTER_TEST_POSTGRES_URL names it; every test empties that database.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic import command

from models.migrate import alembic_config, migrate
from models.store import Store, open_store
from tests.databases import lay_empty

POSTGRES_URL = os.environ.get("SPOTTER_TEST_POSTGRES_URL")


@dataclass
class SettableClock:
    """Stands still until it is moved."""

    at: datetime = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> SettableClock:
    return SettableClock()


@pytest.fixture(params=["sqlite", *(["postgres"] if POSTGRES_URL else [])])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database without any table."""
    if request.param == "postgres":
        assert POSTGRES_URL
        await migrate(POSTGRES_URL)  # whatever an earlier run left, `downgrade` knows the way from head
        await asyncio.to_thread(command.downgrade, alembic_config(POSTGRES_URL), "base")
        return POSTGRES_URL
    return f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}"


@pytest.fixture
async def store(url: str, clock: SettableClock, tmp_path: Path) -> AsyncIterator[Store]:
    await lay_empty(tmp_path / "spotter.db")
    async with open_store(url, clock) as opened:
        yield opened
