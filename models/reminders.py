"""Reminders, weekly or for once: the table is the truth, the scheduler in memory is rebuilt from it at start."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, or_, update
from sqlmodel import col, select

from models.database import Database
from models.tables import Reminder


@dataclass(frozen=True, slots=True)
class Reminders:
    """Use cases of reminders. Those without `user_id` are the scheduler's: it serves everybody."""

    database: Database

    async def add(self, user_id: int, chat_id: int, weekdays: Iterable[int], hour: int, minute: int) -> Reminder:
        """The reminder is active. The same days and time twice (a re-delivered update) make one reminder."""
        bits = sum(1 << day for day in set(weekdays))
        same = (Reminder.user_id == user_id, Reminder.chat_id == chat_id, Reminder.weekday_bits == bits)
        at = (Reminder.hour == hour, Reminder.minute == minute, col(Reminder.active))
        async with self.database.write() as session:
            if earlier := (await session.exec(select(Reminder).where(*same, *at))).first():
                return earlier
            now = self.database.now()
            added = Reminder(
                user_id=user_id, chat_id=chat_id, weekday_bits=bits, hour=hour, minute=minute, created_at=now
            )
            session.add(added)
        return added

    async def add_on_day(self, user_id: int, chat_id: int, day: date, hour: int, minute: int) -> Reminder:
        """One for that local day: active until it has fired. The same day and time twice make one reminder."""
        return await self._added_once(user_id, chat_id, once_on=day, hour=hour, minute=minute)

    async def add_at(self, user_id: int, chat_id: int, at: datetime) -> Reminder:
        """One for that instant: active until it has fired. The same twice makes one reminder."""
        return await self._added_once(user_id, chat_id, once_at=at, hour=0, minute=0)

    async def _added_once(self, user_id: int, chat_id: int, **when: Any) -> Reminder:
        same = [
            getattr(Reminder, name) == value for name, value in {"user_id": user_id, "chat_id": chat_id, **when}.items()
        ]
        async with self.database.write() as session:
            if earlier := (await session.exec(select(Reminder).where(*same, col(Reminder.active)))).first():
                return earlier
            now = self.database.now()
            added = Reminder(user_id=user_id, chat_id=chat_id, weekday_bits=0, created_at=now, **when)
            session.add(added)
        return added

    async def active_reminders(self) -> list[Reminder]:
        """Everybody's, to be scheduled at start."""
        async with self.database.read() as session:
            return list(
                (await session.exec(select(Reminder).where(col(Reminder.active)).order_by(col(Reminder.id)))).all()
            )

    async def reminder(self, reminder_id: int) -> Reminder | None:
        """That reminder while it is active, None once it is cancelled or its user is gone."""
        async with self.database.read() as session:
            query = select(Reminder).where(Reminder.id == reminder_id, col(Reminder.active))
            return (await session.exec(query)).first()

    async def reminders_of(self, user_id: int) -> list[Reminder]:
        """The user's active reminders, oldest first."""
        mine = select(Reminder).where(Reminder.user_id == user_id, col(Reminder.active))
        async with self.database.read() as session:
            return list((await session.exec(mine.order_by(col(Reminder.id)))).all())

    async def cancel(self, user_id: int, reminder_id: int) -> bool:
        """The reminder is no longer active; False where the user has no such active one."""
        mine = (col(Reminder.user_id) == user_id, col(Reminder.id) == reminder_id, col(Reminder.active))
        async with self.database.write() as session:
            return (await session.exec(update(Reminder).where(*mine).values(active=False))).rowcount > 0

    async def mark_fired(self, reminder_id: int, local_day: date) -> bool:
        """True for the one caller that may send this day's reminder; False once that day (or a later one) was taken.

        To be called before sending: a crash in between loses that one reminder rather than doubling it. One for once
        is gone then: a workout may hold twenty rests.
        """
        last = col(Reminder.last_fired_on)
        due = (col(Reminder.id) == reminder_id, col(Reminder.active), or_(last.is_(None), last < local_day))
        async with self.database.write() as session:
            for_once = delete(Reminder).where(*due, col(Reminder.weekday_bits) == 0)
            if (await session.exec(for_once)).rowcount:
                return True
            return (await session.exec(update(Reminder).where(*due).values(last_fired_on=local_day))).rowcount > 0
