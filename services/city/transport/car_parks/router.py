"""Endpoint of car parks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.transport.around import AroundDep
from services.city.transport.car_parks import service
from services.city.transport.car_parks.schemas import CarParks

router = APIRouter(prefix="/v1/transport", tags=["transport"])

RadiusQuery = Annotated[int, Query(ge=1, le=20_000, description="Farthest distance from the place, in metres.")]


@router.get(
    "/car-parks",
    operation_id="car_parks",
    summary="Public car parks near a place",
    responses=documented(404, 422, 503),
)
def car_parks(
    *,
    session: SessionDep,
    clock: ClockDep,
    around: AroundDep,
    radius_m: RadiusQuery = 2000,
    limit: LimitQuery = 5,
    offset: OffsetQuery = 0,
) -> CarParks:
    """List the car parks, nearest first; `place_not_found` suggests similar places."""
    return service.car_parks(session, clock, around, radius_m=radius_m, limit=limit, offset=offset)
