"""Reminders of collections."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_reminders"
down_revision = "0002_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminders",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("name", sa.JSON(), nullable=False),
        sa.Column("fraction", sa.String(16)),
        sa.Column("at", sa.String(5)),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_put_out", sa.Date()),
        sa.Column("last_seq", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_reminders_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_reminders_conversation_id", "reminders", ["conversation_id"])
    op.create_index("ix_reminders_next_at", "reminders", ["next_at"])


def downgrade() -> None:
    op.drop_table("reminders")
