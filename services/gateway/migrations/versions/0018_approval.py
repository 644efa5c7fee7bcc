"""Approval mode: whether the assistant proposes answers in a conversation, and the answer that waits for a click."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018_approval"
down_revision = "0017_last_day"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("hand_overs", sa.Column("approves", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "hand_over_proposals",
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("source", sa.Text()),
        sa.Column("waits", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("conversation_id", name="pk_hand_over_proposals"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_hand_over_proposals_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("hand_over_proposals")
    op.drop_column("hand_overs", "approves")
