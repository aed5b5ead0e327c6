"""Analysed sets: the measured values stay, what the user says of them stands beside."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from sqlalchemy import func, or_, update
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from models.database import Database
from models.loads import loads_kg
from models.tables import Job, JobState, Track, WorkoutSet
from pipeline.values import SetReport

NAMES_TOLD = 100  # sets whose names are asked for at once: some of each kind that a person trains


class NamedAnew(Exception):
    """What a recording shows was put right in its caption while it was measured under the former name."""


@dataclass(frozen=True, slots=True)
class NewSet:
    """A set as it was measured. report is its JSON; track is packed (`pipeline.tracks`), None where none is kept."""

    exercise: str
    rep_count: int
    hold_s: float | None
    report: str
    performed_at: datetime
    track: bytes | None = None

    def __post_init__(self) -> None:
        if self.rep_count < 0:
            raise ValueError(f"rep_count must not be negative, got {self.rep_count}")
        if not self.exercise:
            raise ValueError('a set has an exercise, be it "unknown"')

    @classmethod
    def of(cls, report: SetReport, json: str, performed_at: datetime, track: bytes | None = None) -> Self:
        """The set that a report tells of; `json` is that report written out."""
        return cls(report.recognition.name, report.rep_count, report.hold_s, json, performed_at, track)


@dataclass(frozen=True, slots=True)
class Logged:
    """A stored set in short, as the user's corrections left it."""

    id: int
    exercise: str
    performed_at: datetime
    reps: int
    hold_s: float | None
    weight_kg: float | None


@dataclass(frozen=True, slots=True)
class Sets:
    """Use cases of sets. All but `save` and `of_job`, which are the analyst's, see one user's rows."""

    database: Database

    async def save(self, job_id: int, found: Sequence[NewSet], exercise: str | None = None) -> list[WorkoutSet]:
        """The sets of one recording are stored, in order, and its job done, in one step: all of them or none. Weights
        are as its caption gives them, see `loads_kg`.

        Where the job is no longer running, what it already has is returned as it is; nothing where its user has
        erased everything meanwhile. Raises NamedAnew where its caption was edited since and no longer
        names the `exercise` that the sets were measured under: nothing is stored, and the job waits to be measured.
        """
        async with self.database.write() as session:
            job = (await session.exec(select(Job).where(Job.id == job_id).with_for_update())).first()
            if job is None or job.state != JobState.RUNNING:
                return await _sets_of_job(session, job_id)
            parts = (await session.exec(select(Job).where(Job.part_of == job_id))).all()
            if exercise_told((job, *parts)) == exercise:
                job.state, job.finished_at = JobState.DONE, self.database.now()
                weights = loads_kg([new.exercise for new in found], job)
                return [
                    await _insert(session, job, place, new, weight_kg)
                    for place, (new, weight_kg) in enumerate(zip(found, weights, strict=True), start=1)
                ]
            job.state, job.attempts = JobState.QUEUED, job.attempts - 1
        raise NamedAnew

    async def of_job(self, job_id: int) -> list[WorkoutSet]:
        """The sets that the job brought forth, in the order they were done; none where it has none (yet)."""
        async with self.database.read() as session:
            return await _sets_of_job(session, job_id)

    async def set_by_id(self, user_id: int, set_id: int) -> WorkoutSet | None:
        """That set of the user."""
        async with self.database.read() as session:
            return (await session.exec(select(WorkoutSet).where(*_mine(user_id, set_id)))).first()

    async def shown_by(self, user_id: int, message_id: int) -> WorkoutSet | None:
        """The user's set whose chart is that message."""
        async with self.database.read() as session:
            shown = col(WorkoutSet.chart_message_id) == message_id
            return (await session.exec(select(WorkoutSet).where(WorkoutSet.user_id == user_id, shown))).first()

    async def latest_set(self, user_id: int) -> WorkoutSet | None:
        """The set the user performed last."""
        return next(iter(await self.sets_of(user_id, limit=1)), None)

    async def sets_of(self, user_id: int, limit: int, exercise: str | None = None) -> list[WorkoutSet]:
        """The user's sets, newest first; of one exercise (as it holds now) where one is named."""
        async with self.database.read() as session:
            query = select(WorkoutSet).where(WorkoutSet.user_id == user_id)
            query = query if exercise is None else query.where(_exercise() == exercise)
            newest = query.order_by(col(WorkoutSet.performed_at).desc(), col(WorkoutSet.id).desc())
            return list((await session.exec(newest.limit(limit))).all())

    async def bests_of(self, user_id: int) -> list[WorkoutSet]:
        """The user's heaviest set of every exercise, and that of most reps or the longest hold; of equals the first."""
        merits = ((func.coalesce(WorkoutSet.weight_kg, 0), _reps()), (func.coalesce(WorkoutSet.hold_s, 0), _reps()))
        places = select(WorkoutSet.id, *(_place(merit) for merit in merits)).where(WorkoutSet.user_id == user_id)
        ranked = places.subquery()
        first = or_(*(place == 1 for place in list(ranked.c)[1:]))
        async with self.database.read() as session:
            query = select(WorkoutSet).join(ranked, ranked.c.id == col(WorkoutSet.id)).where(first)
            return list((await session.exec(query.order_by(col(WorkoutSet.id)))).all())

    async def log_of(self, user_id: int) -> list[Logged]:
        """All of the user's sets without their reports, newest first, as they hold now."""
        what = (_exercise(), WorkoutSet.performed_at, _reps(), WorkoutSet.hold_s, WorkoutSet.weight_kg)
        async with self.database.read() as session:
            query = select(WorkoutSet.id, *what).where(WorkoutSet.user_id == user_id)  # type: ignore[call-overload]
            newest = query.order_by(col(WorkoutSet.performed_at).desc(), col(WorkoutSet.id).desc())
            return [Logged(*row) for row in await session.exec(newest)]

    async def names_told(self, user_id: int) -> tuple[str, ...]:
        """What the user said that their latest sets were, by a caption or as a correction, newest first; then likewise
        of their photos."""
        told = or_(
            col(WorkoutSet.corrected_exercise).is_not(None),
            col(Job.exercise_given) == col(WorkoutSet.measured_exercise),
        )
        query = select(_exercise()).join(Job, col(Job.id) == col(WorkoutSet.job_id))
        query = query.where(WorkoutSet.user_id == user_id, told)
        newest = query.order_by(col(WorkoutSet.performed_at).desc(), col(WorkoutSet.id).desc())
        photos = select(Job.exercise_given).where(
            Job.user_id == user_id, Job.kind == "photo", col(Job.exercise_given).is_not(None)
        )
        newest_photos = photos.order_by(col(Job.created_at).desc(), col(Job.id).desc())
        async with self.database.read() as session:
            of_sets = (await session.exec(newest.limit(NAMES_TOLD))).all()
            of_photos = (await session.exec(newest_photos.limit(NAMES_TOLD))).all()
            return (*of_sets, *filter(None, of_photos))

    async def track_of(self, user_id: int, set_id: int) -> bytes | None:
        """The packed track of that set, None where none was kept."""
        async with self.database.read() as session:
            track = select(Track.data).where(Track.user_id == user_id, Track.set_id == set_id)
            return (await session.exec(track)).first()

    async def file_of(self, user_id: int, set_id: int) -> str | None:
        """Telegram's name for the clip of that set: the clip itself is kept there, not here."""
        async with self.database.read() as session:
            file = select(Job.file_id).join(WorkoutSet, col(WorkoutSet.job_id) == Job.id)
            return (await session.exec(file.where(*_mine(user_id, set_id)))).first()

    async def weight_said(self, user_id: int, set_id: int) -> float | None:
        """The weight that the caption of that set's recording named, whichever of its sets it is of."""
        async with self.database.read() as session:
            said = select(Job.weight_kg).join(WorkoutSet, col(WorkoutSet.job_id) == Job.id)
            return (await session.exec(said.where(*_mine(user_id, set_id)))).first()

    async def correct_exercise(
        self, user_id: int, set_id: int, exercise: str, report: str, reps: int, hold_s: float | None = None
    ) -> WorkoutSet | None:
        """The user's exercise holds, with the report, count and hold that the recount under it gave."""
        return await self._correct(
            user_id, set_id, corrected_exercise=exercise, report=report, recounted_reps=reps, hold_s=hold_s
        )

    async def correct_reps(self, user_id: int, set_id: int, reps: int | None) -> WorkoutSet | None:
        """The user's count holds; it outlives a later change of the exercise. None takes it back."""
        return await self._correct(user_id, set_id, corrected_reps=reps)

    async def add_weight(self, user_id: int, set_id: int, weight_kg: float | None) -> WorkoutSet | None:
        """The set was done with that weight; None takes it back."""
        return await self._correct(user_id, set_id, weight_kg=weight_kg)

    async def set_chart_message(self, user_id: int, set_id: int, message_id: int) -> WorkoutSet | None:
        """The chart of the set is now shown by that message. To be called after sending."""
        return await self._correct(user_id, set_id, chart_message_id=message_id)

    async def _correct(self, user_id: int, set_id: int, **values: Any) -> WorkoutSet | None:
        async with self.database.write() as session:
            changed = update(WorkoutSet).where(*_mine(user_id, set_id)).values(**values).returning(WorkoutSet)
            return (await session.exec(changed)).scalars().first()


