"""The sorting guide, rules, container parks and drop-off points: see services/city/models/waste_guide.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_waste_guide"
down_revision = "0009_bikes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waste_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("document_id", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waste_documents"),
        _of_dataset("waste_documents"),
    )
    op.create_index(
        "uq_waste_documents_document", "waste_documents", ["dataset_id", "kind", "document_id"], unique=True
    )
    op.create_table(
        "waste_points",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.String(80), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waste_points"),
        _of_dataset("waste_points"),
    )
    op.create_index("uq_waste_points_point", "waste_points", ["dataset_id", "point_id"], unique=True)
    op.create_index("ix_waste_points_lat", "waste_points", ["dataset_id", "lat"])


def downgrade() -> None:
    op.drop_table("waste_points")
    op.drop_table("waste_documents")


def _of_dataset(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["dataset_id"], ["datasets.id"], name=f"fk_{table}_dataset_id_datasets", ondelete="CASCADE"
    )
