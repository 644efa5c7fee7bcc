"""Until which day something is followed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017_last_day"
down_revision = "0016_studio"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscriptions") as table:
        table.add_column(sa.Column("last_day", sa.Date()))


def downgrade() -> None:
    with op.batch_alter_table("subscriptions") as table:
        table.drop_column("last_day")
