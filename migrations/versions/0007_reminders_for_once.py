"""A reminder may be for once.

Revision ID: 0007
Revises: 0006
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("reminder", sa.Column("once_on", sa.Date()))
    op.add_column("reminder", sa.Column("once_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    op.execute("DELETE FROM reminder WHERE weekday_bits = 0")  # they would be of no day at all
    op.drop_column("reminder", "once_at")
    op.drop_column("reminder", "once_on")
