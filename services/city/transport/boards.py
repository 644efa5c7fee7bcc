"""The board of a stop: what leaves it, from a time on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS, Clock
from services.city.core.schemas import Name, stated
from services.city.models.transport import Line
from services.city.transport import line_repository, repository, selection
from services.city.transport.departures import Leaving, Wanted, next_departures
from services.city.transport.schemas import Board, Departure
from services.city.transport.stops import the_stop
from services.city.transport.wording import line_ref, stop_lines, stop_ref, timetable, tristate


def board(
    session: Session,
    clock: Clock,
    stop_id: str,
    *,
    line: str | None,
    towards: str | None,
    at: datetime | None,
    limit: int,
) -> Board:
    """Return the departures of a stop.

    ``at`` without a zone is local time there. Raises NotFoundError ``stop_not_found``, ``line_not_found``,
    ``line_not_at_stop`` or ``towards_not_served``, each with what there is instead.
    """
    places = the_stop(session, stop_id)
    ids = [place.id for place in places]
    all_calls = [call for calls in repository.calls_at(session, ids).values() for call in calls]
    lines = {each.id: each for each in line_repository.lines(session, {call.line_id for call in all_calls})}
    feeds = repository.feeds(session, {place.dataset_id for place in places})
    calls = all_calls
    if line:
        calls = selection.of_line(session, places[0], calls, lines, line)
    if towards:
        calls = selection.towards(session, places, calls, lines, towards)
    now = clock.now()
    zone = next((feed.zone for feed in feeds.values()), BRUSSELS)
    since = _instant(at, now, zone)
    found = next_departures(Wanted(session, ids, calls, feeds), since, limit)
    source, as_of = stated([feed.dataset for feed in feeds.values()], now)
    return Board(
        source=source,
        as_of=as_of,
        realtime=False,
        stop=stop_ref(places[0]),
        lines=stop_lines(all_calls, lines),
        at=since,
        items=[_departure(each, lines, now) for each in found],
        limit=limit,
        timetable=timetable(list(feeds.values()), since.date(), covers=bool(found)),
    )


def _instant(at: datetime | None, now: datetime, zone: ZoneInfo) -> datetime:
    if at is None:
        return now.astimezone(zone)
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)


def _departure(leaving: Leaving, lines: Mapping[int, Line], now: datetime) -> Departure:
    fr, nl = leaving.call.headsign
    headway_s = leaving.run.headway_s
    return Departure(
        line=line_ref(lines[leaving.call.line_id]),
        headsign=Name(fr=fr, nl=nl),
        scheduled=leaving.at.astimezone(leaving.zone),
        minutes=int((leaving.at - now).total_seconds() // 60),
        platform=leaving.call.platform,
        trip_id=leaving.run.trip_id,
        service_day=leaving.run.day,
        headway_minutes=max(1, round(headway_s / 60)) if headway_s else None,
        wheelchair=tristate(leaving.run.wheelchair),
    )
