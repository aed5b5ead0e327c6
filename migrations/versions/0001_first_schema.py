"""The first schema: accounts, jobs, sets with their tracks, turns, facts, reminders.

Revision ID: 0001
Revises:
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _account()
    _job()
    _workout_set()
    _track()
    _turn()
    _fact()
    _reminder()


def downgrade() -> None:
    for table in ("reminder", "fact", "turn", "track", "workout_set", "job", "account"):
        op.drop_table(table)


def _table(name: str, *parts: Any) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        _needed("user_id", sa.BigInteger()),
        *parts,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        _owner(name),
        sqlite_autoincrement=True,
    )
    op.create_index(f"ix_{name}_user_id", name, ["user_id"])


def _owner(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["user_id"], ["account.id"], name=f"fk_{name}_user_id", ondelete="CASCADE")


def _needed(name: str, kind: sa.types.TypeEngine[Any]) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False)


def _time(name: str, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        _needed("chat_id", sa.BigInteger()),
        _needed("first_name", sa.String()),
        _needed("language", sa.String()),
        _needed("units", sa.String()),
        _needed("time_zone", sa.String()),
        _needed("asked_units", sa.Boolean()),
        _needed("asked_time_zone", sa.Boolean()),
        _time("created_at"),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )


def _job() -> None:
    once = ("user_id", "chat_id", "message_id", "file_unique_id")
    _table(
        "job",
        _needed("chat_id", sa.BigInteger()),
        _needed("message_id", sa.BigInteger()),
        _needed("kind", sa.String()),
        _needed("file_id", sa.String()),
        _needed("file_unique_id", sa.String()),
        sa.Column("file_name", sa.String()),
        sa.Column("size_bytes", sa.BigInteger()),
        sa.Column("exercise_given", sa.String()),
        _needed("state", sa.String()),
        _needed("attempts", sa.Integer()),
        sa.Column("error", sa.String()),
        sa.Column("progress_message_id", sa.BigInteger()),
        _time("created_at"),
        _time("started_at", nullable=True),
        _time("finished_at", nullable=True),
        _time("answered_at", nullable=True),
        sa.UniqueConstraint(*once, name=f"uq_job_{'_'.join(once)}"),
    )
    op.create_index("ix_job_state", "job", ["state"])


def _workout_set() -> None:
    _table(
        "workout_set",
        _needed("job_id", sa.Integer()),
        _time("performed_at"),
        _needed("measured_exercise", sa.String()),
        sa.Column("corrected_exercise", sa.String()),
        _needed("measured_reps", sa.Integer()),
        sa.Column("recounted_reps", sa.Integer()),
        sa.Column("corrected_reps", sa.Integer()),
        sa.Column("hold_s", sa.Float()),
        sa.Column("weight_kg", sa.Float()),
        _needed("report", sa.Text()),
        sa.Column("chart_message_id", sa.BigInteger()),
        sa.ForeignKeyConstraint(["job_id"], ["job.id"], name="fk_workout_set_job_id", ondelete="CASCADE"),
        sa.UniqueConstraint("job_id", name="uq_workout_set_job_id"),
    )


def _track() -> None:
    op.create_table(
        "track",
        _needed("set_id", sa.Integer()),
        _needed("user_id", sa.BigInteger()),
        _needed("data", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("set_id", name="pk_track"),
        sa.ForeignKeyConstraint(["set_id"], ["workout_set.id"], name="fk_track_set_id", ondelete="CASCADE"),
        _owner("track"),
    )
    op.create_index("ix_track_user_id", "track", ["user_id"])


def _turn() -> None:
    _table(
        "turn",
        sa.Column("set_id", sa.Integer()),
        _needed("role", sa.String()),
        sa.Column("voice", sa.String()),
        _needed("text", sa.Text()),
        _time("created_at"),
        sa.ForeignKeyConstraint(["set_id"], ["workout_set.id"], name="fk_turn_set_id", ondelete="CASCADE"),
    )


def _fact() -> None:
    _table("fact", _needed("kind", sa.String()), _needed("text", sa.Text()), _time("created_at"))


def _reminder() -> None:
    _table(
        "reminder",
        _needed("chat_id", sa.BigInteger()),
        _needed("weekday_bits", sa.Integer()),
        _needed("hour", sa.Integer()),
        _needed("minute", sa.Integer()),
        _needed("active", sa.Boolean()),
        sa.Column("last_fired_on", sa.Date()),
        _time("created_at"),
    )