def exercise_told(files: Iterable[Job]) -> str | None:
    """What the captions of a recording's files say it is: the first that names an exercise, as they were sent."""
    in_order = sorted(files, key=lambda job: job.message_id)
    return next((job.exercise_given for job in in_order if job.exercise_given), None)


async def _insert(session: AsyncSession, job: Job, place: int, new: NewSet, weight_kg: float | None) -> WorkoutSet:
    row = WorkoutSet(
        user_id=job.user_id,
        job_id=job.id,
        place=place,
        performed_at=new.performed_at,
        measured_exercise=new.exercise,
        measured_reps=new.rep_count,
        hold_s=new.hold_s,
        weight_kg=weight_kg,
        report=new.report,
    )
    session.add(row)
    await session.flush()
    if new.track is not None:
        session.add(Track(set_id=row.id, user_id=job.user_id, data=new.track))
    return row


async def _sets_of_job(session: AsyncSession, job_id: int) -> list[WorkoutSet]:
    in_order = select(WorkoutSet).where(WorkoutSet.job_id == job_id).order_by(col(WorkoutSet.place))
    return list((await session.exec(in_order)).all())


def _mine(user_id: int, set_id: int) -> tuple[Any, Any]:
    return col(WorkoutSet.user_id) == user_id, col(WorkoutSet.id) == set_id


def _exercise() -> Any:
    return func.coalesce(WorkoutSet.corrected_exercise, WorkoutSet.measured_exercise)


def _reps() -> Any:
    return func.coalesce(WorkoutSet.corrected_reps, WorkoutSet.recounted_reps, WorkoutSet.measured_reps)


def _place(merits: tuple[Any, ...]) -> Any:
    """A set's place among those of its exercise: the most first, the earliest of equals."""
    ordered = (*(merit.desc() for merit in merits), col(WorkoutSet.performed_at), col(WorkoutSet.id))
    return func.row_number().over(partition_by=_exercise(), order_by=ordered).label(None)
