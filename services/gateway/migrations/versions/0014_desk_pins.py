"""Answers that operators have pinned."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_desk_pins"
down_revision = "0013_desk_remarks"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "desk_pins",
        sa.Column("account_id", sa.String(32), nullable=False),
        sa.Column("item_id", sa.String(120), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "item_id", name="pk_desk_pins"),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["desk_accounts.id"],
            name="fk_desk_pins_account_id_desk_accounts",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    op.drop_table("desk_pins")
