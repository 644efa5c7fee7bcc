"""Bike-share stations as answers."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final, Literal

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core.feed_states import aware
from services.city.core.geo import distance_m
from services.city.core.schemas import Name, stated
from services.city.models.bikes import BikeStation
from services.city.models.datasets import Dataset
from services.city.transport.bikes import repository
from services.city.transport.bikes.schemas import BikeStationInfo, BikeStations

#: Figures that are older than this are no longer called real time.
REALTIME_FOR: Final = timedelta(minutes=10)

Want = Literal["bikes", "docks"]


def stations(
    session: Session,
    clock: Clock,
    point: tuple[float, float] | None,
    *,
    want: Want | None,
    radius_m: int,
    limit: int,
    offset: int,
) -> BikeStations:
    """Return a page of the stations within the radius of a point, nearest first; of all, by name, without one.

    With ``want``, only those that have a bike, or a free dock.
    """
    now = clock.now()
    found, in_use = repository.stations(session)
    confirmed_at = repository.confirmed_at(session, in_use)
    items = [_station(each, in_use[each.dataset_id], confirmed_at[each.dataset_id], point, now) for each in found]
    if point is not None:
        items = [item for item in items if item.distance_m is not None and item.distance_m <= radius_m]
        items.sort(key=lambda item: (item.distance_m, item.id))
    if want is not None:
        items = [item for item in items if getattr(item, want)]
    source, _ = stated(in_use.values(), now)
    as_of = min(confirmed_at.values(), default=now).astimezone(now.tzinfo)
    return BikeStations(
        items=items[offset : offset + limit],
        total=len(items),
        limit=limit,
        offset=offset,
        source=source,
        as_of=as_of,
        realtime=bool(in_use) and not source.sample and now - as_of <= REALTIME_FOR,
    )


def _station(
    station: BikeStation,
    dataset: Dataset,
    confirmed_at: datetime,
    point: tuple[float, float] | None,
    now: datetime,
) -> BikeStationInfo:
    reported_at = aware(station.reported_at)
    if reported_at is not None:
        # A station whose clock is ahead of ours did not report after we fetched it.
        reported_at = min(reported_at, confirmed_at).astimezone(now.tzinfo)
    return BikeStationInfo(
        id=station.station_id,
        system=dataset.source_name,
        name=Name(fr=station.name_fr, nl=station.name_nl),
        lat=station.lat,
        lon=station.lon,
        distance_m=round(distance_m(*point, station.lat, station.lon)) if point else None,
        capacity=station.capacity,
        bikes=station.bikes if station.lends else 0,
        docks=station.docks if station.takes_back else 0,
        renting=station.lends,
        returning=station.takes_back,
        virtual=station.dockless,
        reported_at=reported_at,
        age_minutes=max(0, (now - reported_at) // timedelta(minutes=1)) if reported_at else None,
    )
