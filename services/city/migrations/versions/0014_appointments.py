"""Appointments at planning desks: see services/city/models/permits.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014_appointments"
down_revision = "0013_transport_facts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "permit_appointments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(24), nullable=False),
        sa.Column("key_sha256", sa.String(64), nullable=False),
        sa.Column("desk", sa.String(60), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seat", sa.Integer(), nullable=False),
        sa.Column("dossier", sa.String(60)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("name", sa.String(80)),
        sa.Column("contact", sa.String(200)),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_permit_appointments"),
    )
    op.create_index("uq_permit_appointments_reference", "permit_appointments", ["reference"], unique=True)
    op.create_index(
        "uq_permit_appointments_seat",
        "permit_appointments",
        ["desk", "starts_at", "seat"],
        unique=True,
        sqlite_where=sa.text("cancelled_at IS NULL"),
        postgresql_where=sa.text("cancelled_at IS NULL"),
    )
    op.create_index("ix_permit_appointments_ends_at", "permit_appointments", ["ends_at"])


def downgrade() -> None:
    op.drop_table("permit_appointments")
