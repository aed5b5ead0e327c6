"""A reminder may be paused, and come every so many days.

Revision ID: 0009
Revises: 0008
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reminder", sa.Column("every_days", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("reminder", sa.Column("paused_until", sa.Date()))


def downgrade() -> None:
    op.execute("DELETE FROM reminder WHERE every_days > 1")  # they would come every day
    op.drop_column("reminder", "paused_until")
    op.drop_column("reminder", "every_days")
