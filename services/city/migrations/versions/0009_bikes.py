"""Bike-share stations: see services/city/models/bikes.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_bikes"
down_revision = "0008_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bike_stations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("station_id", sa.String(80), nullable=False),
        sa.Column("name_fr", sa.String(200), nullable=False),
        sa.Column("name_nl", sa.String(200), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("capacity", sa.Integer()),
        sa.Column("dockless", sa.Boolean(), nullable=False),
        sa.Column("bikes", sa.Integer(), nullable=False),
        sa.Column("docks", sa.Integer()),
        sa.Column("lends", sa.Boolean(), nullable=False),
        sa.Column("takes_back", sa.Boolean(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_bike_stations"),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name="fk_bike_stations_dataset_id_datasets", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_bike_stations_dataset_station", "bike_stations", ["dataset_id", "station_id"], unique=True)


def downgrade() -> None:
    op.drop_table("bike_stations")
