"""A new SQLite database with the newest schema: migrated once a test process, and copied. Migrating takes a third of a
second, and hundreds of tests begin with an empty store; that it works is what tests/models/test_migrations.py is for.
"""

from __future__ import annotations

import asyncio
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from alembic import command

from models.migrate import alembic_config


async def lay_empty(path: Path) -> None:
    """An empty database of the newest schema lies at `path`, unless there is one already."""
    await asyncio.to_thread(_lay, path)


def _lay(path: Path) -> None:
    if not path.exists():
        path.write_bytes(_newest())


@cache
def _newest() -> bytes:
    with TemporaryDirectory() as folder:
        made = Path(folder) / "empty.sqlite3"
        command.upgrade(alembic_config(f"sqlite+aiosqlite:///{made}"), "head")
        return made.read_bytes()
