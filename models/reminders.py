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

    async def add(
        self,
        user_id: int,
        chat_id: int,
        weekdays: Iterable[int],
        hour: int,
        minute: int,
        *,
        every_weeks: int = 1,
        every_days: int = 1,
        note: str | None = None,
    ) -> Reminder:
        """The reminder is active. The same twice (a re-delivered update) makes one reminder."""
        bits = sum(1 << day for day in set(weekdays))
        often = {"weekday_bits": bits, "every_weeks": every_weeks, "every_days": every_days}
        return await self._added(user_id, chat_id, **often, hour=hour, minute=minute, note=note)

    async def add_on_day(
        self, user_id: int, chat_id: int, day: date, hour: int, minute: int, note: str | None = None
    ) -> Reminder:
        """One for that local day: active until it has fired. The same twice makes one reminder."""
        when = {"weekday_bits": 0, "once_on": day, "hour": hour, "minute": minute, "note": note}
        return await self._added(user_id, chat_id, **when)

    async def add_at(self, user_id: int, chat_id: int, at: datetime, note: str | None = None) -> Reminder:
        """One for that instant: active until it has fired. The same twice makes one reminder."""
        return await self._added(user_id, chat_id, weekday_bits=0, once_at=at, hour=0, minute=0, note=note)

    async def _added(self, user_id: int, chat_id: int, **told: Any) -> Reminder:
        same = [
            getattr(Reminder, name) == value for name, value in {"user_id": user_id, "chat_id": chat_id, **told}.items()
        ]
        async with self.database.write() as session:
            if earlier := (await session.exec(select(Reminder).where(*same, col(Reminder.active)))).first():
                return earlier
            now = self.database.now()
            added = Reminder(user_id=user_id, chat_id=chat_id, created_at=now, **told)
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

    async def pause(self, user_id: int, until: date | None) -> list[Reminder]:
        """The user's repeated reminders are silent before that local day; None takes them up again. Returned are those
        that this changed."""
        mine = (col(Reminder.user_id) == user_id, col(Reminder.active), col(Reminder.weekday_bits) > 0)
        others = col(Reminder.paused_until).is_distinct_from(until)
        async with self.database.write() as session:
            changed = update(Reminder).where(*mine, others).values(paused_until=until).returning(Reminder)
            return list((await session.exec(changed)).scalars().all())

    async def again(self, user_id: int, reminder_id: int, at: datetime) -> Reminder | None:
        """One for that instant, for what an earlier one was for, though that is over; None where the user has none."""
        async with self.database.read() as session:
            mine = select(Reminder).where(Reminder.id == reminder_id, Reminder.user_id == user_id)
            earlier = (await session.exec(mine)).first()
        return await self.add_at(user_id, earlier.chat_id, at, earlier.note) if earlier else None

    async def mark_fired(self, reminder_id: int, local_day: date, *, keep: bool = True) -> bool:
        """True for the one caller that may send this day's reminder; False once that day (or a later one) was taken.

        To be called before sending: a crash in between loses that one reminder rather than doubling it. One for once
        is over then, and gone where it is not to be kept: a workout may hold twenty rests.
        """
        last = col(Reminder.last_fired_on)
        due = (col(Reminder.id) == reminder_id, col(Reminder.active), or_(last.is_(None), last < local_day))
        async with self.database.write() as session:
            for_once = (*due, col(Reminder.weekday_bits) == 0)
            over = update(Reminder).where(*for_once).values(active=False) if keep else delete(Reminder).where(*for_once)
            if (await session.exec(over)).rowcount:
                return True
            return (await session.exec(update(Reminder).where(*due).values(last_fired_on=local_day))).rowcount > 0
