"""The tables: what is remembered, and no rule about it. Validity lives in the frozen values that are stored.

    account ─┬─ job ── workout_set ─┬─ track      the pose or sensor track, apart so that lists stay light
             │                      └─ turn       what was said about a set (or about none)
             ├─ fact
             ├─ reminder
             └─ removed_set    a deleted set, out of the other tables, until it can no longer be brought back

Every table but `account` names its owner in `user_id`: that column is what export, erasure and privacy stand on.
Ids are never given twice (AUTOINCREMENT), so an old button cannot reach a newer row.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, DateTime, Dialect, ForeignKey, LargeBinary, Text, UniqueConstraint
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING


class UtcDateTime(TypeDecorator[datetime]):
    """Times go in aware and come out aware, in UTC, whatever the database can say of zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError(f"a stored time needs a zone, got {value.isoformat()}")
        return value and value.astimezone(UTC)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        return value and (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)


class JobState(StrEnum):
    """queued -> running -> done or failed; running -> queued again after a crash.

    running -> asking -> queued where the user must say something first. A part is read with the job it is a part of.
    """

    QUEUED = "queued"
    RUNNING = "running"
    ASKING = "asking"
    PART = "part"
    DONE = "done"
    FAILED = "failed"


def _owner(**more: Any) -> Any:
    return Field(sa_column=Column(BigInteger, ForeignKey("account.id", ondelete="CASCADE"), nullable=False, **more))


class User(SQLModel, table=True):
    """Someone who talks to the bot; `id` is Telegram's. asked_…: the question was put, so it is not put again."""

    __tablename__ = "account"  # "user" means the login role in PostgreSQL

    id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    chat_id: int = Field(sa_type=BigInteger)
    first_name: str
    language: str = "en"
    units: str = "kg"
    time_zone: str = "UTC"
    asked_units: bool = False
    asked_time_zone: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class Job(SQLModel, table=True):
    """One clip, photo or log to analyse and answer.

    `state` says how the analysis stands; `answered_at` when the user was told its outcome (None: not yet).
    `album` is Telegram's group of messages sent at once; `part_of` the job that this file is read with (the halves
    of a sensor recording). `exercise_given` and `weight_kg` are what its caption says, `weights_kg` where it names one
    for each set, in order, `weight_of` the exercise that it names beside them. It is not claimed before `ready_at`.
    `question` and `answer`, JSON: what a user must say.
    """

    __tablename__ = "job"
    __table_args__ = (
        UniqueConstraint("user_id", "chat_id", "message_id", "file_unique_id"),
        {"sqlite_autoincrement": True},
    )

    id: int = Field(default=None, primary_key=True)
    user_id: int = _owner(index=True)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int = Field(sa_type=BigInteger)
    kind: str
    file_id: str
    file_unique_id: str
    file_name: str | None = None
    size_bytes: int | None = Field(default=None, sa_type=BigInteger)
    exercise_given: str | None = None
    weight_kg: float | None = None
    weights_kg: list[float] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    weight_of: str | None = None
    album: str | None = None
    part_of: int | None = Field(default=None, foreign_key="job.id", ondelete="CASCADE")
    question: str | None = Field(default=None, sa_type=Text)
    answer: str | None = Field(default=None, sa_type=Text)
    state: str = Field(default=JobState.QUEUED.value, index=True)
    attempts: int = 0
    error: str | None = None
    progress_message_id: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=UtcDateTime)
    ready_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WorkoutSet(SQLModel, table=True):
    """One analysed set. What was measured first stays; what the user corrected stands beside it.

    `place` counts the sets of one recording from 1, in the order they were done.
    `report` is the report's JSON as it holds now (a changed exercise brings a new one). weight_kg None: not said.
    """

    __tablename__ = "workout_set"
    __table_args__ = (UniqueConstraint("job_id", "place"), {"sqlite_autoincrement": True})

    id: int = Field(default=None, primary_key=True)
    user_id: int = _owner(index=True)
    job_id: int = Field(foreign_key="job.id", ondelete="CASCADE")
    place: int = 1
    performed_at: datetime = Field(sa_type=UtcDateTime)
    measured_exercise: str
    corrected_exercise: str | None = None
    measured_reps: int
    recounted_reps: int | None = None
    corrected_reps: int | None = None
    hold_s: float | None = None
    weight_kg: float | None = None
    report: str = Field(sa_type=Text)
    chart_message_id: int | None = Field(default=None, sa_type=BigInteger)

    @property
    def exercise(self) -> str:
        """The slug that holds now: the user's, else the measured one."""
        return self.corrected_exercise or self.measured_exercise

    @property
    def reps(self) -> int:
        """The count that holds now: the user's, else the one that was seen."""
        return self.counted_reps if self.corrected_reps is None else self.corrected_reps

    @property
    def counted_reps(self) -> int:
        """The count that was seen: in the recount under a corrected exercise, else in the first."""
        return self.measured_reps if self.recounted_reps is None else self.recounted_reps


class Track(SQLModel, table=True):
    """The packed track of a set (see `pipeline/tracks.py`), from which it is recounted."""

    __tablename__ = "track"

    set_id: int = Field(primary_key=True, foreign_key="workout_set.id", ondelete="CASCADE")
    user_id: int = _owner(index=True)
    data: bytes = Field(sa_type=LargeBinary)


class RemovedSet(SQLModel, table=True):
    """What `Removed.bring_back` needs of a deleted set: `rows` is JSON by table, `track` as it was packed."""

    __tablename__ = "removed_set"

    set_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    user_id: int = _owner(index=True)
    removed_at: datetime = Field(sa_type=UtcDateTime)
    rows: str = Field(sa_type=Text)
    track: bytes | None = Field(default=None, sa_type=LargeBinary)


class Turn(SQLModel, table=True):
    """One thing said: role "user" or "coach", voice "rules" or "model" (None for the user)."""

    __tablename__ = "turn"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    user_id: int = _owner(index=True)
    set_id: int | None = Field(default=None, foreign_key="workout_set.id", ondelete="CASCADE")
    role: str
    voice: str | None = None
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Fact(SQLModel, table=True):
    """Something lasting about a user, of a kind ("goal", "injury", …)."""

    __tablename__ = "fact"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    user_id: int = _owner(index=True)
    kind: str
    text: str = Field(sa_type=Text)
    created_at: datetime = Field(sa_type=UtcDateTime)


class Reminder(SQLModel, table=True):
    """A weekly reminder in the owner's local time, or one for once. weekday_bits: bit 0 is Monday; last_fired_on is a
    local day. One for once has no weekday, but the local day once_on; or only the instant once_at, and 00:00.
    note is what it is for, in the user's words. Of every_weeks weeks one counts, of every_days days one, from the first
    it fired in. It is silent before the local day paused_until."""

    __tablename__ = "reminder"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: int = Field(default=None, primary_key=True)
    user_id: int = _owner(index=True)
    chat_id: int = Field(sa_type=BigInteger)
    weekday_bits: int
    hour: int
    minute: int
    active: bool = True
    last_fired_on: date | None = None
    once_on: date | None = None
    once_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note: str | None = None
    every_weeks: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    every_days: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    paused_until: date | None = None
    created_at: datetime = Field(sa_type=UtcDateTime)

    @property
    def weekdays(self) -> frozenset[int]:
        """Monday is 0."""
        return frozenset(day for day in range(7) if self.weekday_bits >> day & 1)
