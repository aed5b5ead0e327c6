"""A job holds which exercise its caption names beside the weight.

Revision ID: 0005
Revises: 0004
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("job", sa.Column("weight_of", sa.String()))


def downgrade() -> None:
    op.drop_column("job", "weight_of")
