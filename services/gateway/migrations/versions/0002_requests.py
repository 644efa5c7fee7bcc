"""Requests that were made in a conversation, and those that a resident is still to be erased from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_requests"
down_revision = "0001_conversations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "requests",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("key", sa.String(200)),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", "reference", name="pk_requests"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_requests_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    op.create_table(
        "erasures",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("key", sa.String(200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_erasures"),
    )


def downgrade() -> None:
    for table in ("erasures", "requests"):
        op.drop_table(table)
