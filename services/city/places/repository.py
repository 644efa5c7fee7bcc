"""All SQL of the topic places; only datasets in use are seen.

Statements that searches run are made once: making one takes SQLAlchemy longer than SQLite takes to run it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from services.city.core import geo
from services.city.models.datasets import Dataset
from services.city.models.places import Address, Place, PlaceName
from services.city.models.transport import Line

_Query = TypeVar("_Query", bound="Select[*tuple[Any, ...]]")


def _in_use(query: _Query, dataset_id: InstrumentedAttribute[int]) -> _Query:
    # Not a join: from one, SQLite may read a whole table where an index begins with the dataset.
    return query.where(dataset_id.in_(select(Dataset.id).where(Dataset.status == "active")))


_ORDER: Final = (Address.number, Address.house_number, Address.postcode)
_OF_STREETS: Final = _in_use(
    select(Address).where(Address.street_id.in_(bindparam("streets", expanding=True))), Address.dataset_id
)
_NUMBERED: Final = _OF_STREETS.where(
    Address.number <= bindparam("number"), Address.number_to >= bindparam("number")
).order_by(*_ORDER)
_BESIDE: Final = _OF_STREETS.where(Address.number.between(bindparam("first"), bindparam("last"))).order_by(*_ORDER)
_AROUND: Final = _in_use(
    select(Address).where(
        Address.cell.in_(bindparam("cells", expanding=True)),
        Address.lat.between(bindparam("south"), bindparam("north")),
        Address.lon.between(bindparam("west"), bindparam("east")),
    ),
    Address.dataset_id,
)
_PLACE: Final = (
    _in_use(select(Place).where(Place.place_id == bindparam("place_id")), Place.dataset_id)
    .order_by(Place.dataset_id.desc())
    .limit(1)
)
_VERSION: Final = select(Dataset.id, Dataset.imported_at).where(Dataset.status == "active").order_by(Dataset.id)
_NEWEST_FIRST: Final = (Dataset.imported_at.desc(), Dataset.id.desc())
_DATASETS: Final = (
    select(Dataset)
    .where(Dataset.status == "active", Dataset.id.in_(bindparam("ids", expanding=True)))
    .order_by(*_NEWEST_FIRST)
)


def version(session: Session) -> tuple[tuple[int, str], ...]:
    """Return what tells one set of datasets in use from another: each one's id and the time of its import."""
    return tuple((dataset_id, str(imported_at)) for dataset_id, imported_at in session.execute(_VERSION))


def datasets_of(session: Session, ids: Collection[int]) -> list[Dataset]:
    """Return these datasets, newest first; all that hold places where ``ids`` is empty."""
    if ids:
        return list(session.scalars(_DATASETS, {"ids": sorted(ids)}))
    query = select(Dataset).where(Dataset.status == "active", Dataset.id.in_(select(Place.dataset_id).distinct()))
    return list(session.scalars(query.order_by(*_NEWEST_FIRST)))


def places(session: Session) -> list[Place]:
    """Return every place."""
    return list(session.scalars(_in_use(select(Place), Place.dataset_id)))


def names(session: Session) -> Sequence[Row[int, str, str, str, str | None, bool]]:
    """Return every name as (dataset_id, place_id, name, folded, language, alias)."""
    columns = (
        PlaceName.dataset_id,
        PlaceName.place_id,
        PlaceName.name,
        PlaceName.folded,
        PlaceName.language,
        PlaceName.alias,
    )
    return session.execute(_in_use(select(*columns), PlaceName.dataset_id).order_by(PlaceName.id)).all()


def place(session: Session, place_id: str) -> Place | None:
    """Return the place of an id; of the newest dataset, should two hold it."""
    return session.scalars(_PLACE, {"place_id": place_id}).first()


def addresses(session: Session, street_id: int, number: int | None = None) -> list[Address]:
    """Return a street's addresses in order of number, or those whose door stands for ``number``."""
    if number is not None:
        return addresses_numbered(session, [street_id], number)
    return list(session.scalars(_OF_STREETS.order_by(*_ORDER), {"streets": [street_id]}))


def addresses_numbered(session: Session, street_ids: Collection[int], number: int) -> list[Address]:
    """Return the addresses of these streets whose door stands for ``number``."""
    return list(session.scalars(_NUMBERED, {"streets": list(street_ids), "number": number}))


def addresses_beside(session: Session, street_id: int, number: int, most_apart: int) -> list[Address]:
    """Return the addresses of a street whose numbers are at most so far apart from this one, in their order."""
    bounds = {"first": number - most_apart, "last": number + most_apart}
    return list(session.scalars(_BESIDE, {"streets": [street_id], **bounds}))


def nearest_addresses(
    session: Session,
    street_id: int,
    number: int,
    *,
    communes: Collection[str] | None = None,
    postcode: str | None = None,
    most: int = 4,
) -> list[Address]:
    """Return the addresses of a street whose numbers are nearest, in these communes and this postcode."""
    query = _in_use(select(Address).where(Address.street_id == street_id), Address.dataset_id)
    if communes:
        query = query.where(Address.commune_id.in_(communes))
    if postcode:
        query = query.where(Address.postcode == postcode)
    away = func.abs(Address.number - number)
    return list(session.scalars(query.order_by(away, Address.house_number).limit(most)))


def points(session: Session, street_id: int, commune: str | None, postcode: str | None) -> list[tuple[float, float]]:
    """Return (lat, lon) of a street's addresses in a commune or a postcode, in order of their numbers."""
    query = _in_use(select(Address.lat, Address.lon).where(Address.street_id == street_id), Address.dataset_id)
    if commune:
        query = query.where(Address.commune_id == commune)
    if postcode:
        query = query.where(Address.postcode == postcode)
    return [(lat, lon) for lat, lon in session.execute(query.order_by(Address.number))]


def addresses_around(session: Session, lat: float, lon: float, radius_m: float) -> list[Address]:
    """Return the addresses in the square around a circle: all that lie within the radius, and some that do not."""
    away_lat, away_lon = geo.spans(lat, radius_m)
    bounds = {"south": lat - away_lat, "north": lat + away_lat, "west": lon - away_lon, "east": lon + away_lon}
    return list(session.scalars(_AROUND, {"cells": geo.cells_around(lat, lon, radius_m), **bounds}))


def line_names(session: Session) -> list[str]:
    """Return the public names of all lines, each once, in the feeds' order."""
    rows = session.scalars(_in_use(select(Line.short_name), Line.dataset_id).order_by(Line.position, Line.short_name))
    return list(dict.fromkeys(rows))
