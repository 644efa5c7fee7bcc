"""Communal administrations and contacts: see services/city/models/communes.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002b_communes"
down_revision = "0002_places"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "communes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_communes"),
        _of_dataset("communes"),
    )
    op.create_index("uq_communes_dataset_slug", "communes", ["dataset_id", "slug"], unique=True)
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.String(60), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        _of_dataset("contacts"),
    )
    op.create_index("uq_contacts_dataset_contact", "contacts", ["dataset_id", "contact_id"], unique=True)


def downgrade() -> None:
    for table in ("contacts", "communes"):
        op.drop_table(table)


def _of_dataset(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["dataset_id"], ["datasets.id"], name=f"fk_{table}_dataset_id_datasets", ondelete="CASCADE"
    )
