"""Endpoint of the stops near a place; it has to come before that of one stop, whose id could be `near`."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query

from services.city.core.dependencies import ClockDep, LimitQuery, OffsetQuery
from services.city.core.errors import documented
from services.city.core.schemas import Page
from services.city.transport.around import AroundDep
from services.city.transport.memory import ReadingDep
from services.city.transport.nearest import service
from services.city.transport.nearest.schemas import NearStop

router = APIRouter(prefix="/v1/transport", tags=["transport"])

ModeQuery = Annotated[
    Literal["tram", "bus", "metro", "train", "ferry", "funicular", "other"] | None,
    Query(description="Stops of this kind of line only, with these lines.", examples=["tram"]),
]
LineQuery = Annotated[
    str | None,
    Query(
        description="Stops of the line of this name or id only, with this line.",
        examples=["81"],
        min_length=1,
        max_length=60,
    ),
]
WalkQuery = Annotated[int, Query(ge=1, le=3_000, description="Longest walk, in metres.")]


@router.get(
    "/stops/near",
    operation_id="stops_near",
    summary="The stops near a place",
    responses=documented(404, 422, 503),
)
def stops_near(
    *,
    reading: ReadingDep,
    clock: ClockDep,
    around: AroundDep,
    mode: ModeQuery = None,
    line: LineQuery = None,
    max_walk_m: WalkQuery = 1_000,
    limit: LimitQuery = 5,
    offset: OffsetQuery = 0,
) -> Page[NearStop]:
    """List the stops within a walk of a place or a point, the shortest walk first, with their lines. An empty list says
    that there is none.

    Errors: `place_not_found` suggests similar places, `place_required` says that neither was given,
    `line_not_found` suggests lines of similar names."""
    wanted = service.Wanted(mode, line, max_walk_m)
    return service.nearest(reading, clock, around, wanted, limit=limit, offset=offset)
