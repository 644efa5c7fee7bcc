"""Where a request is: a place, a point or both, inside the Region, with the address that people would write."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from sqlalchemy.orm import Session

from services.city.core.errors import CityError
from services.city.places import indexing
from services.city.places import repository as places
from services.city.places.lookup import Located, lookup
from services.city.places.nearby import MOST_FAR_ADDRESS_M, nearby
from services.city.requests.catalogue import Catalogue

#: Kinds of places that are too large to go to.
_VAGUE: Final = ("commune", "locality")
#: A point without a place is described by an address at most this far away.
_ADDRESS_WITHIN_M: Final = min(60, MOST_FAR_ADDRESS_M)


@dataclass(frozen=True)
class Where:
    """A point with what is known of it."""

    lat: float
    lon: float
    place_id: str | None
    address_fr: str | None
    address_nl: str | None
    postcode: str | None
    commune_id: str | None


def locate(
    session: Session,
    catalogue: Catalogue,
    place_id: str | None,
    point: tuple[float, float] | None,
    *,
    vague: bool = False,
) -> Where | None:
    """Return where a place and a point (latitude, longitude) are; the point wins, the place gives the address.

    None without either. ``vague``: a commune, or a part of one, will do. Raises NotFoundError ``place_not_found``,
    CityError ``place_too_large`` and ``outside_region`` (422).
    """
    if place_id is None and point is None:
        return None
    place = lookup(session, place_id) if place_id is not None else None
    if place is not None and place.kind in _VAGUE and point is None and not vague:
        detail = f"{place.name_fr} - {place.name_nl} is too large: give a street, an address, a stop or a point."
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "place_too_large", detail)
    lat, lon = point or (place.lat, place.lon)  # type: ignore[union-attr]  # one of both is there
    if not catalogue.covers(lat, lon):
        detail = "This point is outside the Brussels-Capital Region; its commune takes such reports."
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "outside_region", detail)
    if place is None:
        place = _address_at(session, lat, lon)
        if place is None:
            return Where(lat, lon, None, None, None, None, None)
    fr, nl = _written(session, place)
    return Where(lat, lon, place.id, fr, nl, place.postcode, place.commune_id)


def _address_at(session: Session, lat: float, lon: float) -> Located | None:
    found = nearby(
        session, indexing.current(session), (lat, lon), kinds={"address"}, radius_m=_ADDRESS_WITHIN_M, most=1
    )
    if not found or found[0].address is None:
        return None
    door = found[0].address
    return lookup(session, f"address:{door.street_id}:{door.house_number}:{door.postcode}")


def _written(session: Session, place: Located) -> tuple[str, str]:
    """Return a place as an envelope has it, in French and in Dutch."""
    commune = places.place(session, f"commune:{place.commune_id}") if place.commune_id else None
    return (
        _line(place.name_fr, place, commune.name_fr if commune else None),
        _line(place.name_nl, place, commune.name_nl if commune else None),
    )


def _line(name: str, place: Located, commune: str | None) -> str:
    if place.kind == "commune":
        return name
    street = f"{name} {place.house_number}" if place.house_number else name
    town = " ".join(filter(None, (place.postcode if place.house_number else None, commune)))
    return f"{street}, {town}" if town else street
