"""Endpoints of Open311 GeoReport v2 (wiki.open311.org/GeoReport_v2), each in XML and in JSON."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Response

from services.city.core.dependencies import ClockDep, LanguageDep, SessionDep, WriteSessionDep
from services.city.core.idempotency import KeyHeader
from services.city.open311 import discovery, moments, posting, service, services
from services.city.open311.dependencies import BaseUrlDep, FormatPath, JurisdictionDep, KeyDep, SettingsDep
from services.city.open311.documents import response
from services.city.open311.errors import GeoReportError, GeoReportRoute, documented
from services.city.open311.posting import FormDep
from services.city.open311.repository import Search
from services.city.requests import catalogue
from services.city.requests.dependencies import RoutesDep

router = APIRouter(
    prefix="/open311",
    tags=["open311"],
    route_class=GeoReportRoute,
    default_response_class=Response,
    dependencies=[JurisdictionDep],
)

_STATUSES: Final = ("open", "closed")
#: How OpenAPI describes the posted form, which is read by hand: its attributes have names of their own.
_FORM: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["service_code"],
                    "properties": {
                        name: {"type": "string"}
                        for name in (
                            "api_key", "jurisdiction_id", "service_code", "lat", "long", "address_string",
                            "address_id", "email", "device_id", "account_id", "first_name", "last_name", "phone",
                            "description", "media_url",
                        )
                    },
                    "additionalProperties": {"type": "string"},
                }
            }
        },
    }
}  # fmt: skip

ServiceCode = Annotated[str, Path(description="The service's code.", examples=["street_light"], max_length=200)]
RequestIds = Annotated[
    str, Path(description="Ids of requests, with commas.", examples=["BXL-2026-00123"], max_length=20_000)
]
Token = Annotated[str, Path(description="The token that a post was answered with.", max_length=200)]
IdsQuery = Annotated[
    str | None, Query(description="Ids with commas; searched for without any other parameter.", max_length=20_000)
]
CodesQuery = Annotated[str | None, Query(description="Service codes, with commas.", max_length=2000)]
StartQuery = Annotated[str | None, Query(description="ISO 8601: requested at this time or later.", max_length=40)]
EndQuery = Annotated[
    str | None, Query(description="ISO 8601: requested at this time or before; at most 90 days later.", max_length=40)
]
StatusQuery = Annotated[str | None, Query(description="`open`, `closed`, or both with a comma.", max_length=40)]
PageQuery = Annotated[int, Query(ge=1, le=10_000, description="Which page of the answer.")]
PageSizeQuery = Annotated[int, Query(ge=1, le=service.MOST, description="Requests a page.")]


@router.get("/discovery.{form}", operation_id="open311_discovery_root", summary="Where to find GeoReport v2",
            responses=documented(404))  # fmt: skip
@router.get("/v2/discovery.{form}", operation_id="open311_discovery", summary="Where to find GeoReport v2",
            responses=documented(404))  # fmt: skip
def open311_discovery(form: FormatPath, settings: SettingsDep, base_url: BaseUrlDep) -> Response:
    """Return the discovery document: the address, the formats, whom to write to."""
    return response("discovery", discovery.document(settings, base_url), form)


@router.get("/v2/services.{form}", operation_id="open311_services", summary="What can be reported",
            responses=documented(404))  # fmt: skip
def open311_services(form: FormatPath, session: SessionDep, language: LanguageDep) -> Response:
    """Return the services, in the language of `Accept-Language`."""
    known = catalogue.current(session)
    return response("services", [services.listed(each, language) for each in known.services.values()], form)


@router.get("/v2/services/{service_code}.{form}", operation_id="open311_service", summary="The questions of a service",
            responses=documented(404))  # fmt: skip
def open311_service(
    service_code: ServiceCode, form: FormatPath, session: SessionDep, language: LanguageDep
) -> Response:
    """Return the attributes that belong to a service."""
    facts = catalogue.current(session).services.get(service_code)
    if facts is None:
        raise GeoReportError(404, "service_code provided was not found.")
    return response("service_definition", services.definition(facts, language), form)


@router.post("/v2/requests.{form}", operation_id="open311_post_request", summary="Report something",
             responses=documented(403, 404, 413), dependencies=[KeyDep], openapi_extra=_FORM)  # fmt: skip
def open311_post_request(
    *,
    form: FormatPath,
    content: FormDep,
    session: WriteSessionDep,
    clock: ClockDep,
    language: LanguageDep,
    routes: RoutesDep,
    key: KeyHeader = None,
) -> Response:
    """Take a request: `service_code`, a place and what is the matter; answer with its id or, later known, a token.

    A place is `lat` and `long`, `address_id` (of `/v1/places`) or `address_string`. Attributes come as
    `attribute[code]`, several values of one as `attribute[code][]`. An `Idempotency-Key` makes a retry safe.
    """
    sent = posting.posted(session, clock, content)
    receipt = service.post(session, clock, language, sent, routes=routes, key=key)
    return response("service_requests", [receipt.document()], form)


@router.get("/v2/requests.{form}", operation_id="open311_requests", summary="Requests by time, service and status",
            responses=documented(404))  # fmt: skip
def open311_requests(
    *,
    form: FormatPath,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    base_url: BaseUrlDep,
    service_request_id: IdsQuery = None,
    service_code: CodesQuery = None,
    start_date: StartQuery = None,
    end_date: EndQuery = None,
    status: StatusQuery = None,
    page: PageQuery = 1,
    page_size: PageSizeQuery = service.MOST,
) -> Response:
    """Return public requests, the newest first: of the last 90 days where no dates are given, at most 1000."""
    if service_request_id:
        found = service.by_ids(session, clock, language, service_request_id, base_url)
        return response("service_requests", found, form)
    statuses = _listed(status)
    if not set(statuses) <= set(_STATUSES):
        raise GeoReportError(400, "status is open or closed.")
    first, last = moments.span(start_date, end_date, clock.now())
    codes = [each for each in _listed(service_code) if each in catalogue.current(session).services]
    if service_code and not codes:
        raise GeoReportError(404, "service_code provided was not found.")
    wanted = Search(first, last, codes, statuses)
    found = service.search(session, clock, language, wanted, page=page, page_size=page_size, base_url=base_url)
    return response("service_requests", found, form)


@router.get("/v2/requests/{service_request_id}.{form}", operation_id="open311_request", summary="How far a request is",
            responses=documented(404))  # fmt: skip
def open311_request(
    *,
    service_request_id: RequestIds,
    form: FormatPath,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    base_url: BaseUrlDep,
) -> Response:
    """Return one request, or several of a list with commas."""
    return response("service_requests", service.by_ids(session, clock, language, service_request_id, base_url), form)


@router.get("/v2/tokens/{token}.{form}", operation_id="open311_token", summary="The id that a token stands for",
            responses=documented(404))  # fmt: skip
def open311_token(token: Token, form: FormatPath, session: SessionDep) -> Response:
    """Return the id of the request that was posted with a token as its answer."""
    return response("service_requests", [service.by_token(session, token)], form)


def _listed(text: str | None) -> list[str]:
    return [each.strip() for each in (text or "").split(",") if each.strip()]
