"""Answers questions for a journey: finds the two places, searches, and words what was found."""

from __future__ import annotations

import math
from datetime import date, datetime
from http import HTTPStatus
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core.errors import CityError
from services.city.core.schemas import stated
from services.city.transport.journeys import ends, refusing, snapshots
from services.city.transport.journeys.ends import End
from services.city.transport.journeys.facts import StaleError, gather
from services.city.transport.journeys.planning import Asked
from services.city.transport.journeys.question import Question
from services.city.transport.journeys.raptor import Path, Search
from services.city.transport.journeys.schemas import Journeys
from services.city.transport.journeys.searching import ways
from services.city.transport.journeys.wording import end_place, journey
from services.city.transport.wording import timetable


def journeys(session: Session, clock: Clock, question: Question) -> Journeys:
    """Return the ways from place to place.

    Raises NotFoundError ``place_not_found``, ``stop_not_found``, ``no_timetable``, ``dates_not_covered``,
    ``no_stop_nearby`` or ``no_journey``, and CityError ``same_place``, ``invalid_point`` or ``two_times``.
    """
    if question.at is not None and question.arrive_by is not None:
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "two_times", "Give at or arrive_by, not both.")
    try:
        return _answer(session, clock, question)
    except StaleError:
        session.rollback()  # an import came in between: once more, over its timetable
        return _answer(session, clock, question)


def _answer(session: Session, clock: Clock, question: Question) -> Journeys:
    stations = _stations(session, question)
    now = clock.now()
    snapshot = snapshots.current(session)
    network = snapshot.network
    if not network.feeds:
        raise refusing.no_timetable()
    at = _instant(question.arrive_by or question.at or now, network.zone)
    search = snapshot.around(at.date())
    arrive = question.arrive_by is not None
    seconds = (at - search.window.start).total_seconds()
    asked = Asked(math.floor(seconds) if arrive else math.ceil(seconds), arrive, question.limit)
    paths = ways(search, question, asked, stations)
    if not network.covers(at.date()):
        # Beyond the timetable's last day there is the night after it; before its first day, nothing is known.
        paths = [path for path in paths if _day(search, path, arrive) == at.date()]
    if not paths:
        raise refusing.nothing(session, network, question, at, stations)
    facts = gather(session, search, paths)
    feeds = [feed for feed in network.feeds if feed.dataset.id in {line.dataset_id for line in facts.lines.values()}]
    source, as_of = stated([feed.dataset for feed in feeds or network.feeds], now)
    return Journeys(
        source=source,
        as_of=as_of,
        realtime=False,
        origin=end_place(stations[0]),
        destination=end_place(stations[-1]),
        via=end_place(stations[1]) if question.via is not None else None,
        at=at,
        arrive_by=arrive,
        items=[journey(facts, path, stations) for path in paths],
        limit=question.limit,
        timetable=timetable(feeds or network.feeds, at.date(), covers=bool(feeds)),
    )


def _stations(session: Session, question: Question) -> list[End]:
    """Return the places to go by, in order; each is another one than the one before."""
    written = {"from": question.origin, "via": question.via, "to": question.destination}
    found = {name: ends.resolve(session, place) for name, place in written.items() if place is not None}
    for (name, one), (other_name, other) in pairwise(found.items()):
        if ends.are_same(one, other):
            detail = f"{name} and {other_name} are the same place."
            raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "same_place", detail)
    return list(found.values())


def _day(search: Search, path: Path, arrive: bool) -> date:
    at = search.window.instant(path.arrives_s if arrive else path.departs_s)
    return at.astimezone(search.network.zone).date()


def _instant(at: datetime, zone: ZoneInfo) -> datetime:
    """Return a time in the timetables' zone; without an offset it is one there."""
    return at.astimezone(zone) if at.tzinfo else at.replace(tzinfo=zone)
