"""Advice on permits: see services/city/models/permits.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_advice"
down_revision = "0007_feed_states"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permit_projects",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(60), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_permit_projects"),
        sa.ForeignKeyConstraint(
            ["dataset_id"],
            ["datasets.id"],
            name="fk_permit_projects_dataset_id_datasets",
            ondelete="CASCADE",
        ),
    )
    op.create_index("uq_permit_projects_dataset_project", "permit_projects", ["dataset_id", "project_id"], unique=True)


def downgrade() -> None:
    op.drop_table("permit_projects")
