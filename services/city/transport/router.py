"""Endpoints of the topic transport."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query

from services.city.core.dependencies import ClockDep, LanguageDep, LimitQuery, OffsetQuery, SessionDep
from services.city.core.errors import documented
from services.city.core.schemas import Page
from services.city.transport import service
from services.city.transport.line_schemas import FirstLast
from services.city.transport.memory import ReadingDep
from services.city.transport.moments import Moment, ServiceDay
from services.city.transport.parameters import StopId
from services.city.transport.schemas import Board, LineAnswer, LineInfo, Messages, StopAnswer, StopInfo

router = APIRouter(prefix="/v1/transport", tags=["transport"])

LineName = Annotated[str, Path(description="The line's short name or id.", examples=["81"], max_length=200)]
NameQuery = Annotated[
    str | None, Query(description="Part of a stop's name, in French or Dutch.", examples=["flagey"], max_length=200)
]
LineQuery = Annotated[
    str | None, Query(description="Departures of this line only.", examples=["81"], min_length=1, max_length=60)
]
TowardsQuery = Annotated[
    str | None,
    Query(
        description="Departures to this destination or through this stop only, in French or Dutch.",
        examples=["Montgomery"],
        min_length=1,
        max_length=200,
    ),
]
ModeQuery = Annotated[
    Literal["tram", "bus", "metro", "train", "ferry", "funicular", "other"] | None,
    Query(description="Departures of this kind of line only.", examples=["tram"]),
]
AtQuery = Annotated[
    Moment, Query(description="Departures from then on; now where it is left out. Local time where it has no offset.")
]

MessageLineQuery = Annotated[
    str | None, Query(description="Messages about this line only.", examples=["81"], min_length=1, max_length=60)
]
MessageStopQuery = Annotated[
    str | None,
    Query(
        description="Messages that matter at this stop only.", examples=["stop:flagey"], min_length=1, max_length=200
    ),
]
OperatorQuery = Annotated[
    str | None,
    Query(description="Messages of this operator only.", examples=["STIB-MIVB"], min_length=1, max_length=80),
]
MessageAtQuery = Annotated[
    Moment, Query(description="Messages that hold then; now where it is left out. Local time where it has no offset.")
]
ServiceDayQuery = Annotated[
    ServiceDay,
    Query(description="Service day; where it is left out today, which before 4:00 is still the day before."),
]
EdgeStopQuery = Annotated[
    str | None,
    Query(
        description="The stop that the line leaves; where its trips begin if it is left out.",
        examples=["stop:flagey"],
        min_length=1,
        max_length=200,
    ),
]


@router.get("/stops", operation_id="list_stops", summary="Stops by name", responses=documented(422, 503))
def list_stops(
    *,
    session: SessionDep,
    clock: ClockDep,
    q: NameQuery = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> Page[StopInfo]:
    """List the stop places that fit a name, best first, with the lines that serve them; all where `q` is left out.
    Misspelt names find the most similar."""
    return service.list_stops(session, clock, q, limit, offset)


@router.get("/stops/{stop_id}", operation_id="stop", summary="One stop", responses=documented(404, 422, 503))
def stop(stop_id: StopId, session: SessionDep, clock: ClockDep) -> StopAnswer:
    """Return a stop place with its platforms and lines; `stop_not_found` suggests the stops of similar names."""
    return service.one_stop(session, clock, stop_id)


@router.get(
    "/stops/{stop_id}/departures",
    operation_id="departures",
    summary="The next departures at a stop",
    responses=documented(404, 422, 503),
)
def departures(
    *,
    stop_id: StopId,
    reading: ReadingDep,
    clock: ClockDep,
    language: LanguageDep,
    line: LineQuery = None,
    towards: TowardsQuery = None,
    mode: ModeQuery = None,
    at: AtQuery = None,
    limit: LimitQuery = 10,
) -> Board:
    """List what leaves a stop from a time on, in order, within 24 hours; where nothing does, what leaves on the next
    day that anything does. Where real time is fresh, departures that it knows are `realtime`, with the time that is
    `expected`; the others are the timetable's. `realtime_status` says whether it is, and `messages` what is known of
    disturbances of these lines here.

    Errors: `stop_not_found` and `line_not_found` suggest similar names, `line_not_at_stop` and `mode_not_at_stop` the
    lines that serve the stop, `towards_not_served` the directions that there are."""
    return service.board(
        reading,
        clock,
        stop_id,
        language=language,
        line=line,
        towards=towards,
        mode=mode,
        at=at,
        limit=limit,
    )


@router.get("/messages", operation_id="messages", summary="Disturbances and works", responses=documented(404, 422, 503))
def messages(
    *,
    reading: ReadingDep,
    clock: ClockDep,
    language: LanguageDep,
    line: MessageLineQuery = None,
    stop: MessageStopQuery = None,
    operator: OperatorQuery = None,
    at: MessageAtQuery = None,
    limit: LimitQuery = 20,
    offset: OffsetQuery = 0,
) -> Messages:
    """List what is known of works, diversions and disturbances of a line, at a stop, of an operator, or of all, the
    most important first. An empty list says that none was known at `as_of`. A text that is missing in the language
    asked for comes in another one, and `language` says which.

    Errors: `line_not_found`, `stop_not_found` and `operator_not_found` suggest what there is, `line_not_at_stop` the
    lines that serve the stop."""
    return service.list_messages(
        reading,
        clock,
        language=language,
        line=line,
        stop=stop,
        operator=operator,
        at=at,
        limit=limit,
        offset=offset,
    )


@router.get("/lines", operation_id="list_lines", summary="All lines", responses=documented(422, 503))
def list_lines(
    *, session: SessionDep, clock: ClockDep, limit: LimitQuery = 100, offset: OffsetQuery = 0
) -> Page[LineInfo]:
    """List the lines in the feeds' order, with where they go."""
    return service.list_lines(session, clock, limit, offset)


@router.get("/lines/{short_name}", operation_id="line", summary="One line", responses=documented(404, 409, 422, 503))
def line(short_name: LineName, reading: ReadingDep, clock: ClockDep, date: ServiceDayQuery = None) -> LineAnswer:
    """Return a line with the stops of each direction and how often it leaves, hour by hour; `line_not_found` suggests
    lines of similar names, and `line_ambiguous` those of several operators that share one."""
    return service.one_line(reading, clock, short_name, date)


@router.get(
    "/lines/{short_name}/first-last",
    operation_id="first_last",
    summary="A line's first and last departures of a day",
    responses=documented(404, 409, 422, 503),
)
def first_last(
    *,
    short_name: LineName,
    reading: ReadingDep,
    clock: ClockDep,
    stop: EdgeStopQuery = None,
    date: ServiceDayQuery = None,
) -> FirstLast:
    """Return when a line leaves for the first and the last time on a service day, in each direction: at a stop, with
    the lines that still leave it afterwards, or where its trips begin. The night after midnight belongs to the day
    before.

    Errors: `line_not_found` and `stop_not_found` suggest similar names, `line_not_at_stop` the lines that serve the
    stop, `line_ambiguous` the lines of several operators that share a name."""
    return service.first_last(reading, clock, short_name, stop=stop, day=date)
