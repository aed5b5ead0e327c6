"""What was said, and the lasting facts learned from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import delete, func
from sqlmodel import col, select

from models.database import Database
from models.tables import Fact, Turn, User, WorkoutSet

Role = Literal["user", "coach"]
Voice = Literal["rules", "model"]


@dataclass(frozen=True, slots=True)
class Talk:
    """Use cases of the conversation; all of them see one user's rows."""

    database: Database

    async def add_turn(
        self, user_id: int, role: Role, text: str, *, voice: Voice | None = None, set_id: int | None = None
    ) -> Turn | None:
        """The turn is remembered, about that set where one is named that still is the user's; None where the user has
        erased everything meanwhile. voice: who of the two coaches spoke."""
        turn = Turn(user_id=user_id, set_id=set_id, role=role, voice=voice, text=text, created_at=self.database.now())
        async with self.database.write() as session:
            if await session.get(User, user_id) is None:
                return None
            known = select(WorkoutSet.id).where(WorkoutSet.user_id == user_id, WorkoutSet.id == set_id)
            turn.set_id = (await session.exec(known)).first()
            session.add(turn)
        return turn

    async def turns_in_steps(self, user_id: int, limit: int, step: int) -> list[Turn]:
        """The user's newest turns, at most `limit`; which of them is the first changes only with every `step` turns.

        What is made of them then begins alike from one question to the next, and a model that has read it keeps it.
        """
        async with self.database.read() as session:
            mine = select(Turn).where(Turn.user_id == user_id)
            total = (await session.exec(select(func.count()).select_from(mine.subquery()))).one()
            left_out = max(0, -(-(total - limit) // step) * step)
            return list((await session.exec(mine.order_by(col(Turn.id)).offset(left_out))).all())

    async def add_fact(self, user_id: int, kind: str, text: str, *, instead: bool = False) -> Fact:
        """The fact is remembered once, `instead` of what was known of its kind."""
        fact = Fact(user_id=user_id, kind=kind, text=text, created_at=self.database.now())
        of_kind = [col(Fact.user_id) == user_id, col(Fact.kind) == kind]
        async with self.database.write() as session:
            await session.exec(delete(Fact).where(*of_kind, *(() if instead else (col(Fact.text) == text,))))
            session.add(fact)
        return fact

    async def drop_fact(self, user_id: int, kind: str, text: str) -> bool:
        """That fact is gone; False where it was not known."""
        async with self.database.write() as session:
            mine = delete(Fact).where(col(Fact.user_id) == user_id, col(Fact.kind) == kind, col(Fact.text) == text)
            return (await session.exec(mine)).rowcount > 0

    async def facts_of(self, user_id: int) -> list[Fact]:
        """The user's facts, oldest first."""
        async with self.database.read() as session:
            return list((await session.exec(select(Fact).where(Fact.user_id == user_id).order_by(col(Fact.id)))).all())

    async def remove_fact(self, user_id: int, fact_id: int) -> bool:
        """The fact is gone; False where the user has no such fact."""
        async with self.database.write() as session:
            mine = delete(Fact).where(col(Fact.user_id) == user_id, col(Fact.id) == fact_id)
            return (await session.exec(mine)).rowcount > 0
