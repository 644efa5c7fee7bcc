"""Timetables: see services/city/models/transport.py."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_transport"
down_revision = "0002b_communes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "transport_feeds",
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("latest_s", sa.Integer(), nullable=False),
        sa.Column("publisher", sa.String(length=200), nullable=False),
        sa.Column("version", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_transport_feeds_dataset_id_datasets"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("dataset_id", name=op.f("pk_transport_feeds")),
    )
    op.create_table(
        "transport_lines",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column("folded", sa.String(length=200), nullable=False),
        sa.Column("name_fr", sa.String(length=300), nullable=False),
        sa.Column("name_nl", sa.String(length=300), nullable=False),
        sa.Column("mode", sa.String(length=16), nullable=False),
        sa.Column("color", sa.String(length=7), nullable=True),
        sa.Column("text_color", sa.String(length=7), nullable=True),
        sa.Column("operator", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_transport_lines_dataset_id_datasets"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_lines")),
    )
    op.create_index(op.f("ix_transport_lines_dataset_id"), "transport_lines", ["dataset_id"], unique=False)
    op.create_index("ix_transport_lines_folded", "transport_lines", ["folded"], unique=False)
    op.create_table(
        "transport_services",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.Integer(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_transport_services_dataset_id_datasets"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_services")),
    )
    op.create_index(op.f("ix_transport_services_dataset_id"), "transport_services", ["dataset_id"], unique=False)
    op.create_table(
        "transport_stop_places",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("name_fr", sa.String(length=200), nullable=False),
        sa.Column("name_nl", sa.String(length=200), nullable=False),
        sa.Column("folded_fr", sa.String(length=200), nullable=False),
        sa.Column("folded_nl", sa.String(length=200), nullable=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("commune_id", sa.String(length=60), nullable=True),
        sa.Column("commune_fr", sa.String(length=120), nullable=True),
        sa.Column("commune_nl", sa.String(length=120), nullable=True),
        sa.Column("wheelchair", sa.SmallInteger(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"],
            ["datasets.id"],
            name=op.f("fk_transport_stop_places_dataset_id_datasets"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_stop_places")),
    )
    op.create_index(op.f("ix_transport_stop_places_dataset_id"), "transport_stop_places", ["dataset_id"], unique=False)
    op.create_index("ix_transport_stop_places_slug", "transport_stop_places", ["slug"], unique=False)
    op.create_index(
        "uq_transport_stop_places_dataset_id_slug", "transport_stop_places", ["dataset_id", "slug"], unique=True
    )
    op.create_table(
        "transport_platforms",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("stop_id", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=50), nullable=True),
        sa.Column("platform", sa.String(length=50), nullable=True),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        sa.Column("wheelchair", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_transport_platforms_dataset_id_datasets"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["transport_stop_places.id"],
            name=op.f("fk_transport_platforms_place_id_transport_stop_places"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_platforms")),
    )
    op.create_index(op.f("ix_transport_platforms_dataset_id"), "transport_platforms", ["dataset_id"], unique=False)
    op.create_index(op.f("ix_transport_platforms_place_id"), "transport_platforms", ["place_id"], unique=False)
    op.create_index("ix_transport_platforms_stop_id", "transport_platforms", ["stop_id"], unique=False)
    op.create_table(
        "transport_routes",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("route_id", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["transport_lines.id"],
            name=op.f("fk_transport_routes_line_id_transport_lines"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_routes")),
    )
    op.create_index(op.f("ix_transport_routes_line_id"), "transport_routes", ["line_id"], unique=False)
    op.create_index(op.f("ix_transport_routes_route_id"), "transport_routes", ["route_id"], unique=False)
    op.create_table(
        "transport_patterns",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("dataset_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.BigInteger(), nullable=False),
        sa.Column("route_id", sa.BigInteger(), nullable=False),
        sa.Column("direction", sa.SmallInteger(), nullable=True),
        sa.Column("headsign_fr", sa.String(length=200), nullable=False),
        sa.Column("headsign_nl", sa.String(length=200), nullable=False),
        sa.Column("trips", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dataset_id"], ["datasets.id"], name=op.f("fk_transport_patterns_dataset_id_datasets"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["transport_lines.id"],
            name=op.f("fk_transport_patterns_line_id_transport_lines"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["route_id"],
            ["transport_routes.id"],
            name=op.f("fk_transport_patterns_route_id_transport_routes"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_patterns")),
    )
    op.create_index(op.f("ix_transport_patterns_dataset_id"), "transport_patterns", ["dataset_id"], unique=False)
    op.create_index(op.f("ix_transport_patterns_line_id"), "transport_patterns", ["line_id"], unique=False)
    op.create_index(op.f("ix_transport_patterns_route_id"), "transport_patterns", ["route_id"], unique=False)
    op.create_table(
        "transport_pattern_stops",
        sa.Column("pattern_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.BigInteger(), nullable=False),
        sa.Column("platform_id", sa.BigInteger(), nullable=False),
        sa.Column("boards", sa.Boolean(), nullable=False),
        sa.Column("alights", sa.Boolean(), nullable=False),
        sa.Column("headsign_fr", sa.String(length=200), nullable=True),
        sa.Column("headsign_nl", sa.String(length=200), nullable=True),
        sa.Column("earliest_s", sa.Integer(), nullable=False),
        sa.Column("latest_s", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pattern_id"],
            ["transport_patterns.id"],
            name=op.f("fk_transport_pattern_stops_pattern_id_transport_patterns"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["place_id"],
            ["transport_stop_places.id"],
            name=op.f("fk_transport_pattern_stops_place_id_transport_stop_places"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["platform_id"],
            ["transport_platforms.id"],
            name=op.f("fk_transport_pattern_stops_platform_id_transport_platforms"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("pattern_id", "position", name=op.f("pk_transport_pattern_stops")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_transport_pattern_stops_place_id", "transport_pattern_stops", ["place_id", "boards"], unique=False
    )
    op.create_index(
        op.f("ix_transport_pattern_stops_platform_id"), "transport_pattern_stops", ["platform_id"], unique=False
    )
    op.create_table(
        "transport_timings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pattern_id", sa.BigInteger(), nullable=False),
        sa.Column("offsets", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pattern_id"],
            ["transport_patterns.id"],
            name=op.f("fk_transport_timings_pattern_id_transport_patterns"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_timings")),
    )
    op.create_index(op.f("ix_transport_timings_pattern_id"), "transport_timings", ["pattern_id"], unique=False)
    op.create_table(
        "transport_trips",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pattern_id", sa.BigInteger(), nullable=False),
        sa.Column("timing_id", sa.BigInteger(), nullable=False),
        sa.Column("service_id", sa.BigInteger(), nullable=False),
        sa.Column("start_s", sa.Integer(), nullable=False),
        sa.Column("trip_id", sa.String(length=200), nullable=False),
        sa.Column("headway_s", sa.Integer(), nullable=True),
        sa.Column("wheelchair", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pattern_id"],
            ["transport_patterns.id"],
            name=op.f("fk_transport_trips_pattern_id_transport_patterns"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["service_id"],
            ["transport_services.id"],
            name=op.f("fk_transport_trips_service_id_transport_services"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["timing_id"],
            ["transport_timings.id"],
            name=op.f("fk_transport_trips_timing_id_transport_timings"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transport_trips")),
    )
    op.create_index("ix_transport_trips_pattern_id_start_s", "transport_trips", ["pattern_id", "start_s"], unique=False)
    op.create_index(op.f("ix_transport_trips_service_id"), "transport_trips", ["service_id"], unique=False)
    op.create_index(op.f("ix_transport_trips_timing_id"), "transport_trips", ["timing_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_transport_trips_timing_id"), table_name="transport_trips")
    op.drop_index(op.f("ix_transport_trips_service_id"), table_name="transport_trips")
    op.drop_index("ix_transport_trips_pattern_id_start_s", table_name="transport_trips")
    op.drop_table("transport_trips")
    op.drop_index(op.f("ix_transport_timings_pattern_id"), table_name="transport_timings")
    op.drop_table("transport_timings")
    op.drop_index(op.f("ix_transport_pattern_stops_platform_id"), table_name="transport_pattern_stops")
    op.drop_index("ix_transport_pattern_stops_place_id", table_name="transport_pattern_stops")
    op.drop_table("transport_pattern_stops")
    op.drop_index(op.f("ix_transport_patterns_route_id"), table_name="transport_patterns")
    op.drop_index(op.f("ix_transport_patterns_line_id"), table_name="transport_patterns")
    op.drop_index(op.f("ix_transport_patterns_dataset_id"), table_name="transport_patterns")
    op.drop_table("transport_patterns")
    op.drop_index(op.f("ix_transport_routes_route_id"), table_name="transport_routes")
    op.drop_index(op.f("ix_transport_routes_line_id"), table_name="transport_routes")
    op.drop_table("transport_routes")
    op.drop_index("ix_transport_platforms_stop_id", table_name="transport_platforms")
    op.drop_index(op.f("ix_transport_platforms_place_id"), table_name="transport_platforms")
    op.drop_index(op.f("ix_transport_platforms_dataset_id"), table_name="transport_platforms")
    op.drop_table("transport_platforms")
    op.drop_index("uq_transport_stop_places_dataset_id_slug", table_name="transport_stop_places")
    op.drop_index("ix_transport_stop_places_slug", table_name="transport_stop_places")
    op.drop_index(op.f("ix_transport_stop_places_dataset_id"), table_name="transport_stop_places")
    op.drop_table("transport_stop_places")
    op.drop_index(op.f("ix_transport_services_dataset_id"), table_name="transport_services")
    op.drop_table("transport_services")
    op.drop_index("ix_transport_lines_folded", table_name="transport_lines")
    op.drop_index(op.f("ix_transport_lines_dataset_id"), table_name="transport_lines")
    op.drop_table("transport_lines")
    op.drop_table("transport_feeds")
