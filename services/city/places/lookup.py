"""From a place id to the place: what other topics of the façade use, over the same session."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.models.places import Address, Place
from services.city.places import ids, indexing, numbers, points, repository
from services.city.places.index import Known
from services.city.places.nearby import Point

_SUGGESTIONS: Final = 5
_ALIKE: Final = 60.0


@dataclass(frozen=True)
class Located:
    """A place that exists.

    ``commune_id`` and ``postcode`` are those of the address, else those that most of the place lies in;
    ``commune_ids`` has all of them. ``street_id`` is the number of the street of kinds street and address, and of a
    point that is at an address: it has that address' street and number. ``interpolated`` tells that a street lacks the
    house number and the point lies between its neighbours.
    """

    id: str
    kind: str
    name_fr: str
    name_nl: str
    lat: float
    lon: float
    commune_id: str | None
    commune_ids: tuple[str, ...]
    postcode: str | None
    street_id: int | None
    house_number: str | None
    dataset_id: int
    interpolated: bool = False


def lookup(session: Session, place_id: str) -> Located:
    """Return the place of an id.

    An address may be asked for by another way of writing its number (``12a``, a number within ``12-14``); ``id`` and
    ``house_number`` are then those of the door. A number between two that exist is interpolated; a point
    (``point:50.84600,4.35200``) is any on Earth. Raises NotFoundError ``place_not_found`` with the nearest house
    numbers, or the places with the most similar id, as suggestions.
    """
    address = ids.parse_address(place_id)
    if address is not None:
        return _address(session, place_id, address)
    point = ids.parse_point(place_id)
    if point is not None:
        return _point(session, point)
    place = repository.place(session, place_id)
    if place is None:
        raise NotFoundError("place_not_found", f"There is no place {place_id[:120]!r}.", _alike(session, place_id))
    return located(place)


def located(place: Place, address: Address | None = None, *, unique: bool = True) -> Located:
    """Return a stored place, or an address in it; ``unique`` tells whether its number occurs once in the street."""
    street = ids.parse_street(place.place_id)
    if address is None:
        return Located(
            id=place.place_id,
            kind=place.kind,
            name_fr=place.name_fr,
            name_nl=place.name_nl,
            lat=place.lat,
            lon=place.lon,
            commune_id=next(iter(place.commune_ids), None),
            commune_ids=tuple(place.commune_ids),
            postcode=next(iter(place.postcodes), None),
            street_id=street,
            house_number=None,
            dataset_id=place.dataset_id,
        )
    return Located(
        id=ids.address_id(address.street_id, address.house_number, None if unique else address.postcode),
        kind="address",
        name_fr=place.name_fr,
        name_nl=place.name_nl,
        lat=address.lat,
        lon=address.lon,
        commune_id=address.commune_id,
        commune_ids=(address.commune_id,),
        postcode=address.postcode,
        street_id=address.street_id,
        house_number=address.house_number,
        dataset_id=place.dataset_id,
    )


def _address(session: Session, place_id: str, wanted: ids.AddressId) -> Located:
    street = repository.place(session, ids.street_id(wanted.street))
    if street is None:
        raise NotFoundError("place_not_found", f"There is no street for {place_id[:120]!r}.")
    number = wanted.number
    found = numbers.doors(repository.addresses(session, wanted.street, number), wanted.house_number) if number else []
    in_postcode = [door for door in found if wanted.postcode in (None, door.postcode)]
    made_up = _between(session, wanted) if not found else None
    if made_up is not None:
        return replace(located(street, made_up), interpolated=True)
    if not in_postcode:
        detail = f"There is no number {wanted.house_number!r} in {street.name_fr} - {street.name_nl}."
        raise NotFoundError("place_not_found", detail, _near_number(session, street, wanted))
    return located(street, in_postcode[0], unique=len(found) == 1)


def _between(session: Session, wanted: ids.AddressId) -> Address | None:
    if wanted.number is None:
        return None
    beside = repository.addresses_beside(session, wanted.street, wanted.number, numbers.MOST_BETWEEN)
    found = numbers.between(beside, wanted.house_number)
    return found if found and wanted.postcode in (None, found.postcode) else None


def _point(session: Session, point: Point) -> Located:
    """Return a point with what is known of it: the address that it is at, else the commune of the streets around."""
    index = indexing.current(session)
    near = points.address_at(session, index, point)
    street = near.place if near else None
    around = near.place if near else points.street_around(index, point)
    door = near.address if near else None
    written = f"{point[0]:.5f}, {point[1]:.5f}"
    commune = door.commune_id if door else next(iter(around.commune_ids), None) if around else None
    return Located(
        id=ids.point_id(*point),
        kind="point",
        name_fr=street.name_fr if street else written,
        name_nl=street.name_nl if street else written,
        lat=point[0],
        lon=point[1],
        commune_id=commune,
        commune_ids=(commune,) if commune else (),
        postcode=door.postcode if door else next(iter(around.postcodes), None) if around else None,
        street_id=street.street if street else None,
        house_number=door.house_number if door else None,
        dataset_id=around.dataset_id if around else 0,
    )


def _near_number(session: Session, street: Place, wanted: ids.AddressId) -> list[dict[str, Any]]:
    doors = numbers.nearest(repository.addresses(session, wanted.street), wanted.number or 0, _SUGGESTIONS)
    found = [located(street, door) for door in doors]
    return [
        {**_suggestion(street), "id": door.id, "kind": door.kind, "house_number": door.house_number} for door in found
    ]


def _alike(session: Session, place_id: str) -> list[dict[str, Any]]:
    kind, colon, rest = place_id[:120].partition(":")
    wanted = fold(rest if colon else kind)
    if not wanted or wanted.isdigit():
        return []
    places = indexing.current(session).places.values()
    known = {place.place_id: place for place in places if not colon or place.kind == kind}
    choices = {known_id: fold(known_id.partition(":")[2]) for known_id in known if not ids.parse_street(known_id)}
    best = process.extract(wanted, choices, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=_ALIKE)
    return [_suggestion(known[known_id]) for _, _, known_id in best]


def _suggestion(place: Place | Known) -> dict[str, Any]:
    return {"id": place.place_id, "kind": place.kind, "name": {"fr": place.name_fr, "nl": place.name_nl}}
