"""Answers that operators found wrong or missing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_desk_remarks"
down_revision = "0012_hand_over"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "desk_remarks",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("who", sa.String(60), nullable=False),
        sa.Column("at", instant, nullable=False),
        sa.Column("what", sa.String(8), nullable=False),
        sa.Column("question", sa.String(1000), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("reason", sa.String(300)),
        sa.Column("changed_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_desk_remarks"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_accounts.id"],
            name="fk_desk_remarks_account_id_desk_accounts",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_desk_remarks_account_id", "desk_remarks", ["account_id"])
    op.create_index("ix_desk_remarks_changed_at", "desk_remarks", ["changed_at"])


def downgrade() -> None:
    op.drop_table("desk_remarks")
