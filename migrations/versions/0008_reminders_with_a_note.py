"""A reminder may say what for, and come only every so many weeks.

Revision ID: 0008
Revises: 0007
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reminder", sa.Column("note", sa.String()))
    op.add_column("reminder", sa.Column("every_weeks", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    op.drop_column("reminder", "every_weeks")
    op.drop_column("reminder", "note")
