"""Real time and messages: see services/city/models/realtime.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011_realtime"
down_revision = "0010_waste_guide"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "realtime_snapshots",
        sa.Column("source", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("feed", sa.String(80), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source_name", sa.String(200), nullable=False),
        sa.Column("source_url", sa.String(500), nullable=True),
        sa.Column("licence", sa.String(200), nullable=True),
        sa.Column("sample", sa.Boolean(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("source", name="pk_realtime_snapshots"),
    )
    op.create_table(
        "transport_messages",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name="fk_transport_messages_dataset_id_datasets", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", "position", name="pk_transport_messages"),
    )


def downgrade() -> None:
    op.drop_table("transport_messages")
    op.drop_table("realtime_snapshots")
