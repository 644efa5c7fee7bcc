"""Endpoint of bike share."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.transport.around import AroundDep
from services.city.transport.bikes import service
from services.city.transport.bikes.schemas import BikeStations

router = APIRouter(prefix="/v1/transport", tags=["transport"])

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
    around: AroundDep,
    want: WantQuery = None,
    radius_m: RadiusQuery = 2000,
    limit: LimitQuery = 5,
    offset: OffsetQuery = 0,
) -> BikeStations:
    """List the stations, nearest first, with how old their figures are; `place_not_found` suggests similar places."""
    return service.stations(session, clock, around, want=want, radius_m=radius_m, limit=limit, offset=offset)
