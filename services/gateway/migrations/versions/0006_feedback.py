"""Whether a message helped, as the resident says."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_feedback"
down_revision = "0005_photos"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("feedback", sa.String(4)))


def downgrade() -> None:
    with op.batch_alter_table("messages") as table:
        table.drop_column("feedback")
