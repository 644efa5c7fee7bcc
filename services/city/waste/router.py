"""Endpoints of the topic waste."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, SessionDep
from services.city.core.errors import documented
from services.city.waste import service
from services.city.waste.rounds import Fraction
from services.city.waste.schemas import CollectionsAnswer

router = APIRouter(prefix="/v1/waste", tags=["waste"])

#: Longest span of days in one answer: a quarter of a year.
MAX_DAYS: Final = 92

PlaceId = Annotated[
    str,
    Query(
        description="Id of a street or an address.",
        examples=["address:4012:20", "street:4012"],
        min_length=1,
        max_length=120,
    ),
]
From = Annotated[date | None, Query(alias="from", description="First day of collection; today in Brussels if absent.")]
Days = Annotated[int, Query(ge=1, le=MAX_DAYS, description="How many days of collection to look at.")]
OnlyFraction = Annotated[Fraction | None, Query(description="Collections of this bag only.")]


@router.get(
    "/collections",
    operation_id="collections",
    summary="Which bags are collected at an address, and when to put them out",
    response_description="The collections in order of day and then of bag.",
    responses=documented(404, 409, 422, 503),
)
def collections(
    *,
    session: SessionDep,
    clock: ClockDep,
    place: PlaceId,
    start: From = None,
    days: Days = 28,
    fraction: OnlyFraction = None,
) -> CollectionsAnswer:
    """List the collections at a street or an address, moved for public holidays, each with its put-out window.

    Errors: `place_not_found` (404) suggests the nearest that exist; `house_number_needed` (409) where the rounds of
    the street differ by house number, with its parts; `no_rounds_for_place` (404) where no round is known there;
    `dates_not_covered` (404) where the calendar does not reach the days asked for.
    """
    return service.collections_at(session, clock, place, start=start, days=days, fraction=fraction)
