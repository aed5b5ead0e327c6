"""A job holds the weights of its sets, where its caption names one for each.

Revision ID: 0006
Revises: 0005
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("weights_kg", sa.JSON()))


def downgrade() -> None:
    op.drop_column("job", "weights_kg")
