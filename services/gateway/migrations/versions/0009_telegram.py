"""Telegram: updates that wait for their answer, chats by keyed hashes, and what was done once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_telegram"
down_revision = "0008_expects"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "telegram_updates",
        sa.Column("id", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("chat", sa.String(64)),
        sa.Column("content", sa.LargeBinary()),
        sa.Column("conversation_id", sa.String(32)),
        sa.Column("at", instant, nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False, server_default="0"),
    )
    op.create_index("ix_telegram_updates_chat", "telegram_updates", ["chat"])
    op.create_index("ix_telegram_updates_at", "telegram_updates", ["at"])
    op.create_table(
        "telegram_chats",
        sa.Column("chat", sa.String(64), primary_key=True),
        sa.Column(
            "conversation_id",
            sa.String(32),
            sa.ForeignKey(
                "conversations.id",
                name="fk_telegram_chats_conversation_id_conversations",
                ondelete="CASCADE",
            ),
            nullable=False,
        ),
        sa.Column("address", sa.LargeBinary(), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("last_said", sa.String(64)),
        sa.Column("last_words", sa.String(64)),
        sa.UniqueConstraint("conversation_id", name="uq_telegram_chats_conversation_id"),
    )
    op.create_table(
        "telegram_done",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("value", sa.String(40)),
        sa.Column("at", instant, nullable=False),
    )
    op.create_index("ix_telegram_done_at", "telegram_done", ["at"])


def downgrade() -> None:
    op.drop_table("telegram_done")
    op.drop_table("telegram_chats")
    op.drop_table("telegram_updates")
