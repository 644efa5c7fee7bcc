"""Datasets: the imported versions of each feed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001_datasets"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "datasets",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("feed", sa.String(80), nullable=False),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_from", sa.Date()),
        sa.Column("valid_until", sa.Date()),
        sa.Column("source_name", sa.String(200), nullable=False),
        sa.Column("source_url", sa.String(500)),
        sa.Column("licence", sa.String(200)),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_datasets"),
    )
    op.create_index("ix_datasets_feed", "datasets", ["feed"])
    op.create_index("ix_datasets_topic", "datasets", ["topic"])
    op.create_index(
        "uq_datasets_active_feed",
        "datasets",
        ["feed"],
        unique=True,
        sqlite_where=sa.text("status = 'active'"),
        postgresql_where=sa.text("status = 'active'"),
    )


def downgrade() -> None:
    op.drop_table("datasets")
