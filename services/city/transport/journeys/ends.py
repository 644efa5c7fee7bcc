"""Between which places a journey goes: any place id, a stop, or a point on the map."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import numpy as np
from sqlalchemy.orm import Session

from services.city.core.errors import CityError
from services.city.places.ids import parse_point
from services.city.places.lookup import lookup
from services.city.transport import stops
from services.city.transport.journeys import footpaths, walking
from services.city.transport.journeys.labels import label
from services.city.transport.journeys.network import Network
from services.city.transport.journeys.raptor import Reach
from services.city.transport.wording import STOP_PREFIX

_POINT: Final = re.compile(r"\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,20})?)\s*", re.ASCII)
#: Closer than this, one is there.
_SAME_M: Final = 25


@dataclass(frozen=True)
class End:
    """One end of a journey. ``place_rows`` are a stop's rows, one a feed; a stop may lie nowhere."""

    id: str
    kind: str
    name: tuple[str, str]
    house_number: str | None
    lat: float | None
    lon: float | None
    place_rows: tuple[int, ...] = ()

    @property
    def written(self) -> str:
        """How messages for callers name it: no coordinates, no address."""
        return "the point" if self.kind == "point" else self.name[0]


def resolve(session: Session, written: str) -> End:
    """Return the place of an id, or the point of ``"50.846,4.352"``.

    Raises NotFoundError ``place_not_found`` or ``stop_not_found``, with suggestions, and CityError ``invalid_point``.
    """
    point = _POINT.fullmatch(written)
    place_id = f"point:{point[1]},{point[2]}" if point else written
    if point and parse_point(place_id) is None:
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid_point", "A point has a latitude and a longitude.")
    if written.startswith(STOP_PREFIX):
        rows = stops.the_stop(session, written)
        first = rows[0]
        ids = tuple(row.id for row in rows)
        name = (first.name_fr, first.name_nl)
        return End(f"{STOP_PREFIX}{first.slug}", "stop", name, None, first.lat, first.lon, ids)
    place = lookup(session, place_id.replace("\0", ""))
    return End(place.id, place.kind, (place.name_fr, place.name_nl), place.house_number, place.lat, place.lon)


def reach(network: Network, end: End, most_m: int) -> Reach:
    """Return the stops within a walk of an end; a stop's own platforms are no walk at all."""
    own = network.stops.of_places(end.place_rows)
    cost = dict.fromkeys(own, 0)
    if end.lat is not None and end.lon is not None:
        for stop, walk_m in footpaths.reached(network.stops, end.lat, end.lon, most_m):
            cost.setdefault(stop, label(walking.seconds(walk_m), walk_m))
    return Reach(np.array(list(cost), np.int32), np.array(list(cost.values()), np.int64))


def are_same(one: End, other: End) -> bool:
    """Tell whether there is nowhere to go."""
    if one.id == other.id:
        return True
    away_m = between_m(one, other)
    return away_m is not None and away_m <= _SAME_M


def between_m(one: End, other: End) -> int | None:
    """Return how far one walks from end to end; None where one of them lies nowhere."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    return walking.metres(one.lat, one.lon, other.lat, other.lon)


def nearest_stops(network: Network, end: End, most: int, within_m: int) -> list[tuple[int, int]]:
    """Return the rows of the nearest stop places, to suggest where none is within a walk, and the metres there."""
    if end.lat is None or end.lon is None:
        return []
    found: dict[int, int] = {}
    for stop, walk_m in footpaths.reached(network.stops, end.lat, end.lon, within_m):
        found.setdefault(int(network.stops.places[stop]), walk_m)
    return list(found.items())[:most]
