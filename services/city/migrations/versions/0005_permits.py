"""Permit procedures: see services/city/models/permits.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_permits"
down_revision = "0004_waste"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permit_procedures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("procedure_id", sa.String(60), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_permit_procedures"),
        sa.ForeignKeyConstraint(
            ["dataset_id"],
            ["datasets.id"],
            name="fk_permit_procedures_dataset_id_datasets",
            ondelete="CASCADE",
        ),
    )
    op.create_index(
        "uq_permit_procedures_dataset_procedure", "permit_procedures", ["dataset_id", "procedure_id"], unique=True
    )


def downgrade() -> None:
    op.drop_table("permit_procedures")
