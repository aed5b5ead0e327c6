"""A deleted set leaves every other table at once, and may be brought back as it was for `KEPT`; then it is gone.

While it can come back it stands in one row of its own: whatever lists, counts, compares or exports sets sees nothing
of it, without having to know of deletion. `forget_user` erases that row with all the others.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete
from sqlmodel import SQLModel, col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.database import Database
from models.tables import Job, RemovedSet, Track, Turn, WorkoutSet

KEPT: Final = timedelta(minutes=10)  # long enough to notice a slip, short enough to call it deleted; the house's value
PACKED: Final[dict[str, type[SQLModel]]] = {"jobs": Job, "sets": WorkoutSet, "turns": Turn}  # parents first


@dataclass(frozen=True, slots=True)
class Removed:
    """Use cases of deletion. All but `purge`, which is housekeeping's, see one user's rows."""

    database: Database

    async def remove(self, user_id: int, set_id: int) -> WorkoutSet | None:
        """The set is deleted, with its track, what was said of it, and its job where that has no other set; returned is
        what it was, None where the user has no such set (any more)."""
        async with self.database.write() as session:
            mine = select(WorkoutSet).where(col(WorkoutSet.user_id) == user_id, col(WorkoutSet.id) == set_id)
            gone = (await session.exec(mine)).first()
            if gone is None:
                return None
            session.add(await _packed(session, gone, self.database.now()))
            for table in (Turn, Track):
                await session.exec(delete(table).where(col(table.user_id) == user_id, col(table.set_id) == set_id))
            await session.exec(delete(WorkoutSet).where(col(WorkoutSet.id) == set_id))
            beside = select(WorkoutSet.id).where(col(WorkoutSet.job_id) == gone.job_id)
            if (await session.exec(beside)).first() is None:
                await session.exec(delete(Job).where(col(Job.user_id) == user_id, col(Job.id) == gone.job_id))
        await self.database.scrub()
        return gone

    async def bring_back(self, user_id: int, set_id: int | None = None) -> WorkoutSet | None:
        """The user's deleted set, the one deleted last where none is named, stands again as it was; None where there is
        none, or where it was deleted longer than KEPT ago."""
        newer = col(RemovedSet.removed_at) > self.database.now() - KEPT
        which = (newer,) if set_id is None else (newer, col(RemovedSet.set_id) == set_id)
        mine = select(RemovedSet).where(col(RemovedSet.user_id) == user_id, *which)
        newest = mine.order_by(col(RemovedSet.removed_at).desc(), col(RemovedSet.set_id).desc())
        async with self.database.write() as session:
            kept = (await session.exec(newest.with_for_update())).first()
            if kept is None:
                return None
            restored = await _unpacked(session, kept)
            await session.delete(kept)
        return restored

    async def purge(self) -> int:
        """What was deleted longer than KEPT ago is gone for good; returned is how many sets went."""
        late = col(RemovedSet.removed_at) <= self.database.now() - KEPT
        async with self.database.write() as session:
            gone: int = (await session.exec(delete(RemovedSet).where(late))).rowcount
        if gone:
            await self.database.scrub()
        return gone


async def _packed(session: AsyncSession, gone: WorkoutSet, removed_at: datetime) -> RemovedSet:
    """All that goes with the set. Its job is packed even where it stays for now: its other sets may go before it."""
    of_job = (col(Job.id) == gone.job_id) | (col(Job.part_of) == gone.job_id)
    rows: dict[str, Sequence[SQLModel]] = {
        "jobs": (await session.exec(select(Job).where(of_job).order_by(col(Job.id)))).all(),
        "sets": (gone,),
        "turns": (await session.exec(select(Turn).where(Turn.set_id == gone.id).order_by(col(Turn.id)))).all(),
    }
    packed = json.dumps({name: [row.model_dump(mode="json") for row in of] for name, of in rows.items()})
    track = (await session.exec(select(Track.data).where(Track.set_id == gone.id))).first()
    return RemovedSet(set_id=gone.id, user_id=gone.user_id, removed_at=removed_at, rows=packed, track=track)


async def _unpacked(session: AsyncSession, kept: RemovedSet) -> WorkoutSet:
    """The rows stand where they stood, under the ids they had: no id is ever given twice."""
    rows: dict[str, list[dict[str, Any]]] = json.loads(kept.rows)
    (restored,) = (WorkoutSet.model_validate(row) for row in rows["sets"])
    if await session.get(Job, restored.job_id) is not None:
        del rows["jobs"]
    for name, table in PACKED.items():
        session.add_all(restored if name == "sets" else table.model_validate(row) for row in rows.get(name, ()))
        await session.flush()
    if kept.track is not None:
        session.add(Track(set_id=kept.set_id, user_id=kept.user_id, data=kept.track))
    return restored
