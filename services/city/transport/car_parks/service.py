"""Public car parks as answers."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core.geo import distance_m
from services.city.core.schemas import Name, stated
from services.city.transport import factbook
from services.city.transport.car_parks.facts import CarPark
from services.city.transport.car_parks.schemas import CarParkInfo, CarParks

TOPIC: Final = "car_parks"


def car_parks(
    session: Session, clock: Clock, point: tuple[float, float] | None, *, radius_m: int, limit: int, offset: int
) -> CarParks:
    """Return a page of the car parks within the radius of a point, nearest first; of all, by name, without one."""
    found, in_use = factbook.facts(session, TOPIC, CarPark)
    items = [_car_park(each, point) for each in found]
    items.sort(key=lambda item: (item.distance_m or 0, item.name.fr))
    if point is not None:
        items = [item for item in items if item.distance_m is not None and item.distance_m <= radius_m]
    source, as_of = stated(in_use, clock.now())
    return CarParks.cut(items, limit=limit, offset=offset, source=source, as_of=as_of)


def _car_park(facts: CarPark, point: tuple[float, float] | None) -> CarParkInfo:
    lat, lon = facts.location.lat, facts.location.lon
    return CarParkInfo(
        name=Name(fr=facts.names.fr, nl=facts.names.nl),
        lat=lat,
        lon=lon,
        distance_m=round(distance_m(*point, lat, lon)) if point else None,
        capacity=facts.capacity,
    )
