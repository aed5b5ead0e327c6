from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta

from models.store import Store, open_store
from models.tables import Reminder
from tests.models.people import JUN, MIA

TODAY = date(2026, 3, 2)


async def added(store: Store, user_id: int = MIA, hour: int = 18) -> Reminder:
    await store.account.meet(user_id, user_id, "somebody")
    return await store.reminders.add(user_id, user_id, {0, 2, 4}, hour, 30)


async def test_a_reminder_is_there_after_a_restart(url: str) -> None:
    async with open_store(url) as store:
        made = await added(store)
    async with open_store(url) as store:
        (found,) = await store.reminders.active_reminders()
        assert found == made
        assert (sorted(found.weekdays), found.hour, found.minute, found.last_fired_on) == ([0, 2, 4], 18, 30, None)


async def test_the_same_reminder_twice_is_one(store: Store) -> None:
    assert (await added(store)).id == (await added(store)).id
    assert (await added(store, hour=19)).id != (await added(store)).id
    assert len(await store.reminders.reminders_of(MIA)) == 2


async def test_a_cancelled_reminder_is_no_longer_active_and_can_be_made_anew(store: Store) -> None:
    reminder = await added(store)
    assert not await store.reminders.cancel(JUN, reminder.id)
    assert await store.reminders.cancel(MIA, reminder.id)
    assert not await store.reminders.cancel(MIA, reminder.id)
    assert await store.reminders.active_reminders() == []
    assert await store.reminders.reminder(reminder.id) is None
    assert not await store.reminders.mark_fired(reminder.id, TODAY)
    assert (await added(store)).id != reminder.id


async def test_a_day_fires_once_and_never_after_a_later_one(store: Store) -> None:
    reminder = await added(store)
    assert await store.reminders.mark_fired(reminder.id, TODAY)
    assert not await store.reminders.mark_fired(reminder.id, TODAY)
    assert await store.reminders.mark_fired(reminder.id, TODAY + timedelta(days=2))
    assert not await store.reminders.mark_fired(reminder.id, TODAY + timedelta(days=1))
    found = await store.reminders.reminder(reminder.id)
    assert found is not None
    assert found.last_fired_on == TODAY + timedelta(days=2)


async def test_one_for_once_is_over_when_it_has_fired(store: Store) -> None:
    await store.account.meet(MIA, MIA, "somebody")
    at, tomorrow = datetime(2026, 12, 1, 7, tzinfo=UTC), TODAY + timedelta(days=1)
    for _ in range(2):  # the same twice is one
        timer = await store.reminders.add_at(MIA, MIA, at)
        day = await store.reminders.add_on_day(MIA, MIA, tomorrow, 7, 30)
    first, second = await store.reminders.reminders_of(MIA)
    assert (first.id, first.once_at, first.once_on, first.weekdays) == (timer.id, at, None, frozenset())
    assert (second.id, second.once_at, second.once_on, second.hour, second.minute) == (day.id, None, tomorrow, 7, 30)
    for one in (first, second):
        assert await store.reminders.mark_fired(one.id, TODAY)
        assert not await store.reminders.mark_fired(one.id, tomorrow)
    assert await store.reminders.reminders_of(MIA) == []


async def test_of_many_who_would_fire_at_once_one_may(store: Store) -> None:
    reminder = await added(store)
    asked = await asyncio.gather(*(store.reminders.mark_fired(reminder.id, TODAY) for _ in range(8)))
    assert asked.count(True) == 1
