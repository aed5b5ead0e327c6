"""Alembic's entry: upgrades over the same asynchronous URL as the store, with SQLite's foreign keys off meanwhile.

By hand (`alembic revision --autogenerate`, `alembic current`) the database is that of SPOTTER_DATABASE_URL.
"""

from __future__ import annotations

import asyncio
import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from models import tables
from models.database import make_engine


def _rendered(kind: str, item: object, autogen: object) -> str | Literal[False]:
    if kind == "type" and isinstance(item, tables.UtcDateTime):
        return "sa.DateTime(timezone=True)"  # a revision must not change when the tables' module does
    return False


def _upgrade(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=SQLModel.metadata,
        render_as_batch=True,
        render_item=_rendered,
    )
    with context.begin_transaction():
        context.run_migrations()


async def _run() -> None:
    url = context.config.attributes.get("url") or os.environ["SPOTTER_DATABASE_URL"]
    engine = make_engine(url, foreign_keys="OFF").execution_options(sqlite_begin="IMMEDIATE")
    try:
        async with engine.connect() as connection:
            await connection.run_sync(_upgrade)
            await connection.commit()  # of all steps or none: on SQLite alembic itself begins no transaction
    finally:
        await engine.dispose()


asyncio.run(_run())
