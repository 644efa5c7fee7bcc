"""Endpoint of parking zones."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LanguageDep, SessionDep
from services.city.core.errors import documented
from services.city.transport.moments import Moment
from services.city.transport.parking import service
from services.city.transport.parking.schemas import ParkingAnswer, ParkingColours

router = APIRouter(prefix="/v1/transport", tags=["transport"])

PlaceQuery = Annotated[
    str, Query(description="Id of the place to park at.", examples=["address:4012:16"], min_length=1, max_length=200)
]
AtQuery = Annotated[
    Moment, Query(description="When; otherwise now. Without an offset, Brussels' time.", examples=["2026-11-28T10:00"])
]


@router.get(
    "/parking-zones",
    operation_id="parking_zones",
    summary="The parking zone at a place: colour, hours, price, longest stay",
    responses=documented(404, 422, 503),
)
def parking_zones(
    *, session: SessionDep, clock: ClockDep, language: LanguageDep, place: PlaceQuery, at: AtQuery = None
) -> ParkingAnswer:
    """Return the zone, and whether its rule holds at that time; `known` is false where no zone is known there."""
    return service.parking(session, clock, language, place, at)


@router.get(
    "/parking-colours",
    operation_id="parking_colours",
    summary="What parking zones of a colour have in common",
    responses=documented(503),
)
def parking_colours(session: SessionDep, clock: ClockDep) -> ParkingColours:
    """List the colours of zones with their price and longest stay; what differs from zone to zone is left out."""
    return service.colours(session, clock)
