"""Who the user is, what they set, and their right to all of it: the export and the erasure."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import delete, inspect, update
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.database import Database
from models.tables import Fact, Job, Reminder, RemovedSet, Track, Turn, User, WorkoutSet

Language = Literal["en", "ko"]
Units = Literal["kg", "lb"]

OWNED: dict[str, Any] = {  # children first, so that they can be erased in this order
    "turns": Turn,
    "tracks": Track,
    "sets": WorkoutSet,
    "jobs": Job,
    "facts": Fact,
    "reminders": Reminder,
    "removed": RemovedSet,
}


@dataclass(frozen=True, slots=True)
class Export:
    """Everything of one user: `rows` by subject, ready for json.dumps; `tracks` by set id, packed."""

    rows: dict[str, list[dict[str, Any]]]
    tracks: dict[int, bytes]


@dataclass(frozen=True, slots=True)
class Accounts:
    """Use cases of the account; all of them see one user's rows."""

    database: Database

    async def meet(self, user_id: int, chat_id: int, first_name: str, language: Language = "en") -> User:
        """The user has an account, with the chat and name of now; language is taken at the first meeting only."""
        async with self.database.write() as session:
            if user := await session.get(User, user_id):
                user.chat_id, user.first_name = chat_id, first_name
                return user
            now = self.database.now()
            user = User(id=user_id, chat_id=chat_id, first_name=first_name, language=language, created_at=now)
            session.add(user)
        return user

    async def user(self, user_id: int) -> User | None:
        """The account, None where the user is unknown."""
        async with self.database.read() as session:
            return await session.get(User, user_id)

    async def set_language(self, user_id: int, language: Language) -> User | None:
        """The user is answered in that language."""
        return await self._set(user_id, language=language)

    async def set_units(self, user_id: int, units: Units) -> User | None:
        """Weights are shown in those units, and the question is not put again."""
        return await self._set(user_id, units=units, asked_units=True)

    async def guess_units(self, user_id: int, units: Units) -> User | None:
        """Weights are shown in those units until the user chooses; None where they have chosen."""
        return await self._set(user_id, units=units, only_if=col(User.asked_units).is_(False))

    async def set_time_zone(self, user_id: int, time_zone: str) -> User | None:
        """Local times are those of that IANA zone, and the question is not put again."""
        return await self._set(user_id, time_zone=time_zone, asked_time_zone=True)

    async def export_user(self, user_id: int) -> Export:
        """All that is remembered of the user; what they deleted is not shown again, though it may still come back."""
        async with self.database.read() as session:
            found = {"account": await _rows(session, User, col(User.id) == user_id)}
            for subject, table in OWNED.items():
                if table is not RemovedSet:
                    found[subject] = await _rows(session, table, table.user_id == user_id)
        tracks = {track.set_id: track.data for track in found.pop("tracks")}
        plain = await asyncio.to_thread(lambda: {subject: [*map(_plain, rows)] for subject, rows in found.items()})
        return Export(plain, tracks)

    async def forget_user(self, user_id: int) -> dict[str, int]:
        """Nothing of the user is left, running jobs included; returned is how many rows of each subject went."""
        gone: dict[str, int] = {}
        async with self.database.write() as session:
            for subject, table in OWNED.items():
                gone[subject] = (await session.exec(delete(table).where(table.user_id == user_id))).rowcount
            gone["account"] = (await session.exec(delete(User).where(col(User.id) == user_id))).rowcount
        await self.database.scrub()
        return gone

    async def _set(self, user_id: int, only_if: Any = True, **values: Any) -> User | None:
        async with self.database.write() as session:
            changed = update(User).where(col(User.id) == user_id, only_if).values(**values).returning(User)
            return (await session.exec(changed)).scalars().first()


async def _rows(session: AsyncSession, table: type[SQLModel], which: Any) -> list[Any]:
    oldest_first = select(table).where(which).order_by(*inspect(table).primary_key)
    return list((await session.exec(oldest_first)).all())


def _plain(row: SQLModel) -> dict[str, Any]:
    dumped = row.model_dump(mode="json")
    plain = {name: dumped[name] for name in type(row).model_fields}  # in the order of the table, not of loading
    return {**plain, "report": json.loads(plain["report"])} if "report" in plain else plain
