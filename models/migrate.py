"""The schema is brought to the newest revision at start; the revisions lie in the `migrations` package."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config

import migrations

_ONE_AT_A_TIME = Lock()  # alembic's context is one for the whole process


def alembic_config(url: str) -> Config:
    """Alembic's configuration for that database, the same from any current directory."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    config.attributes["url"] = url
    return config


async def migrate(url: str, revision: str = "head") -> None:
    """The database has the schema of `revision` with its rows kept, or, where a step fails, the one it had before.

    Works in a thread, so the event loop stays free.
    """
    await asyncio.to_thread(_upgrade, alembic_config(url), revision)


def _upgrade(config: Config, revision: str) -> None:
    with _ONE_AT_A_TIME:
        command.upgrade(config, revision)
