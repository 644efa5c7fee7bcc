"""What leaves by some calls on one service day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Final

from services.city.models.transport import Line
from services.city.transport import line_repository, repository, service_days
from services.city.transport.memory import Reading
from services.city.transport.repository import Call, Feed
from services.city.transport.service_days import Span
from services.city.transport.timetable import Calls, Leaving

#: Until this hour of the night, "today" is the service day of the evening before.
_NIGHT_ENDS: Final = timedelta(hours=4)

#: A direction, and where it goes (fr, nl).
Way = tuple[int | None, str, str]


def in_progress(now: datetime, feed: Feed) -> date:
    """Return the service day that people mean by today."""
    return (now.astimezone(feed.zone).replace(tzinfo=None) - _NIGHT_ENDS).date()


def origins(reading: Reading, line: Line) -> tuple[tuple[int, ...], list[Call]]:
    """Return the places at which trips of a line begin, and their calls there."""
    places = tuple(line_repository.origins(reading.session, line.id))
    of_place = repository.calls_at(reading.session, places)
    return places, [
        call for calls in of_place.values() for call in calls if call.line_id == line.id and call.key[1] == 0
    ]


def leaving(reading: Reading, feed: Feed, places: tuple[int, ...], calls: Iterable[Call], day: date) -> list[Leaving]:
    """Return what leaves by these calls of a feed at these places on a service day, in order of time."""
    span = Span(day, 0, feed.latest_s + 1)
    begins = service_days.start(day, feed.zone)
    found = reading.memory.timetable.leaving(reading.session, Calls(feed, places, calls), span, begins)
    return sorted(found, key=attrgetter("order"))


def between(
    reading: Reading, feed: Feed, places: tuple[int, ...], calls: Iterable[Call], *, since: datetime, until: datetime
) -> Iterator[Leaving]:
    """Yield what leaves by these calls of a feed at these places between two instants, of whatever service day."""
    asked = Calls(feed, places, calls)
    for span in service_days.touched(since, until, feed.zone, feed.latest_s):
        yield from reading.memory.timetable.leaving(reading.session, asked, span, since)


def by_way(leavings: Iterable[Leaving], way_of: Callable[[Call], Way]) -> dict[Way, list[Leaving]]:
    """Return departures by direction and destination, in their order; of a trip that halts twice in a row at the
    place, the first."""
    found: dict[Way, list[Leaving]] = {}
    seen: set[tuple[int, date, int]] = set()
    for each in leavings:
        run, position = each.run, each.run.call[1]
        if (run.row, run.day, position - 1) not in seen:
            found.setdefault(way_of(each.call), []).append(each)
        seen.add((run.row, run.day, position))
    return found
