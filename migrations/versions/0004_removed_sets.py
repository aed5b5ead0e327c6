"""A deleted set can be brought back for a while.

Revision ID: 0004
Revises: 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "removed_set",
        sa.Column("set_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rows", sa.Text(), nullable=False),
        sa.Column("track", sa.LargeBinary()),
        sa.PrimaryKeyConstraint("set_id", name="pk_removed_set"),
        sa.ForeignKeyConstraint(["user_id"], ["account.id"], name="fk_removed_set_user_id", ondelete="CASCADE"),
    )
    op.create_index("ix_removed_set_user_id", "removed_set", ["user_id"])


def downgrade() -> None:
    op.drop_table("removed_set")
