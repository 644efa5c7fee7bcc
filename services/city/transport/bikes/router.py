"""Endpoint of bike share."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.places.lookup import lookup
from services.city.places.parameters import point_of
from services.city.transport.bikes import service
from services.city.transport.bikes.schemas import BikeStations

router = APIRouter(prefix="/v1/transport", tags=["transport"])

PlaceQuery = Annotated[
    str | None,
    Query(description="Id of a place to be near to.", examples=["stop:flagey"], min_length=1, max_length=200),
]
NearQuery = Annotated[
    str | None,
    Query(
        description="Point to be near to, `lat,lon`, where no place is given.",
        examples=["50.8278,4.3722"],
        max_length=60,
    ),
]
WantQuery = Annotated[
    service.Want | None, Query(description="Only stations with a bike to take, or with a free dock to bring one back.")
]
RadiusQuery = Annotated[int, Query(ge=1, le=20_000, description="Farthest distance from the place, in metres.")]


@router.get(
    "/bike-stations",
    operation_id="bike_stations",
    summary="Bike-share stations near a place, with bikes and free docks",
    responses=documented(404, 422, 503),
)
def bike_stations(
    *,
    session: SessionDep,
    clock: ClockDep,
    place: PlaceQuery = None,
    near: NearQuery = None,
    want: WantQuery = None,
    radius_m: RadiusQuery = 2000,
    limit: LimitQuery = 5,
    offset: OffsetQuery = 0,
) -> BikeStations:
    """List the stations, nearest first, with how old their figures are; `place_not_found` suggests similar places."""
    if place is not None:
        found = lookup(session, place)
        point: tuple[float, float] | None = (found.lat, found.lon)
    else:
        point = point_of(near)
    return service.stations(session, clock, point, want=want, radius_m=radius_m, limit=limit, offset=offset)
