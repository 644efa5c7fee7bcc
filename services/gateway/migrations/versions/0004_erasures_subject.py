"""What a noted erasure is about: appointments are erased elsewhere than requests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_erasures_subject"
down_revision = "0003_reminders"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("erasures") as table:
        table.add_column(sa.Column("subject", sa.String(60), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("erasures") as table:
        table.drop_column("subject")
