"""The places around a point, nearest first."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from services.city.core.geo import cells_around, distance_m
from services.city.models.places import Address
from services.city.places import repository
from services.city.places.ids import street_id
from services.city.places.index import Known, PlaceIndex

#: Addresses are dense: whoever asks for one further away than this is not at one.
MOST_FAR_ADDRESS_M: Final = 250
#: Searched first, so that a city centre is not read whole for ten places.
_RINGS_M: Final = (300, 900)
_ADDRESS_RINGS_M: Final = (60,)


#: Latitude and longitude, in degrees.
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Near:
    """A place and how far it is, in metres; of an address, ``place`` is its street."""

    place: Known
    address: Address | None
    away_m: float


def nearby(
    session: Session, index: PlaceIndex, point: Point, *, kinds: Collection[str], radius_m: int, most: int
) -> list[Near]:
    """Return at most ``most`` places of these kinds within the radius.

    Addresses and streets are found within MOST_FAR_ADDRESS_M, a street at its nearest address.
    """
    found: list[Near] = []
    for ring in _rings(_RINGS_M, radius_m):
        found = [near for near in _named(index, point, kinds, ring) if near.away_m <= ring]
        if len(found) >= most:
            break
    if {"address", "street"} & set(kinds):
        close: list[Near] = []
        for ring in _rings(_ADDRESS_RINGS_M, min(radius_m, MOST_FAR_ADDRESS_M)):
            close = [near for near in _doors(session, index, point, kinds, ring) if near.away_m <= ring]
            if len(close) >= most:
                break
        found += close
    return sorted(found, key=lambda near: (round(near.away_m), near.place.place_id))[:most]


def _rings(first: Sequence[int], last: int) -> list[int]:
    return [*(ring for ring in first if ring < last), last]


def _named(index: PlaceIndex, point: Point, kinds: Collection[str], radius_m: float) -> Iterator[Near]:
    for cell in cells_around(*point, radius_m):
        for place in index.cells.get(cell, ()):
            if place.kind in kinds and place.kind != "street":
                yield Near(place, None, distance_m(*point, place.lat, place.lon))


def _doors(
    session: Session, index: PlaceIndex, point: Point, kinds: Collection[str], radius_m: float
) -> Iterator[Near]:
    streets: dict[str, Near] = {}
    for door in repository.addresses_around(session, *point, radius_m):
        street = index.places.get(street_id(door.street_id))
        if street is None:
            continue
        near = Near(street, door, distance_m(*point, door.lat, door.lon))
        if "address" in kinds:
            yield near
        before = streets.get(street.place_id)
        if before is None or near.away_m < before.away_m:
            streets[street.place_id] = near
    if "street" in kinds:
        yield from (Near(near.place, None, near.away_m) for near in streets.values())
