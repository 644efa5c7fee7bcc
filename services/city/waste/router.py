"""Endpoints of the topic waste."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Final

from fastapi import APIRouter, Header, Query, Response

from services.city.core.dependencies import ClockDep, LanguageDep, SessionDep
from services.city.core.errors import documented
from services.city.waste import service
from services.city.waste.caching import CALENDAR_ANSWERS, calendar_response
from services.city.waste.ics import Ring
from services.city.waste.rounds import FRACTIONS, Fraction
from services.city.waste.schemas import CollectionsAnswer, HolidaysAnswer

router = APIRouter(prefix="/v1/waste", tags=["waste"])

#: Longest span of days in one answer: a quarter of a year.
MAX_DAYS: Final = 92
#: Longest span of days in a calendar file.
MAX_CALENDAR_DAYS: Final = 366
_A_DAY_MIN: Final = 24 * 60

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
HolidaysFrom = Annotated[date | None, Query(alias="from", description="First day; today in Brussels if absent.")]
HolidayDays = Annotated[int, Query(ge=1, le=MAX_CALENDAR_DAYS, description="How many days to look at.")]
CalendarDays = Annotated[int, Query(ge=1, le=MAX_CALENDAR_DAYS, description="How many days ahead to look.")]
OnlyFractions = Annotated[
    list[Fraction] | None,
    Query(alias="fraction", max_length=len(FRACTIONS), description="These bags only; may be given several times."),
]
Alarm = Annotated[
    int | None,
    Query(ge=0, le=_A_DAY_MIN, description="An alarm this many minutes before bags may go out; none if absent."),
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
KnownSince = Annotated[
    str | None, Header(alias="If-Modified-Since", max_length=100, description="The known file's Last-Modified.")
]
KnownTag = Annotated[
    str | None, Header(alias="If-None-Match", max_length=400, description="The ETag of the file that is there already.")
]


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


@router.get(
    "/holidays",
    operation_id="waste_holidays",
    summary="Public holidays that move rounds",
    responses=documented(422, 503),
)
def holidays(
    *, session: SessionDep, clock: ClockDep, start: HolidaysFrom = None, days: HolidayDays = 28
) -> HolidaysAnswer:
    """List the public holidays on which no bags are collected, each with the day on which its rounds come instead,
    where either of both is one of the days asked for."""
    return service.holidays(session, clock, start=start, days=days)


@router.get(
    "/collections.ics",
    operation_id="collections_calendar",
    summary="When to put bags out at an address, as a calendar for a phone",
    response_class=Response,
    responses={**CALENDAR_ANSWERS, **documented(404, 409, 422, 503)},
)
def collections_calendar(
    *,
    session: SessionDep,
    clock: ClockDep,
    language: LanguageDep,
    place: PlaceId,
    days: CalendarDays = 180,
    fraction: OnlyFractions = None,
    alarm: Alarm = None,
    alarm_at: AlarmAt = None,
    download: Download = False,
    known: KnownTag = None,
    since: KnownSince = None,
) -> Response:
    """Return an iCalendar file (RFC 5545) with one event for each evening on which to put bags out.

    Its address can be subscribed to: an evening keeps its UID, the file names how often to ask again, and
    `If-None-Match` with its ETag, or `If-Modified-Since`, is answered by 304. It starts a week ago, names its source
    in each event, and is in Brussels' time. Errors are those of `/v1/waste/collections`.
    """
    ring = Ring(alarm, alarm_at)
    content, modified = service.calendar_at(session, clock, language, place, days=days, fractions=fraction, ring=ring)
    return calendar_response(content, modified, known=known, since=since, download=download)
