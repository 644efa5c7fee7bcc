"""Whether a conversation has just asked for a contact."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_expects"
down_revision = "0007_unasked"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.add_column(sa.Column("expects", sa.String(16)))


def downgrade() -> None:
    with op.batch_alter_table("conversations") as table:
        table.drop_column("expects")
