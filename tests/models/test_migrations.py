from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Column, Connection, MetaData, inspect, text
from sqlalchemy.exc import DBAPIError
from sqlmodel import SQLModel

from models.database import make_engine
from models.migrate import alembic_config, migrate
from models.store import Store, open_store
from tests.models.people import trained

# One row for every table of each schema, parents first. A new revision brings its own file.
ROWS = Path(__file__).parent / "rows"


def revisions() -> list[str]:
    script = ScriptDirectory.from_config(alembic_config("sqlite://"))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


async def on(url: str, work: Callable[[Connection], Any]) -> Any:
    engine = make_engine(url)
    try:
        async with engine.begin() as connection:
            return await connection.run_sync(work)
    finally:
        await engine.dispose()


def _fill(revision: str) -> Callable[[Connection], None]:
    rows: dict[str, dict[str, Any]] = json.loads((ROWS / f"{revision}.json").read_text())

    def fill(connection: Connection) -> None:
        old = MetaData()
        old.reflect(connection)
        for name, row in rows.items():
            table = old.tables[name]
            connection.execute(table.insert().values({key: _typed(table.c[key], row[key]) for key in row}))

    return fill


def _typed(column: Column[Any], value: Any) -> Any:
    readers: dict[type, Callable[[Any], Any]] = {bytes: str.encode, datetime: datetime.fromisoformat}
    return readers.get(column.type.python_type, lambda same: same)(value)


def test_every_revision_has_its_rows() -> None:
    assert revisions() == sorted(file.stem for file in ROWS.iterdir())


@pytest.mark.parametrize("revision", revisions())
async def test_rows_of_every_older_schema_are_carried_to_the_newest(url: str, revision: str) -> None:
    await migrate(url, revision)
    await on(url, _fill(revision))
    async with open_store(url) as store:
        assert await _remembered(store) == {
            "account": ["Mia"],
            "jobs": ["f"],
            "sets": ["squat"],
            "turns": ["deep enough?"],
            "facts": ["a pull-up"],
            "reminders": [18],
        }
        assert (await store.account.export_user(7)).tracks == {1: b"packed"}


async def _remembered(store: Store) -> dict[str, list[Any]]:
    telling = {"account": "first_name", "jobs": "file_id", "sets": "measured_exercise"}
    telling |= {"turns": "text", "facts": "text", "reminders": "hour"}
    rows = (await store.account.export_user(7)).rows
    return {subject: [row[column] for row in rows[subject]] for subject, column in telling.items()}


async def test_the_migrated_schema_is_the_one_of_the_tables(url: str) -> None:
    await migrate(url)

    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_server_default": True})
        found: list[Any] = compare_metadata(context, SQLModel.metadata)
        return found

    assert await on(url, differences) == []


async def test_the_way_back_leaves_nothing(url: str) -> None:
    await migrate(url)
    await asyncio.to_thread(command.downgrade, alembic_config(url), "base")
    assert await on(url, lambda connection: inspect(connection).get_table_names()) == ["alembic_version"]


async def test_migrating_again_changes_nothing(url: str) -> None:
    for _ in range(2):
        await migrate(url)
    async with open_store(url) as store:
        assert await store.account.user(7) is None


async def test_an_upgrade_that_fails_leaves_the_schema_as_it_was(url: str) -> None:
    await on(url, lambda connection: connection.execute(text("CREATE TABLE fact (in_the_way INTEGER)")))
    try:
        with pytest.raises(DBAPIError, match="already exists"):
            await migrate(url)
        tables = await on(url, lambda connection: inspect(connection).get_table_names())
        assert set(tables) <= {"fact", "alembic_version"}  # PostgreSQL's was emptied, its version table stays
    finally:
        await on(url, lambda connection: connection.execute(text("DROP TABLE fact")))


async def test_several_may_open_one_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}"
    await asyncio.gather(*(migrate(url) for _ in range(3)))
    async with open_store(url) as store:
        assert await store.account.user(7) is None


async def test_the_revisions_are_found_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "100% odd näme"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with open_store(f"sqlite+aiosqlite:///{folder / 'spotter.db'}") as store:
        assert await store.account.user(7) is None
    assert Path(os.getcwd()) == folder


async def test_a_migration_gives_no_id_twice(tmp_path: Path) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}"
    await migrate(url, "0001")
    await on(url, _fill("0001"))
    await on(url, lambda connection: connection.execute(text("DELETE FROM workout_set")))
    await on(url, lambda connection: connection.execute(text("DELETE FROM job")))
    async with open_store(url) as store:
        saved = await trained(store, 7, 5)
    assert (saved.id, saved.job_id) == (2, 2)
