"""Users and what they do, in as few words as a test can bear."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import col, select

from models.arrival import Arrival
from models.sets import NewSet
from models.store import Store
from models.tables import Job, WorkoutSet

MIA, JUN = 5_000_000_001, 5_000_000_002  # beyond 32 bits, as Telegram's ids are
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def clip(user_id: int, message_id: int, file_unique_id: str = "u") -> Arrival:
    return Arrival(user_id, user_id, message_id, "clip", "file", file_unique_id, "squat.mp4", 1_000_000)


def squats(reps: int = 5, *, exercise: str = "squat", at: datetime = NOON, hold_s: float | None = None) -> NewSet:
    return NewSet(exercise, reps, hold_s, '{"schema": 1}', at, track=b"packed")


async def sent(store: Store, user_id: int, message_id: int) -> Job:
    """The job of a clip that the user, met here, has just sent."""
    await store.account.meet(user_id, user_id, f"user {user_id}")
    return (await store.jobs.enqueue(clip(user_id, message_id)))[0]


async def claimed(store: Store) -> Job:
    """The next job, which must be there."""
    job = await store.jobs.claim_next()
    assert job is not None
    return job


async def trained(store: Store, user_id: int, message_id: int, new: NewSet | None = None) -> WorkoutSet:
    """A set of the user, analysed and stored. Nobody else may be waiting in line."""
    await sent(store, user_id, message_id)
    job = await claimed(store)
    assert job.user_id == user_id
    (saved,) = await store.sets.save(job.id, [new or squats()])
    return saved


async def jobs_of(store: Store, user_id: int) -> list[Job]:
    """The user's jobs, newest first, as they stand in the store."""
    async with store.jobs.database.read() as session:
        return list((await session.exec(select(Job).where(Job.user_id == user_id).order_by(col(Job.id).desc()))).all())
