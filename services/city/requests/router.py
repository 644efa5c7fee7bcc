"""Endpoints of the topic requests."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep, WriteSessionDep
from services.city.core.errors import documented
from services.city.core.idempotency import KeyHeader, once
from services.city.core.schemas import Page
from services.city.requests import around, following, privacy, service
from services.city.requests.dependencies import PhotoStoreDep, Reference, RequestKeyHeader, RoutesDep, StaffDep
from services.city.requests.schemas import (
    CreatedAnswer,
    FollowAnswer,
    NearbyRequest,
    NewFollower,
    NewRequest,
    NewStep,
    RequestAnswer,
    ServiceInfo,
)

router = APIRouter(prefix="/v1/requests", tags=["requests"])

Search = Annotated[
    str | None,
    Query(
        alias="q",
        description="What somebody writes about the matter, in any of the three languages.",
        examples=["er zit een groot gat in het fietspad"],
        max_length=1000,
    ),
]
Capability = Annotated[
    str | None,
    Query(description="Only services that serve this intent.", examples=["city_report_problem"], max_length=60),
]
ServiceCode = Annotated[
    str | None,
    Query(
        description="Only requests of this service and of those that people take for it.",
        examples=["street_light"],
        max_length=60,
    ),
]
Latitude = Annotated[float, Query(ge=-90, le=90, allow_inf_nan=False, description="WGS 84.", examples=[50.8275])]
Longitude = Annotated[float, Query(ge=-180, le=180, allow_inf_nan=False, description="WGS 84.", examples=[4.372])]
Radius = Annotated[int, Query(ge=1, le=2000, description="Metres around the point.")]


class _Followed(BaseModel):
    reference: str
    new: NewFollower


class _Advanced(BaseModel):
    reference: str
    new: NewStep


@router.get(
    "/services",
    operation_id="request_services",
    summary="What can be reported or asked for, all or by what somebody writes",
    response_description="The services, best first; all of them in their order where nothing is searched for.",
    responses=documented(422, 503),
)
def request_services(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    query: Search = None,
    capability: Capability = None,
    limit: LimitQuery = 50,
    offset: OffsetQuery = 0,
) -> Page[ServiceInfo]:
    """List the services with their questions, who deals with them and within how long.

    `q` takes whole sentences in French, Dutch or English; the page is empty where nothing in it names a service.
    """
    return service.services(session, clock, language, query=query, capability=capability, limit=limit, offset=offset)


@router.get(
    "/near",
    operation_id="requests_near",
    summary="Open requests near a point",
    response_description="The near and the new first.",
    responses=documented(404, 422, 503),
)
def requests_near(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    lat: Latitude,
    lon: Longitude,
    service_code: ServiceCode = None,
    radius_m: Radius = 100,
    limit: LimitQuery = 10,
    offset: OffsetQuery = 0,
) -> Page[NearbyRequest]:
    """List what others have reported there and is still open, here or in another system, to follow it instead.

    Private matters (a missed collection, a pick-up, works without a permit) are never in it. Errors:
    `service_not_found` (404) suggests the most similar codes.
    """
    return around.near(
        session,
        (lat, lon),
        language,
        clock.now(),
        service_code=service_code,
        radius_m=radius_m,
        limit=limit,
        offset=offset,
    )


@router.post(
    "",
    operation_id="create_request",
    summary="Report a problem or ask for a service",
    response_description="The request, with its reference and the key that erases it.",
    status_code=HTTPStatus.CREATED,
    responses=documented(400, 404, 422, 503),
)
def create_request(
    *,
    new: NewRequest,
    session: WriteSessionDep,
    clock: ClockDep,
    language: LanguageDep,
    routes: RoutesDep,
    key: KeyHeader = None,
) -> CreatedAnswer:
    """Make a request, and hand it to the service that deals with it.

    Errors: `service_not_found`, `place_not_found`, `photo_not_found` (404); `place_needed`, `place_too_large`,
    `outside_region`, `contact_needed`, `description_needed`, `unknown_attribute`, `invalid_attribute`,
    `attribute_required` (422).
    """
    now = clock.now()
    answer = once(
        session,
        key,
        scope="create_request",
        asked=new,
        now=now,
        write=lambda: service.create(session, clock, language, new, routes),
    )
    return CreatedAnswer.model_validate(answer)


@router.get(
    "/{reference}",
    operation_id="request_status",
    summary="How far a request is, and what was done",
    response_description="The request, with every stage that it came to.",
    responses=documented(403, 404, 422, 503),
)
def request_status(
    reference: Reference, session: SessionDep, clock: ClockDep, language: LanguageDep, key: RequestKeyHeader = None
) -> RequestAnswer:
    """Return a request by its reference. Of a private matter, only who made it sees more than its stages.

    Errors: `request_not_found` (404), `wrong_key` (403).
    """
    return service.status(session, clock, language, reference, key)


@router.post(
    "/{reference}/followers",
    operation_id="follow_request",
    summary="Follow a request, or count oneself in",
    response_description="How many have the same problem now.",
    status_code=HTTPStatus.CREATED,
    responses=documented(400, 404, 409, 422, 503),
)
def follow_request(
    *,
    reference: Reference,
    new: NewFollower,
    session: WriteSessionDep,
    clock: ClockDep,
    language: LanguageDep,
    key: KeyHeader = None,
) -> FollowAnswer:
    """Say that one has the same problem; with a contact, one is told what becomes of it, and counted once.

    Errors: `request_not_found` (404), `not_followable` (409) where it is closed or a private matter.
    """
    request, now = service.find(session, reference), clock.now()
    answer = once(
        session,
        key,
        scope="follow_request",
        asked=_Followed(reference=request.reference, new=new),
        now=now,
        write=lambda: following.follow(session, request, new, language, now),
    )
    return FollowAnswer.model_validate(answer)


@router.post(
    "/{reference}/steps",
    operation_id="advance_request",
    summary="Say what stage a request has come to (staff)",
    response_description="The request with its new step.",
    status_code=HTTPStatus.CREATED,
    responses=documented(400, 401, 404, 422, 503),
    dependencies=[StaffDep],
)
def advance_request(
    *,
    reference: Reference,
    new: NewStep,
    session: WriteSessionDep,
    clock: ClockDep,
    language: LanguageDep,
    key: KeyHeader = None,
) -> RequestAnswer:
    """Note the stage and what was done, in one language or more. Errors: `staff_only` (401), `request_not_found`."""
    request, now = service.find(session, reference), clock.now()
    answer = once(
        session,
        key,
        scope="advance_request",
        asked=_Advanced(reference=request.reference, new=new),
        now=now,
        write=lambda: service.advance(session, clock, language, request.reference, new),
    )
    return RequestAnswer.model_validate(answer)


@router.delete(
    "/{reference}/personal-data",
    operation_id="erase_request",
    summary="Erase who made a request and what they wrote, or stop following it",
    response_description="It is gone.",
    status_code=HTTPStatus.NO_CONTENT,
    responses=documented(403, 404, 422, 503),
)
def erase_request(
    reference: Reference,
    session: WriteSessionDep,
    clock: ClockDep,
    store: PhotoStoreDep,
    key: RequestKeyHeader = None,
) -> Response:
    """Erase contact, words, answers and photos of the request; of a private matter also the place, and it is closed.

    With a follower's key, only that person is forgotten. Errors: `request_not_found` (404), `wrong_key` (403).
    """
    privacy.erase_with_key(session, store, service.find(session, reference), key or "", clock.now())
    return Response(status_code=HTTPStatus.NO_CONTENT)
