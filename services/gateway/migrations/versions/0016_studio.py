"""What service teams decided on questions, and the figures of the days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016_studio"
down_revision = "0015_understandings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "studio_decisions",
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("intent", sa.String(80)),
        sa.Column("who", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_studio_decisions"),
    )
    op.create_table(
        "studio_figures",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=False),
        sa.Column("intent", sa.String(80), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("commune", sa.String(60), nullable=False),
        sa.Column("questions", sa.Integer(), nullable=False),
        sa.Column("helped", sa.Integer(), nullable=False),
        sa.Column("not_helped", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "day", "hour", "intent", "language", "channel", "outcome", "commune", name="pk_studio_figures"
        ),
    )


def downgrade() -> None:
    op.drop_table("studio_figures")
    op.drop_table("studio_decisions")
