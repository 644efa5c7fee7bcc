"""Endpoints of container parks and drop-off points."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.waste.materials import Material
from services.city.waste.points import service
from services.city.waste.points.finding import where_of
from services.city.waste.points.schemas import ContainerParkAnswer, ContainerParkPage, DropOffPage

router = APIRouter(prefix="/v1/waste", tags=["waste"])

PlaceId = Annotated[
    str | None,
    Query(
        description="Id of a place of any kind: the nearest come first.",
        examples=["street:4012"],
        min_length=1,
        max_length=120,
    ),
]
NearPoint = Annotated[
    str | None,
    Query(description="Latitude and longitude, where there is no place.", examples=["50.846,4.352"], max_length=60),
]
On = Annotated[date | None, Query(description="The day to look at; today in Brussels if absent.")]
ParkMaterial = Annotated[
    str | None, Query(description="Parks that take this only.", examples=["chemicals"], min_length=1, max_length=60)
]
PointMaterial = Annotated[Material | None, Query(description="Points that take this only.")]
Radius = Annotated[
    int | None, Query(ge=50, le=50_000, description="Metres around the place; the whole Region if absent.")
]
ParkId = Annotated[str, Path(description="The park's id.", examples=["recypark-sud"], max_length=200)]


@router.get(
    "/container-parks",
    operation_id="list_container_parks",
    summary="Container parks: nearest first, open now or when next, what they take and what to bring",
    responses=documented(404, 422, 503),
)
def list_container_parks(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    place: PlaceId = None,
    near: NearPoint = None,
    material: ParkMaterial = None,
    on: On = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> ContainerParkPage:
    """List the container parks, nearest first where a place or a point is given.

    `open_now` and `opens_next` are of this moment, `on_date` of the day asked about; public holidays and closures
    count. Errors: `place_not_found` (404), `invalid_point` and `unknown_material` (422, with the materials).
    """
    where = where_of(session, place, near)
    return service.parks(session, clock, language, where=where, material=material, on=on, limit=limit, offset=offset)


@router.get(
    "/container-parks/{park_id}",
    operation_id="container_park",
    summary="One container park",
    responses=documented(404, 422, 503),
)
def container_park(
    *,
    park_id: ParkId,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    place: PlaceId = None,
    near: NearPoint = None,
    on: On = None,
) -> ContainerParkAnswer:
    """Return a park by its id; `container_park_not_found` suggests the most similar."""
    return service.one_park(session, clock, language, park_id, where=where_of(session, place, near), on=on)


@router.get(
    "/drop-off-points",
    operation_id="list_drop_off_points",
    summary="Where to bring glass, clothes, oil, batteries, small electricals and household chemicals",
    responses=documented(404, 422, 503),
)
def list_drop_off_points(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    place: PlaceId = None,
    near: NearPoint = None,
    material: PointMaterial = None,
    radius_m: Radius = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> DropOffPage:
    """List the drop-off points, nearest first where a place or a point is given; parks that take the material too.

    Errors: `place_not_found` (404), `invalid_point` (422).
    """
    where = where_of(session, place, near)
    return service.drop_off_points(
        session,
        clock,
        language,
        where=where,
        radius_m=radius_m,
        material=material,
        limit=limit,
        offset=offset,
    )
