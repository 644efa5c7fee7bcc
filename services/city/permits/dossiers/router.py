"""Endpoints of dossiers and public inquiries."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.permits.dossiers import inquiries, nearby, service
from services.city.permits.dossiers.schemas import ApplicationAnswer, ApplicationsPage, InquiriesPage

router = APIRouter(prefix="/v1/permits", tags=["permits"])

Written = Annotated[
    str,
    Path(
        description="The dossier's reference, as it is written on the papers; spaces, dashes, small letters and a "
        "missing zero do no harm.",
        examples=["04/PU/1967213"],
        max_length=80,
    ),
]
PlaceId = Annotated[
    str | None,
    Query(
        description="A place's id: an address, a street, a stop or a commune.",
        examples=["commune:ixelles"],
        max_length=120,
    ),
]
Near = Annotated[
    str | None, Query(description="A point, as latitude and longitude.", examples=["50.846,4.352"], max_length=60)
]
CommuneId = Annotated[
    str | None, Query(description="A commune's id.", examples=["forest"], min_length=1, max_length=80)
]
Radius = Annotated[int, Query(description="How far from the place or point, in metres.", ge=10, le=5000)]
AtPlace = Annotated[
    str,
    Query(
        description="A place's id: an address, a street (all of it), a stop or a point.",
        examples=["address:4012:20"],
        min_length=1,
        max_length=120,
    ),
]
Around = Annotated[
    int, Query(alias="radius_m", description="How far from it, in metres; not for a street.", ge=5, le=500)
]
Day = Annotated[date | None, Query(description="The day on which they are open; today where none is given.")]


@router.get(
    "/applications/{reference:path}",
    operation_id="permit_application",
    summary="Where a permit application stands",
    response_description="The stage, what comes next and by when.",
    responses=documented(404, 409, 422, 503),
)
def permit_application(
    reference: Written, session: SessionDep, clock: ClockDep, language: LanguageDep
) -> ApplicationAnswer:
    """Return the stage of a planning or environmental permit application, and what comes next.

    Nothing personal is answered: who applied is never read from the register. Errors: `invalid_reference` (422);
    `application_not_found` (404) suggests references a slip away; `reference_ambiguous` (409) names those that share a
    number.
    """
    return service.application(session, clock, language, reference)


@router.get(
    "/applications",
    operation_id="permit_applications_near",
    summary="Permit applications near a place",
    response_description="The applications, those at the very house first, then the nearest.",
    responses=documented(404, 422, 503),
)
def permit_applications_near(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    place: AtPlace,
    radius: Around = 40,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> ApplicationsPage:
    """List the planning and environmental permit applications near a place, whatever their stage.

    Errors: `place_not_found` (404), `place_too_large` (422).
    """
    asked = nearby.Asked(place, radius, limit, offset)
    return nearby.applications_near(session, clock, language, asked)


@router.get(
    "/inquiries",
    operation_id="public_inquiries",
    summary="Public inquiries that are open",
    response_description="The inquiries, nearest first where a place or point was given, else those that end first.",
    responses=documented(404, 422, 503),
)
def public_inquiries(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    place: PlaceId = None,
    near: Near = None,
    commune: CommuneId = None,
    radius_m: Radius = 500,
    on: Day = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> InquiriesPage:
    """List the public inquiries that are open on a day near a place or point, in a commune, or in the whole Region.

    Each says what is planned in both languages, until when one can react, and how. Errors: `place_not_found` and
    `commune_not_found` (404); `one_area_only` and `invalid_point` (422).
    """
    asked = inquiries.Asked(place, near, commune, radius_m, on, limit, offset)
    return inquiries.open_inquiries(session, clock, language, asked)
