"""Places, their names, and addresses."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002_places"
down_revision = "0001_datasets"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "places",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("name_fr", sa.String(200), nullable=False),
        sa.Column("name_nl", sa.String(200), nullable=False),
        sa.Column("commune_ids", sa.JSON(), nullable=False),
        sa.Column("postcodes", sa.JSON(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("weight", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_places"),
        _of_dataset("places"),
    )
    op.create_index("ix_places_dataset_place", "places", ["dataset_id", "place_id"])
    op.create_index("ix_places_dataset_cell", "places", ["dataset_id", "cell"])
    op.create_index("ix_places_place", "places", ["place_id"])
    op.create_table(
        "place_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.String(120), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("folded", sa.String(200), nullable=False),
        sa.Column("language", sa.String(2)),
        sa.Column("alias", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_place_names"),
        _of_dataset("place_names"),
    )
    op.create_index("ix_place_names_dataset_place", "place_names", ["dataset_id", "place_id"])
    op.create_table(
        "addresses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("house_number", sa.String(24), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("number_to", sa.Integer(), nullable=False),
        sa.Column("postcode", sa.String(8), nullable=False),
        sa.Column("commune_id", sa.String(60), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_addresses"),
        _of_dataset("addresses"),
    )
    op.create_index("ix_addresses_dataset_street_number", "addresses", ["dataset_id", "street_id", "number"])
    op.create_index("ix_addresses_dataset_cell", "addresses", ["dataset_id", "cell"])


def downgrade() -> None:
    for table in ("addresses", "place_names", "places"):
        op.drop_table(table)


def _of_dataset(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["dataset_id"], ["datasets.id"], name=f"fk_{table}_dataset_id_datasets", ondelete="CASCADE"
    )
