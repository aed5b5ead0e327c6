"""A job holds the weight that its caption names, until its sets have it.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("weight_kg", sa.Float()))


def downgrade() -> None:
    op.drop_column("job", "weight_kg")
