"""Points on the map as places: what they are at, and points that someone writes."""

from __future__ import annotations

import re
from typing import Final

from sqlalchemy.orm import Session

from services.city.core.geo import cells_around, distance_m, is_point
from services.city.places.index import Known, PlaceIndex
from services.city.places.nearby import MOST_FAR_ADDRESS_M, Near, Point, nearby

#: Further from any street than this, a point's commune is not known: woods and fields lie on borders.
MOST_FAR_STREET_M: Final = 1500
_WRITTEN: Final = re.compile(
    r"\s*(?:point\s*:|geo\s*:|gps\s*:?)?\s*\(?(-?\d{1,2}[.]\d{2,12})\s*[,; ]\s*(-?\d{1,3}[.]\d{2,12})\)?\s*",
    re.ASCII | re.IGNORECASE,
)


def written(text: str) -> Point | None:
    """Return the point that a text is, such as ``50.846, 4.352``; None where it is something else."""
    match = _WRITTEN.fullmatch(text)
    point = (float(match[1]), float(match[2])) if match else None
    return point if point and is_point(*point) else None


def address_at(session: Session, index: PlaceIndex, point: Point) -> Near | None:
    """Return the address nearest to a point, within MOST_FAR_ADDRESS_M."""
    found = nearby(session, index, point, kinds=("address",), radius_m=MOST_FAR_ADDRESS_M, most=1)
    return next(iter(found), None)


def street_around(index: PlaceIndex, point: Point) -> Known | None:
    """Return the street whose middle is nearest to a point, within MOST_FAR_STREET_M."""
    around = (
        (distance_m(*point, place.lat, place.lon), place.place_id, place)
        for cell in cells_around(*point, MOST_FAR_STREET_M)
        for place in index.cells.get(cell, ())
        if place.kind == "street"
    )
    away_m, _, street = min(around, key=lambda found: found[:2], default=(float("inf"), "", None))
    return street if away_m <= MOST_FAR_STREET_M else None
