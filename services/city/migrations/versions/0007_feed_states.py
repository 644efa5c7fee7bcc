"""How watched sources are doing: see services/city/models/feed_states.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_feed_states"
down_revision = "0006_idempotency"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "feed_states",
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("feed", sa.String(80)),
        sa.Column("enabled", sa.Boolean(), nullable=False),
        sa.Column("refresh_s", sa.Integer(), nullable=False),
        sa.Column("quota", sa.Integer()),
        sa.Column("attempted_at", sa.DateTime(timezone=True)),
        sa.Column("succeeded_at", sa.DateTime(timezone=True)),
        sa.Column("changed_at", sa.DateTime(timezone=True)),
        sa.Column("next_at", sa.DateTime(timezone=True)),
        sa.Column("leased_until", sa.DateTime(timezone=True)),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(500)),
        sa.Column("etag", sa.String(300)),
        sa.Column("last_modified", sa.String(100)),
        sa.Column("calls_on", sa.Date()),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_feed_states"),
    )


def downgrade() -> None:
    op.drop_table("feed_states")
