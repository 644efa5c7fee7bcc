"""Requests, their steps, contacts, photos and deliveries: see services/city/models/requests.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_requests"
down_revision = "0008_advice"
branch_labels = None
depends_on = None

_TABLES = (
    "request_documents",
    "request_counters",
    "service_requests",
    "request_steps",
    "request_contacts",
    "request_photos",
    "request_deliveries",
    "external_requests",
)


def upgrade() -> None:
    op.create_table(
        "request_documents",
        sa.Column("id", sa.Integer(), nullable=False),
        _dataset_id(),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("key", sa.String(60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_documents"),
        _dataset("request_documents"),
    )
    op.create_index(
        "uq_request_documents_dataset_kind_key", "request_documents", ["dataset_id", "kind", "key"], unique=True
    )
    op.create_table(
        "request_counters",
        sa.Column("year", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("year", name="pk_request_counters"),
    )
    op.create_table(
        "service_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(24), nullable=False),
        sa.Column("service_code", sa.String(60), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("origin", sa.String(20), nullable=False),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("description", sa.Text()),
        sa.Column("attributes", sa.JSON(), nullable=False),
        sa.Column("lat", sa.Float()),
        sa.Column("lon", sa.Float()),
        sa.Column("cell", sa.Integer()),
        sa.Column("place_id", sa.String(120)),
        sa.Column("address_fr", sa.String(300)),
        sa.Column("address_nl", sa.String(300)),
        sa.Column("postcode", sa.String(10)),
        sa.Column("commune_id", sa.String(60)),
        sa.Column("media_url", sa.String(1000)),
        sa.Column("followers", sa.Integer(), nullable=False),
        sa.Column("secret_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expected_at", sa.DateTime(timezone=True)),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.Column("erased_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name="pk_service_requests"),
        sa.UniqueConstraint("reference", name="uq_service_requests_reference"),
    )
    op.create_index("ix_service_requests_cell_closed_at", "service_requests", ["cell", "closed_at"])
    for column in ("service_code", "secret_sha256", "created_at", "updated_at", "closed_at"):
        op.create_index(f"ix_service_requests_{column}", "service_requests", [column])
    op.create_table(
        "request_steps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("note", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_steps"),
        _request("request_steps"),
    )
    op.create_index("ix_request_steps_request_id", "request_steps", ["request_id"])
    op.create_table(
        "request_contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(10), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120)),
        sa.Column("email", sa.String(254)),
        sa.Column("phone", sa.String(40)),
        sa.Column("handle", sa.String(200)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("secret_sha256", sa.String(64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_contacts"),
        _request("request_contacts"),
        sa.UniqueConstraint("request_id", "role", "digest", name="uq_request_contacts_request_role_digest"),
    )
    op.create_index("ix_request_contacts_request_id", "request_contacts", ["request_id"])
    op.create_table(
        "request_photos",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("request_id", sa.Integer()),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_photos"),
        _request("request_photos"),
    )
    op.create_index("ix_request_photos_request_id", "request_photos", ["request_id"])
    op.create_index("ix_request_photos_created_at", "request_photos", ["created_at"])
    op.create_table(
        "request_deliveries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("remote", sa.String(60), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("remote_id", sa.String(120)),
        sa.Column("remote_token", sa.String(120)),
        sa.Column("error", sa.String(300)),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_request_deliveries"),
        _request("request_deliveries"),
        sa.UniqueConstraint("request_id", "remote", name="uq_request_deliveries_request_remote"),
    )
    op.create_index("ix_request_deliveries_state_next_at", "request_deliveries", ["state", "next_at"])
    op.create_table(
        "external_requests",
        sa.Column("id", sa.Integer(), nullable=False),
        _dataset_id(),
        sa.Column("external_id", sa.String(60), nullable=False),
        sa.Column("service_code", sa.String(60)),
        sa.Column("category_fr", sa.String(200), nullable=False),
        sa.Column("category_nl", sa.String(200), nullable=False),
        sa.Column("category_en", sa.String(200), nullable=False),
        sa.Column("stage", sa.String(20), nullable=False),
        sa.Column("closed", sa.Boolean(), nullable=False),
        sa.Column("lat", sa.Float(), nullable=False),
        sa.Column("lon", sa.Float(), nullable=False),
        sa.Column("cell", sa.Integer(), nullable=False),
        sa.Column("address_fr", sa.String(300)),
        sa.Column("address_nl", sa.String(300)),
        sa.Column("updated_at", sa.DateTime(timezone=True)),
        sa.Column("url", sa.String(500)),
        sa.PrimaryKeyConstraint("id", name="pk_external_requests"),
        _dataset("external_requests"),
    )
    op.create_index(
        "uq_external_requests_dataset_external", "external_requests", ["dataset_id", "external_id"], unique=True
    )
    op.create_index("ix_external_requests_cell_stage", "external_requests", ["cell", "stage"])


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table)


def _dataset_id() -> sa.Column[int]:
    return sa.Column("dataset_id", sa.Integer(), nullable=False)


def _dataset(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["dataset_id"], ["datasets.id"], name=f"fk_{table}_dataset_id_datasets", ondelete="CASCADE"
    )


def _request(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["request_id"], ["service_requests.id"], name=f"fk_{table}_request_id_service_requests", ondelete="CASCADE"
    )
