from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel

from models.account import OWNED
from models.store import Store, open_store
from tests.models.conftest import SettableClock
from tests.models.people import JUN, MIA, claimed, sent, squats, trained


async def full_life(store: Store, user_id: int, secret: str) -> None:
    """Something of the user in every table, with `secret` wherever there is text."""
    removed = await trained(store, user_id, 2)
    await store.talk.add_turn(user_id, "user", secret, set_id=removed.id)
    await store.removed.remove(user_id, removed.id)
    saved = await trained(store, user_id, 1)
    await store.talk.add_turn(user_id, "user", secret, set_id=saved.id)
    await store.talk.add_fact(user_id, "goal", secret)
    await store.reminders.add(user_id, user_id, {0}, 18, 0)


async def test_a_second_meeting_keeps_what_was_set(store: Store, clock: SettableClock) -> None:
    first = await store.account.meet(MIA, 10, "Mia", "ko")
    assert (first.units, first.time_zone, first.asked_units, first.asked_time_zone) == ("kg", "UTC", False, False)
    await store.account.set_units(MIA, "lb")
    await store.account.set_time_zone(MIA, "Asia/Seoul")
    clock.forward(3600)
    again = await store.account.meet(MIA, 11, "Mia K.", "en")
    assert (again.chat_id, again.first_name, again.language) == (11, "Mia K.", "ko")
    assert (again.units, again.time_zone, again.asked_units, again.asked_time_zone) == ("lb", "Asia/Seoul", True, True)
    assert again.created_at == first.created_at
    assert await store.account.user(MIA) == again


async def test_settings_hold_and_a_stranger_has_none(store: Store) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    korean = await store.account.set_language(MIA, "ko")
    assert korean is not None
    assert korean.language == "ko"
    pounds = await store.account.set_units(MIA, "lb")
    assert pounds is not None
    assert (pounds.asked_units, pounds.asked_time_zone, pounds.units) == (True, False, "lb")
    assert await store.account.user(JUN) is None
    assert await store.account.set_units(JUN, "lb") is None


async def test_units_are_guessed_until_they_are_chosen(store: Store) -> None:
    await store.account.meet(MIA, MIA, "Mia")
    guessed = await store.account.guess_units(MIA, "lb")
    assert guessed is not None
    assert (guessed.units, guessed.asked_units) == ("lb", False)
    await store.account.set_units(MIA, "kg")
    assert await store.account.guess_units(MIA, "lb") is None
    chosen = await store.account.user(MIA)
    assert chosen is not None
    assert chosen.units == "kg"


async def test_the_export_holds_every_table_and_can_be_written_as_json(store: Store) -> None:
    await full_life(store, MIA, "my secret")
    export = await store.account.export_user(MIA)
    counts = {subject: len(rows) for subject, rows in export.rows.items()}
    assert counts == {"account": 1, "turns": 1, "sets": 1, "jobs": 1, "facts": 1, "reminders": 1}
    assert list(export.tracks.values()) == [b"packed"]
    assert export.rows["sets"][0]["report"] == {"schema": 1}
    assert json.loads(json.dumps(export.rows)) == export.rows


async def test_what_is_forgotten_is_counted_and_gone_and_others_stay(store: Store) -> None:
    await full_life(store, MIA, "hers")
    await full_life(store, JUN, "his")
    others = await store.account.export_user(JUN)
    gone = await store.account.forget_user(MIA)
    assert gone == dict.fromkeys(("turns", "tracks", "sets", "jobs", "facts", "reminders", "removed", "account"), 1)
    after = await store.account.export_user(MIA)
    assert not any(after.rows.values())
    assert after.tracks == {}
    assert await store.account.export_user(JUN) == others


async def test_no_row_is_without_an_owner(store: Store) -> None:
    with pytest.raises(IntegrityError):
        await store.talk.add_fact(MIA, "goal", "of somebody without an account")


async def test_a_running_job_is_forgotten_too(store: Store) -> None:
    await sent(store, MIA, 1)
    job = await claimed(store)
    assert (await store.account.forget_user(MIA))["jobs"] == 1
    assert not await store.jobs.finish(job.id)
    assert await store.sets.save(job.id, [squats()]) == []


def files_with(secret: str, folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if secret.encode() in file.read_bytes()]


async def test_forgotten_words_are_not_left_in_the_files(tmp_path: Path) -> None:
    secret = "marmalade-under-the-stairs"
    async with open_store(f"sqlite+aiosqlite:///{tmp_path / 'spotter.db'}") as store:
        await full_life(store, MIA, secret)
        assert files_with(secret, tmp_path)
        await store.account.forget_user(MIA)
        assert files_with(secret, tmp_path) == []


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_every_table_is_exported_and_erased_with_its_owner(name: str) -> None:
    owned = {table.__tablename__ for table in OWNED.values()}
    table = SQLModel.metadata.tables[name]
    assert name == "account" or (name in owned and "user_id" in table.columns)
