"""The durable queue: a row for every clip, photo and log, from its arrival until its user has the answer.

    enqueue -> claim_next -> Sets.save | finish | fail -> mark_answered
                  └────────> ask -> mark_answered -> reply -> claim_next

Each step is one transaction, and the analysis is apart from the answer. Where the process dies decides what a restart
does: before the outcome is stored, `requeue_running` has it analysed again; after, `unanswered` has the stored outcome
sent without a second analysis; between sending and `mark_answered`, it is sent again (at least once, never lost).

Logs that a user sends at once are tried as one recording first (accelerometer and gyroscope often come as two files):
the first is the job, held a moment, the others are its parts; `separate` makes jobs of them again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.arrival import Arrival
from models.database import Database
from models.line import line
from models.tables import Job, JobState, User, WorkoutSet

CRASHED = "crashed"
MAX_ATTEMPTS = 3  # a clip that has taken the process down this often is not tried again


@dataclass(frozen=True, slots=True)
class Jobs:
    """Use cases of the queue. The methods with `job_id` alone are the analyst's: it serves every user."""

    database: Database

    async def enqueue(self, arrival: Arrival, hold_s: float = 0.0) -> tuple[Job, bool]:
        """The arrival has a job; True where it was made now, False where a re-delivered update had made it.

        A log waits `hold_s` for others of its recording: one that comes meanwhile is a part of it, and renews the wait.
        Raises IntegrityError where the user has no account (see `Accounts.meet`).
        """
        job = _job(arrival, created_at=self.database.now())
        try:
            async with self.database.write() as session:
                if hold_s and arrival.kind == "log":
                    await _join(session, job, job.created_at + timedelta(seconds=hold_s))
                session.add(job)
        except IntegrityError:
            earlier = await self._same_message(job)
            if earlier is None:
                raise
            return earlier, False
        return job, True

    async def place_in_line(self, job_id: int) -> int:
        """1 for the job that is claimed next, 2 for the one after; 0 for a job that does not wait (any more).

        True as of now: a later arrival of a user with fewer clips under way may still overtake.
        """
        waiting = line()
        async with self.database.read() as session:
            place = await session.exec(select(waiting.c.place).where(waiting.c.id == job_id))
            return place.first() or 0

    async def claim_next(self) -> Job | None:
        """The next job is running and no other claim gets it; None where nobody waits.

        Fair over users: first those with the fewest jobs running, then whoever waits longest.
        """
        waiting = line()
        ready = or_(waiting.c.ready_at.is_(None), waiting.c.ready_at <= self.database.now())
        head = select(waiting.c.id).where(ready).order_by(waiting.c.place).limit(1)
        async with self.database.write() as session:
            while (job_id := (await session.exec(head)).first()) is not None:
                if job := await self._claim(session, job_id):
                    return job  # else another process (on PostgreSQL) was faster: look again
            return None

    async def set_progress_message(self, job_id: int, message_id: int) -> None:
        """The message that shows the progress is known, so that a restart goes on editing the same one."""
        await self._change(col(Job.id) == job_id, progress_message_id=message_id)

    async def messages_in_line(self, user_id: int) -> list[int]:
        """The messages that show the place in line of the user's jobs."""
        waits = (col(Job.user_id) == user_id) & (col(Job.state) == JobState.QUEUED)
        async with self.database.read() as session:
            found = await session.exec(select(Job.progress_message_id).where(waits))
            return [number for number in found if number is not None]

    async def finish(self, job_id: int) -> bool:
        """The job is done without a set to save (with one, `Sets.save` does it). False where it was not running."""
        return await self._end(job_id, JobState.DONE, None)

    async def fail(self, job_id: int, error: str) -> bool:
        """The job has failed with that error, not told to the user yet. False where it was not running."""
        return await self._end(job_id, JobState.FAILED, error)

    async def ask(self, job_id: int, question: str) -> bool:
        """The job waits for its user's answer to the question (JSON), not put yet. False where it was not running."""
        running = (col(Job.id) == job_id) & (col(Job.state) == JobState.RUNNING)
        return await self._change(running, state=JobState.ASKING, question=question)

    async def reply(self, user_id: int, job_id: int, answer: str) -> bool:
        """The user's answer (JSON) holds and the job waits to be claimed again; False where nothing was asked."""
        asked = (col(Job.user_id) == user_id) & (col(Job.id) == job_id) & (col(Job.state) == JobState.ASKING)
        return await self._change(asked, state=JobState.QUEUED, answer=answer, answered_at=None, attempts=0)

    async def asked(self, user_id: int, job_id: int) -> Job | None:
        """That job of the user, where it waits for an answer."""
        async with self.database.read() as session:
            mine = select(Job).where(Job.user_id == user_id, Job.id == job_id, Job.state == JobState.ASKING)
            return (await session.exec(mine)).first()

    async def recaptioned(self, job_id: int, now: Arrival) -> bool:
        """What the edited caption of its message says holds from now on; False where the job is gone.

        What it no longer says is not taken back: neither the weights, which hold together, nor the exercise.
        """
        said: dict[str, Any] = {"exercise_given": now.exercise_given} if now.exercise_given else {}
        if now.weight_kg is not None or now.weights_kg:
            said |= {"weight_kg": now.weight_kg, "weights_kg": _list(now.weights_kg), "weight_of": now.weight_of}
        return not said or await self._change(col(Job.id) == job_id, **said)

    async def name_photo(self, user_id: int, job_id: int, name: str) -> Job | None:
        """What the user says their photo shows is noted with its job; None where it is not theirs or gone."""
        mine = (col(Job.user_id) == user_id, col(Job.id) == job_id)
        named = update(Job).where(*mine).values(exercise_given=name).returning(Job)
        async with self.database.write() as session:
            job: Job | None = (await session.exec(named)).scalars().first()
            return job

    async def as_it_stands(self, job_id: int) -> Job | None:
        """The job as it is now; None where it is gone: who erases everything wants no answer any more."""
        async with self.database.read() as session:
            return (await session.exec(select(Job).where(Job.id == job_id))).first()

    async def files_of(self, job_id: int) -> list[Job]:
        """The job and the parts that are read with it as they are now, in the order their messages were sent; updates
        overtake one another."""
        async with self.database.read() as session:
            files = select(Job).where(or_(col(Job.id) == job_id, col(Job.part_of) == job_id))
            return list((await session.exec(files.order_by(col(Job.message_id)))).all())

    async def parts_of(self, job_id: int) -> list[Job]:
        """The files that are read with the job's own, in the order they came."""
        async with self.database.read() as session:
            parts = select(Job).where(Job.part_of == job_id).order_by(col(Job.id))
            return list((await session.exec(parts)).all())

    async def separate(self, job_id: int) -> None:
        """The running job and its parts are recordings of their own: all of them wait again, each for itself."""
        alone = {"state": JobState.QUEUED, "part_of": None}
        async with self.database.write() as session:
            await session.exec(update(Job).where(col(Job.part_of) == job_id).values(**alone))
            running = (col(Job.id) == job_id) & (col(Job.state) == JobState.RUNNING)
            await session.exec(update(Job).where(running).values(attempts=col(Job.attempts) - 1, **alone))

    async def measured_before(self, job: Job) -> bool:
        """Whether a set that still stands was measured from the same file, sent by the same user in another message."""
        same = (Job.user_id == job.user_id, Job.file_unique_id == job.file_unique_id, Job.id != job.id)
        async with self.database.read() as session:
            sets = select(WorkoutSet.id).join(Job, col(WorkoutSet.job_id) == Job.id).where(*same)
            return (await session.exec(sets.limit(1))).first() is not None

    async def mark_answered(self, job_id: int) -> None:
        """The user has the outcome. To be called after sending."""
        await self._change(or_(col(Job.id) == job_id, col(Job.part_of) == job_id), answered_at=self.database.now())

    async def prune(self, before: datetime) -> int:
        """Answered before then, and without a set that still needs it, a job is gone; returned is how many went."""
        kept = select(WorkoutSet.job_id)
        old = (col(Job.answered_at) < before) & col(Job.id).not_in(kept)
        async with self.database.write() as session:
            return (await session.exec(delete(Job).where(old))).rowcount

    async def put_back(self, job_id: int) -> bool:
        """At an orderly stop: the running job waits again, and the attempt that was broken off does not count."""
        running = (col(Job.id) == job_id) & (col(Job.state) == JobState.RUNNING)
        return await self._change(running, state=JobState.QUEUED, attempts=col(Job.attempts) - 1)

    async def try_again(self, job_id: int) -> bool:
        """The running job waits again; False where it was tried MAX_ATTEMPTS times: it has failed with CRASHED then."""
        running = (col(Job.id) == job_id) & (col(Job.state) == JobState.RUNNING)
        if await self._change(running & (col(Job.attempts) < MAX_ATTEMPTS), state=JobState.QUEUED):
            return True
        await self._end(job_id, JobState.FAILED, CRASHED)
        return False

    async def requeue_running(self) -> int:
        """At start: what a dead process left running waits again, how many of them is returned.

        A job that was tried MAX_ATTEMPTS times fails with the error CRASHED instead (and is then `unanswered`).
        """
        running = col(Job.state) == JobState.RUNNING
        hopeless = {"state": JobState.FAILED, "error": CRASHED, "finished_at": self.database.now()}
        async with self.database.write() as session:
            await session.exec(update(Job).where(running, col(Job.attempts) >= MAX_ATTEMPTS).values(**hopeless))
            return (await session.exec(update(Job).where(running).values(state=JobState.QUEUED))).rowcount

    async def unanswered(self) -> list[Job]:
        """At start: jobs with an outcome that nobody was told, or a question that was not put, oldest first."""
        ended = col(Job.state).in_((JobState.DONE, JobState.FAILED, JobState.ASKING))
        async with self.database.read() as session:
            jobs = select(Job).where(ended, col(Job.answered_at).is_(None)).order_by(col(Job.id))
            return list((await session.exec(jobs)).all())

    async def _claim(self, session: AsyncSession, job_id: int) -> Job | None:
        attempt = {"state": JobState.RUNNING, "attempts": Job.attempts + 1, "started_at": self.database.now()}
        waiting = (col(Job.id) == job_id, col(Job.state) == JobState.QUEUED)
        claim = update(Job).where(*waiting).values(**attempt).returning(Job)
        job: Job | None = (await session.exec(claim)).scalars().first()
        return job

    async def _end(self, job_id: int, state: JobState, error: str | None) -> bool:
        running = (col(Job.id) == job_id) & (col(Job.state) == JobState.RUNNING)
        return await self._change(running, state=state, error=error, finished_at=self.database.now())

    async def _change(self, which: Any, **values: Any) -> bool:
        async with self.database.write() as session:
            return (await session.exec(update(Job).where(which).values(**values))).rowcount > 0

    async def _same_message(self, job: Job) -> Job | None:
        same = (Job.user_id == job.user_id, Job.chat_id == job.chat_id, Job.message_id == job.message_id)
        async with self.database.read() as session:
            jobs = select(Job).where(*same, Job.file_unique_id == job.file_unique_id)
            return (await session.exec(jobs)).first()


async def _join(session: AsyncSession, job: Job, ready_at: datetime) -> None:
    """`job` is held until then, or made a part of the log that its user sent just before and that is still held."""
    await session.exec(select(User.id).where(User.id == job.user_id).with_for_update())  # one arrival at a time
    held = (Job.state == JobState.QUEUED, col(Job.ready_at) > job.created_at, col(Job.part_of).is_(None))
    mine = select(Job).where(Job.user_id == job.user_id, Job.chat_id == job.chat_id, Job.kind == "log", *held)
    first = (await session.exec(mine.where(col(Job.album).is_not_distinct_from(job.album)))).first()
    if first is None:
        job.ready_at = ready_at
    else:
        first.ready_at, job.part_of, job.state = ready_at, first.id, JobState.PART


def _job(arrival: Arrival, **more: Any) -> Job:
    said = {name: getattr(arrival, name) for name in Arrival.__slots__}
    return Job(**{**said, "weights_kg": _list(arrival.weights_kg)}, **more)


def _list(weights_kg: tuple[float, ...]) -> list[float] | None:
    return list(weights_kg) or None
