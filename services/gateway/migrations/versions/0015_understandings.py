"""What was understood of each question, and what came of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_understandings"
down_revision = "0014_desk_pins"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "understandings",
        sa.Column("turn_id", sa.String(32), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("intent", sa.String(80), nullable=False),
        sa.Column("guess", sa.String(80)),
        sa.Column("second", sa.String(80)),
        sa.Column("confidence", sa.Float()),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("typed", sa.Boolean(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("commune", sa.String(60)),
        sa.PrimaryKeyConstraint("turn_id", "position", name="pk_understandings"),
        sa.ForeignKeyConstraint(["turn_id"], ["turns.id"], name="fk_understandings_turn_id_turns", ondelete="CASCADE"),
    )
    op.create_index("ix_understandings_at", "understandings", ["at"])


def downgrade() -> None:
    op.drop_table("understandings")
