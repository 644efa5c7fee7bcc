"""Fares, low-emission rules, parking zones, lost property: see services/city/models/transport_facts.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013_transport_facts"
down_revision = "0012_dossiers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transport_facts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("fact_id", sa.String(80), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_transport_facts"),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name="fk_transport_facts_dataset_id_datasets", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_transport_facts_dataset_fact", "transport_facts", ["dataset_id", "fact_id"], unique=True)


def downgrade() -> None:
    op.drop_table("transport_facts")
