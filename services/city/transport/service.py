"""Answers about stops; boards and lines have modules of their own."""

from __future__ import annotations

from sqlalchemy.orm import Session

from kit.clock import Clock
from services.city.core.schemas import Page, stated
from services.city.models.transport import StopPlace
from services.city.transport import line_repository, repository, stops
from services.city.transport.boards import board
from services.city.transport.first_last import first_last
from services.city.transport.lines import list_lines, one_line
from services.city.transport.messages import list_messages
from services.city.transport.schemas import StopAnswer, StopInfo
from services.city.transport.wording import platform_info, stop_info

__all__ = ["board", "first_last", "list_lines", "list_messages", "list_stops", "one_line", "one_stop"]


def list_stops(session: Session, clock: Clock, query: str | None, limit: int, offset: int) -> Page[StopInfo]:
    """Return a page of the stops that fit a text, best first, or of all, the busiest first."""
    known = stops.one_a_slug(repository.all_stop_places(session))
    found = known if query is None else stops.search(known, query)
    feeds = repository.feeds(session)
    source, as_of = stated([feed.dataset for feed in feeds.values()], clock.now())
    items = _infos(session, found[offset : offset + limit])
    return Page[StopInfo](
        items=items, total=len(found), limit=limit, offset=offset, source=source, as_of=as_of, realtime=False
    )


def one_stop(session: Session, clock: Clock, stop_id: str) -> StopAnswer:
    """Return a stop place; NotFoundError ``stop_not_found`` with the stops of the most similar names."""
    places = stops.the_stop(session, stop_id)
    ids = [place.id for place in places]
    calls = [call for of_place in repository.calls_at(session, ids).values() for call in of_place]
    lines = {line.id: line for line in line_repository.lines(session, {call.line_id for call in calls})}
    feeds = repository.feeds(session, {place.dataset_id for place in places})
    source, as_of = stated([feed.dataset for feed in feeds.values()], clock.now())
    return StopAnswer(
        source=source,
        as_of=as_of,
        realtime=False,
        **dict(stop_info(places[0], calls, lines)),
        platforms=[platform_info(platform) for platform in repository.platforms(session, ids)],
    )


def _infos(session: Session, places: list[StopPlace]) -> list[StopInfo]:
    calls = repository.calls_at(session, [place.id for place in places])
    line_ids = {call.line_id for of_place in calls.values() for call in of_place}
    lines = {line.id: line for line in line_repository.lines(session, line_ids)}
    return [stop_info(place, calls[place.id], lines) for place in places]
