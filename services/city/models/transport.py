"""Timetables: stop places, lines, and trips packed by pattern and timing so that a large city's stay small.

Trips that call at the same platforms with the same headsigns share a *pattern*; those of a pattern that also take the
same time between calls share a *timing*. A trip is then a start time and a service, and the stop times themselves are
never rows: a timing's ``offsets`` hold them. See ``services.city.transport.offsets`` and
docs/adr/0005-timetables-packed-by-pattern.md.

Ids are made by the importer from the dataset's own id (``services.city.transport.store``), none by the database.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Float, ForeignKey, Index, Integer, LargeBinary, SmallInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


def _dataset() -> Mapped[int]:
    return mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), index=True)


def _key() -> Mapped[int]:
    return mapped_column(BigInteger, primary_key=True, autoincrement=False)


def _parent(column: str, *, index: bool = True) -> Mapped[int]:
    return mapped_column(BigInteger, ForeignKey(column, ondelete="CASCADE"), index=index)


class TransportFeed(Base):
    """What holds for a whole feed."""

    __tablename__ = "transport_feeds"

    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True)
    timezone: Mapped[str] = mapped_column(String(64))
    latest_s: Mapped[int] = mapped_column(Integer)  # the latest departure, in seconds of its service day
    publisher: Mapped[str] = mapped_column(String(200))
    version: Mapped[str] = mapped_column(String(200))


class StopPlace(Base):
    """One place where people board: all its platforms together."""

    __tablename__ = "transport_stop_places"
    __table_args__ = (
        Index("uq_transport_stop_places_dataset_id_slug", "dataset_id", "slug", unique=True),
        Index("ix_transport_stop_places_slug", "slug"),
    )

    id: Mapped[int] = _key()
    dataset_id: Mapped[int] = _dataset()
    slug: Mapped[str] = mapped_column(String(120))
    name_fr: Mapped[str] = mapped_column(String(200))
    name_nl: Mapped[str] = mapped_column(String(200))
    folded_fr: Mapped[str] = mapped_column(String(200))
    folded_nl: Mapped[str] = mapped_column(String(200))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    commune_id: Mapped[str | None] = mapped_column(String(60))
    commune_fr: Mapped[str | None] = mapped_column(String(120))
    commune_nl: Mapped[str | None] = mapped_column(String(120))
    wheelchair: Mapped[int] = mapped_column(SmallInteger)  # as in GTFS: 0 unknown, 1 yes, 2 no
    weight: Mapped[int] = mapped_column(Integer)  # trips that call there, for ranking


class Platform(Base):
    """A GTFS stop: where one vehicle halts."""

    __tablename__ = "transport_platforms"
    __table_args__ = (Index("ix_transport_platforms_stop_id", "stop_id"),)

    id: Mapped[int] = _key()
    dataset_id: Mapped[int] = _dataset()
    place_id: Mapped[int] = _parent("transport_stop_places.id")
    stop_id: Mapped[str] = mapped_column(String(200))
    code: Mapped[str | None] = mapped_column(String(50))
    platform: Mapped[str | None] = mapped_column(String(50))
    lat: Mapped[float | None] = mapped_column(Float)
    lon: Mapped[float | None] = mapped_column(Float)
    wheelchair: Mapped[int] = mapped_column(SmallInteger)


class Line(Base):
    """A line as the public knows it: the GTFS routes of one operator that share a short name."""

    __tablename__ = "transport_lines"
    __table_args__ = (Index("ix_transport_lines_folded", "folded"),)

    id: Mapped[int] = _key()
    dataset_id: Mapped[int] = _dataset()
    short_name: Mapped[str] = mapped_column(String(200))
    folded: Mapped[str] = mapped_column(String(200))
    name_fr: Mapped[str] = mapped_column(String(300))
    name_nl: Mapped[str] = mapped_column(String(300))
    mode: Mapped[str] = mapped_column(String(16))
    color: Mapped[str | None] = mapped_column(String(7))
    text_color: Mapped[str | None] = mapped_column(String(7))
    operator: Mapped[str] = mapped_column(String(200))
    position: Mapped[int] = mapped_column(Integer)  # among the feed's lines


class Route(Base):
    """A GTFS route and the line that it belongs to."""

    __tablename__ = "transport_routes"

    id: Mapped[int] = _key()
    line_id: Mapped[int] = _parent("transport_lines.id")
    route_id: Mapped[str] = mapped_column(String(200), index=True)


class Pattern(Base):
    """A sequence of calls that trips of a route share, headsign included."""

    __tablename__ = "transport_patterns"

    id: Mapped[int] = _key()
    dataset_id: Mapped[int] = _dataset()
    line_id: Mapped[int] = _parent("transport_lines.id")
    route_id: Mapped[int] = _parent("transport_routes.id", index=True)
    direction: Mapped[int | None] = mapped_column(SmallInteger)
    headsign_fr: Mapped[str] = mapped_column(String(200))
    headsign_nl: Mapped[str] = mapped_column(String(200))
    trips: Mapped[int] = mapped_column(Integer)


class PatternStop(Base):
    """One call of a pattern, and between which offsets from a trip's start its departures lie."""

    __tablename__ = "transport_pattern_stops"
    __table_args__ = (
        Index("ix_transport_pattern_stops_place_id", "place_id", "boards"),
        {"sqlite_with_rowid": False},
    )

    pattern_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("transport_patterns.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(Integer, primary_key=True)  # from 0
    place_id: Mapped[int] = _parent("transport_stop_places.id", index=False)
    platform_id: Mapped[int] = _parent("transport_platforms.id")
    boards: Mapped[bool] = mapped_column(Boolean)  # false at the last call and where pickup is not offered
    alights: Mapped[bool] = mapped_column(Boolean)
    headsign_fr: Mapped[str | None] = mapped_column(String(200))  # where this call has its own
    headsign_nl: Mapped[str | None] = mapped_column(String(200))
    earliest_s: Mapped[int] = mapped_column(Integer)
    latest_s: Mapped[int] = mapped_column(Integer)


class Timing(Base):
    """How long after a trip's start each call of its pattern comes."""

    __tablename__ = "transport_timings"

    id: Mapped[int] = _key()
    pattern_id: Mapped[int] = _parent("transport_patterns.id")
    offsets: Mapped[bytes] = mapped_column(LargeBinary)


class ServiceDays(Base):
    """The days on which trips run: ``days`` has a 1 for each such day from ``first_day`` to ``last_day``."""

    __tablename__ = "transport_services"

    id: Mapped[int] = _key()
    dataset_id: Mapped[int] = _dataset()
    first_day: Mapped[int] = mapped_column(Integer)  # proleptic Gregorian ordinal, as date.toordinal()
    last_day: Mapped[int] = mapped_column(Integer)
    days: Mapped[str] = mapped_column(Text)


class Trip(Base):
    """One run of a pattern on each day of its service; a trip of frequencies.txt is one row a run."""

    __tablename__ = "transport_trips"
    __table_args__ = (Index("ix_transport_trips_pattern_id_start_s", "pattern_id", "start_s"),)

    id: Mapped[int] = _key()
    pattern_id: Mapped[int] = _parent("transport_patterns.id", index=False)
    timing_id: Mapped[int] = _parent("transport_timings.id")
    service_id: Mapped[int] = _parent("transport_services.id")
    start_s: Mapped[int] = mapped_column(Integer)  # first departure, in seconds of the service day
    trip_id: Mapped[str] = mapped_column(String(200))
    headway_s: Mapped[int | None] = mapped_column(Integer)  # set where the feed promises a headway, not a time
    wheelchair: Mapped[int] = mapped_column(SmallInteger)
