"""A recording may hold several sets; logs come in several files; a job may have to ask its user.

Revision ID: 0002
Revises: 0001
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEPT: dict[str, Any] = {"table_kwargs": {"sqlite_autoincrement": True}}  # else SQLite's copy would lose it
NEW_OF_JOB: dict[str, Any] = {
    "album": sa.String(),
    "part_of": sa.Integer(),
    "question": sa.Text(),
    "answer": sa.Text(),
    "ready_at": sa.DateTime(timezone=True),
}


def upgrade() -> None:
    given = _ids_given()
    with op.batch_alter_table("job", **KEPT) as job:
        for name, kind in NEW_OF_JOB.items():
            job.add_column(sa.Column(name, kind))
        job.create_foreign_key("fk_job_part_of", "job", ["part_of"], ["id"], ondelete="CASCADE")
    with op.batch_alter_table("workout_set", **KEPT) as workout_set:
        workout_set.add_column(sa.Column("place", sa.Integer(), nullable=False, server_default="1"))
        workout_set.drop_constraint("uq_workout_set_job_id", type_="unique")
        workout_set.create_unique_constraint("uq_workout_set_job_id_place", ["job_id", "place"])
    with op.batch_alter_table("workout_set", **KEPT) as workout_set:
        workout_set.alter_column("place", server_default=None)
    _go_on_after(given)


def downgrade() -> None:
    given = _ids_given()
    op.execute("DELETE FROM workout_set WHERE place > 1")
    with op.batch_alter_table("workout_set", **KEPT) as workout_set:
        workout_set.drop_constraint("uq_workout_set_job_id_place", type_="unique")
        workout_set.drop_column("place")
        workout_set.create_unique_constraint("uq_workout_set_job_id", ["job_id"])
    op.execute("DELETE FROM job WHERE state IN ('asking', 'part')")
    with op.batch_alter_table("job", **KEPT) as job:
        job.drop_constraint("fk_job_part_of", type_="foreignkey")
        for name in NEW_OF_JOB:
            job.drop_column(name)
    _go_on_after(given)


def _ids_given() -> dict[str, int]:
    """The highest id each table ever gave: the copy that SQLite makes of a table knows only those that still stand."""
    if op.get_bind().dialect.name != "sqlite":
        return {}
    return {
        str(name): int(last) for name, last in op.get_bind().exec_driver_sql("SELECT name, seq FROM sqlite_sequence")
    }


def _go_on_after(given: dict[str, int]) -> None:
    for name, last in given.items():
        op.get_bind().execute(
            sa.text("UPDATE sqlite_sequence SET seq = :last WHERE name = :name"), {"last": last, "name": name}
        )
