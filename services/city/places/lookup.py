"""From a place id to the place: what other topics of the façade use, over the same session."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from rapidfuzz import fuzz, process
from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.errors import NotFoundError
from services.city.models.places import Address, Place
from services.city.places import ids, indexing, numbers, repository
from services.city.places.index import Known

_SUGGESTIONS: Final = 5
_ALIKE: Final = 60.0


@dataclass(frozen=True)
class Located:
    """A place that exists.

    ``commune_id`` and ``postcode`` are those of the address, else those that most of the place lies in;
    ``commune_ids`` has all of them. ``street_id`` is the number of the street of kinds street and address.
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


def lookup(session: Session, place_id: str) -> Located:
    """Return the place of an id.

    An address may be asked for by another way of writing its number (``12a``, a number within ``12-14``); ``id`` and
    ``house_number`` are then those of the door. Raises NotFoundError ``place_not_found`` with the nearest house
    numbers, or the places with the most similar id, as suggestions.
    """
    address = ids.parse_address(place_id)
    if address is not None:
        return _address(session, place_id, address)
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
    if not in_postcode:
        detail = f"There is no number {wanted.house_number!r} in {street.name_fr} - {street.name_nl}."
        raise NotFoundError("place_not_found", detail, _near_number(session, street, wanted))
    return located(street, in_postcode[0], unique=len(found) == 1)


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
