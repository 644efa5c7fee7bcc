"""The register of permit applications, and more documents: see services/city/models/permits.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_dossiers"
down_revision = "0011_realtime"
branch_labels = None
depends_on = None

_TEXTS = ("postcode", "street_fr", "street_nl", "number_from", "number_to")
_MORE_TEXTS = ("object_fr", "object_nl", "authority_fr", "authority_nl")
_DAYS = ("received", "acknowledged", "inquiry_start", "inquiry_end", "consultation", "decided", "valid_until")


def upgrade() -> None:
    op.create_table(
        "permit_dossiers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(60), nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("layer", sa.String(24), nullable=False),
        sa.Column("procedure_type", sa.Text()),
        sa.Column("status", sa.String(16)),
        sa.Column("commune_id", sa.String(60)),
        *(sa.Column(name, sa.Text()) for name in (*_TEXTS, *_MORE_TEXTS)),
        *(sa.Column(name, sa.Date()) for name in _DAYS),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("cell", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_permit_dossiers"),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name="fk_permit_dossiers_dataset_id_datasets", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_permit_dossiers_dataset_reference", "permit_dossiers", ["dataset_id", "reference"], unique=True)
    op.create_index("ix_permit_dossiers_dataset_number", "permit_dossiers", ["dataset_id", "number"])
    op.create_index(
        "ix_permit_dossiers_dataset_inquiry", "permit_dossiers", ["dataset_id", "inquiry_end", "inquiry_start"]
    )
    op.create_index("ix_permit_dossiers_dataset_cell", "permit_dossiers", ["dataset_id", "cell", "inquiry_end"])
    op.create_table(
        "permit_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_permit_documents"),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name="fk_permit_documents_dataset_id_datasets", ondelete="CASCADE"
        ),
    )
    op.create_index(
        "uq_permit_documents_dataset_kind_key", "permit_documents", ["dataset_id", "kind", "key"], unique=True
    )


def downgrade() -> None:
    op.drop_table("permit_documents")
    op.drop_table("permit_dossiers")
