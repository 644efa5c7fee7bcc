"""Photos that residents send."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_photos"
down_revision = "0004_erasures_subject"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "photos",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("conversation_id", sa.String(32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("seq", sa.Integer()),
        sa.Column("reference", sa.String(60)),
        sa.Column("key", sa.String(200)),
        sa.PrimaryKeyConstraint("id", name="pk_photos"),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name="fk_photos_conversation_id_conversations",
            ondelete="CASCADE",
        ),
    )
    for column in ("conversation_id", "at", "key"):
        op.create_index(f"ix_photos_{column}", "photos", [column])


def downgrade() -> None:
    op.drop_table("photos")
