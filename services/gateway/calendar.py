"""Files for residents' calendars, passed on from the city façade at an address of the gateway.

The façade is not public. What is passed on is one file, by known parameters: collection days, whose ETag and age make
the hourly question of a calendar application a short one, and an appointment, to whom has its key.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Annotated, Final

import httpx
from fastapi import APIRouter, Header, Path, Query, Request, Response

from kit.languages import Language
from services.gateway.core.errors import ChatError, documented
from services.gateway.core.limits import holds_for, network

log = logging.getLogger(__name__)

router = APIRouter(tags=["calendar"])

_MEDIA_TYPE: Final = "text/calendar"
#: Headers of the façade's answer that are passed on.
_PASSED_ON: Final = ("content-type", "content-disposition", "etag", "last-modified", "cache-control")
_FRACTIONS: Final = 5
_A_DAY_MIN: Final = 24 * 60

PlaceId = Annotated[
    str, Query(description="Id of a street or an address.", examples=["address:4012:20"], min_length=1, max_length=120)
]
InLanguage = Annotated[Language, Query(alias="lang", description="The language of the file.")]
Fractions = Annotated[
    list[str] | None,
    Query(alias="fraction", max_length=_FRACTIONS, description="These bags only; may be given several times."),
]
AlarmMin = Annotated[
    int | None,
    Query(alias="alarm", ge=0, le=_A_DAY_MIN, description="Minutes before bags may go out; none if absent."),
]
AlarmAt = Annotated[
    str | None,
    Query(
        pattern=r"^([01]\d|2[0-3]):[0-5]\d$",
        description="An alarm at this time of day, instead; when bags may go out where it would come too late.",
        examples=["20:00"],
    ),
]
Download = Annotated[bool, Query(description="As a file to keep, instead of a feed to subscribe to.")]
KnownTag = Annotated[str | None, Header(alias="If-None-Match", max_length=400, description="The known file's ETag.")]
KnownSince = Annotated[
    str | None, Header(alias="If-Modified-Since", max_length=100, description="The known file's Last-Modified.")
]

AppointmentReference = Annotated[
    str,
    Path(
        description="The appointment's reference.",
        examples=["RDV-2026-7K3M9QXD"],
        pattern=r"^[0-9A-Za-z-]{8,24}$",
    ),
]
AppointmentKey = Annotated[
    str, Query(description="The key that was told when it was booked.", pattern=r"^[0-9A-Za-z_-]{1,200}$")
]


@router.get(
    "/calendar/collections.ics",
    operation_id="collections_calendar",
    summary="When to put bags out at an address, as a calendar to subscribe to",
    response_class=Response,
    responses={
        200: {"description": "The calendar file.", "content": {_MEDIA_TYPE: {"schema": {"type": "string"}}}},
        304: {"description": "The file is the one of `If-None-Match`, or no newer than `If-Modified-Since`."},
        **documented(404, 422, 429, 503),
    },
)
async def collections_calendar(
    *,
    request: Request,
    place: PlaceId,
    language: InLanguage = "fr",
    fraction: Fractions = None,
    alarm: AlarmMin = None,
    alarm_at: AlarmAt = None,
    download: Download = False,
    known: KnownTag = None,
    since: KnownSince = None,
) -> Response:
    """Return the façade's iCalendar file (RFC 5545), or 304 where it is the one that is known already."""
    given: list[tuple[str, str | int | float | bool | None]] = [("place", place), ("lang", language)]
    given += [("fraction", each) for each in fraction or ()]
    given += [("alarm", str(alarm))] if alarm is not None else []
    given += [("alarm_at", alarm_at)] if alarm_at is not None else []
    given += [("download", "true")] if download else []
    asked = {"If-None-Match": known, "If-Modified-Since": since}
    headers = {name: value for name, value in asked.items() if value}
    answer = await _asked(request, "/v1/waste/collections.ics", given, headers, language)
    if answer.status_code not in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}:
        raise _refused(answer.status_code, "calendar_not_found", language)
    return _passed_on(answer)


@router.get(
    "/calendar/appointments/{reference}.ics",
    operation_id="appointment_file",
    summary="An appointment, as a file for a calendar",
    response_class=Response,
    responses={
        200: {"description": "The calendar file.", "content": {_MEDIA_TYPE: {"schema": {"type": "string"}}}},
        **documented(404, 422, 429, 503),
    },
)
async def appointment_file(
    *, request: Request, reference: AppointmentReference, key: AppointmentKey, language: InLanguage = "fr"
) -> Response:
    """Return the façade's iCalendar file (RFC 5545) of an appointment, to whom has its key."""
    path = f"/v1/permits/appointments/{reference}/calendar.ics"
    answer = await _asked(request, path, [("lang", language)], {"Appointment-Key": key}, language)
    if answer.status_code != HTTPStatus.OK:
        raise _refused(answer.status_code, "appointment_not_found", language)
    return _passed_on(answer)


async def _asked(
    request: Request,
    path: str,
    given: list[tuple[str, str | int | float | bool | None]],
    headers: dict[str, str],
    language: Language,
) -> httpx.Response:
    """Ask the façade, as often as one address may."""
    address = request.client.host if request.client else ""
    if holds_for(request.app.state.settings.rate_limit, address):
        await request.app.state.calendars.take(network(address), language)
    client: httpx.AsyncClient = request.app.state.city_client
    try:
        return await client.get(path, params=httpx.QueryParams(given), headers=headers)
    except httpx.HTTPError as error:
        log.warning("the city façade gave no calendar: %s", type(error).__name__)
        raise ChatError(HTTPStatus.SERVICE_UNAVAILABLE, "city_unavailable", language=language) from error


def _passed_on(answer: httpx.Response) -> Response:
    headers = {name: answer.headers[name] for name in _PASSED_ON if name in answer.headers}
    return Response(answer.content, status_code=answer.status_code, headers=headers)


def _refused(status: int, code: str, language: Language) -> ChatError:
    """Return what is wrong, of which a calendar application shows at most the status."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ChatError(HTTPStatus.SERVICE_UNAVAILABLE, "city_unavailable", language=language)
    return ChatError(HTTPStatus.NOT_FOUND, code, language=language)
