"""Places that residents name: streets, addresses, stops, communes and localities, and every name each goes by.

``places`` and ``place_names`` are common ground: each importer that knows named places adds them through
``services.city.places.writing.add_places``, which folds the names. What each importer fills:

- ``best``: kind ``street`` (``street:<street_id>``), plus the table ``addresses``.
- ``communes``: kinds ``commune`` (``commune:<slug>``) and ``locality`` (``locality:<slug>``).
- ``landmarks``: kind ``landmark`` (``landmark:<slug>``), what is neither a street nor a stop.
- ``gtfs``: kind ``stop``, one row a stop *place* (``stop:<slug>``, all its platforms together); ``weight`` the number
  of departures there, so that the busier of two equal matches comes first. ``commune_id`` where it is known.

The rows belong to the importer's own dataset and go with it.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from services.city.models.base import Base


class Place(Base):
    """One named place. Addresses are not here: they are a street with a number."""

    __tablename__ = "places"
    __table_args__ = (
        Index("ix_places_dataset_place", "dataset_id", "place_id"),
        Index("ix_places_dataset_cell", "dataset_id", "cell"),
        Index("ix_places_place", "place_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    place_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    name_fr: Mapped[str] = mapped_column(String(200))
    name_nl: Mapped[str] = mapped_column(String(200))
    #: Slugs and postcodes of all communes that the place lies in, most of it first; usually one of each.
    commune_ids: Mapped[list[str]] = mapped_column(JSON, default=list)
    postcodes: Mapped[list[str]] = mapped_column(JSON, default=list)
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    #: Square of the grid that the point lies in: see ``services.city.core.geo``.
    cell: Mapped[int] = mapped_column(Integer)
    #: How well known the place is among its kind; orders equal matches.
    weight: Mapped[float] = mapped_column(Float, default=0.0)


class PlaceName(Base):
    """A name of a place, folded (``kit.text.fold``): an official one or, with ``alias``, another that people use."""

    __tablename__ = "place_names"
    __table_args__ = (Index("ix_place_names_dataset_place", "dataset_id", "place_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    place_id: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(200))  # as written
    folded: Mapped[str] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(2))  # None: any
    alias: Mapped[bool] = mapped_column(Boolean, default=False)


class Address(Base):
    """A house number in a street; boxes of one door are one address."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index("ix_addresses_dataset_street_number", "dataset_id", "street_id", "number"),
        Index("ix_addresses_dataset_cell", "dataset_id", "cell"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    dataset_id: Mapped[int] = mapped_column(ForeignKey("datasets.id", ondelete="CASCADE"))
    street_id: Mapped[int] = mapped_column(Integer)
    house_number: Mapped[str] = mapped_column(String(24))  # as written: "12", "12A", "12-14"
    #: First and last number that the door stands for; the same unless it is written "12-14".
    number: Mapped[int] = mapped_column(Integer)
    number_to: Mapped[int] = mapped_column(Integer)
    postcode: Mapped[str] = mapped_column(String(8))
    commune_id: Mapped[str] = mapped_column(String(60))
    lat: Mapped[float] = mapped_column(Float)
    lon: Mapped[float] = mapped_column(Float)
    cell: Mapped[int] = mapped_column(Integer)
