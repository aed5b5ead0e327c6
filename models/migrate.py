"""The schema is brought to the newest revision at start; the revisions lie in the `migrations` package."""

from __future__ import annotations

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config

import migrations


def alembic_config(url: str) -> Config:
    """Alembic's configuration for that database, the same from any current directory."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    return config


async def migrate(url: str, revision: str = "head") -> None:
    """The database has the schema of `revision`; rows are kept. Works in a thread, so the event loop stays free."""
    await asyncio.to_thread(command.upgrade, alembic_config(url), revision)
