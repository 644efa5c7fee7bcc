"""Rounds of waste collection, and datasets' checksums: see services/city/models/{waste,checksums}.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_waste"
down_revision = "0003_transport"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dataset_checksums",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("dataset_id", name="pk_dataset_checksums"),
        _of_dataset("dataset_checksums"),
    )
    op.create_table(
        "waste_calendars",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("rounds", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("dataset_id", "number", name="pk_waste_calendars"),
        _of_dataset("waste_calendars"),
    )
    op.create_table(
        "waste_parts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("street_id", sa.Integer(), nullable=False),
        sa.Column("number_from", sa.Integer()),
        sa.Column("number_to", sa.Integer()),
        sa.Column("side", sa.String(4), nullable=False),
        sa.Column("calendar", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_waste_parts"),
        _of_dataset("waste_parts"),
        sa.ForeignKeyConstraint(
            ["dataset_id", "calendar"],
            ["waste_calendars.dataset_id", "waste_calendars.number"],
            name="fk_waste_parts_calendar_waste_calendars",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_waste_parts_street_id", "waste_parts", ["street_id"])
    op.create_index("ix_waste_parts_dataset_calendar", "waste_parts", ["dataset_id", "calendar"])
    op.create_table(
        "waste_holidays",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moved_to", sa.Date()),
        sa.Column("name_fr", sa.String(120), nullable=False),
        sa.Column("name_nl", sa.String(120), nullable=False),
        sa.Column("name_en", sa.String(120), nullable=False),
        sa.PrimaryKeyConstraint("dataset_id", "day", name="pk_waste_holidays"),
        _of_dataset("waste_holidays"),
    )


def downgrade() -> None:
    for table in ("waste_holidays", "waste_parts", "waste_calendars", "dataset_checksums"):
        op.drop_table(table)


def _of_dataset(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["dataset_id"], ["datasets.id"], name=f"fk_{table}_dataset_id_datasets", ondelete="CASCADE"
    )
