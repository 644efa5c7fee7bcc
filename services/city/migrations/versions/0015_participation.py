"""What residents can take part in: see services/city/models/participation.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015_participation"
down_revision = "0014_appointments"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "participation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(24), nullable=False),
        sa.Column("commune_id", sa.String(60)),
        sa.Column("opens", sa.Date()),
        sa.Column("closes", sa.Date()),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_participation"),
        sa.ForeignKeyConstraint(
            ["dataset_id"],
            ["datasets.id"],
            name="fk_participation_dataset_id_datasets",
            ondelete="CASCADE",
        ),
    )
    op.create_index("uq_participation_dataset_entry", "participation", ["dataset_id", "entry_id"], unique=True)
    op.create_index("ix_participation_dataset_closes", "participation", ["dataset_id", "closes", "opens"])


def downgrade() -> None:
    op.drop_table("participation")
