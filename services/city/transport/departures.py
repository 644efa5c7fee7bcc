"""The next departures of a stop, from a time on, over as many service days as it takes."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, islice, pairwise, takewhile
from operator import attrgetter
from typing import Final

from sqlalchemy.orm import Session

from services.city.transport import repository, service_days
from services.city.transport.realtime.departing import Departing, in_order, scheduled
from services.city.transport.service_days import Span
from services.city.transport.timetable import Calls, Leaving, Timetable

#: Windows begin at these, so that what was read for one instant serves the next.
_STEP: Final = timedelta(minutes=30)
#: How far to look, window by window until there are enough departures: most stops need the first only.
_WINDOWS: Final = tuple(timedelta(hours=hours) for hours in (1, 2, 5, 10, 25))
_HOUR: Final = timedelta(hours=1)
_DAY: Final = timedelta(hours=24)
#: Service days tried, where nothing leaves within a day, until one has a departure.
_DAYS_TRIED: Final = 14


@dataclass(frozen=True)
class Wanted:
    """Which departures are wanted: those of these calls that, laid under real time, are kept.

    ``laid`` is None where there is no real time. ``back`` and ``ahead`` are how much later or earlier than scheduled a
    departure may then be.
    """

    session: Session
    timetable: Timetable
    calls: Collection[Calls]
    kept: Callable[[Departing], bool]
    laid: Callable[[Iterable[Leaving]], list[Departing]] | None = None
    back: timedelta = timedelta()
    ahead: timedelta = timedelta()

    def scheduled(self, since: datetime, until: datetime, at: datetime) -> Iterator[Leaving]:
        """Yield what is scheduled to leave in a span of time, from ``at`` on, in order."""
        parts = [
            self.timetable.leaving(self.session, calls, span, at)
            for calls in self.calls
            for span in service_days.touched(since, until, calls.feed.zone, calls.feed.latest_s)
        ]
        return heapq.merge(*parts, key=attrgetter("order")) if len(parts) > 1 else chain.from_iterable(parts)

    def over(self, leavings: Iterable[Leaving]) -> Iterable[Departing]:
        """Return what these departures are, real time being what it is, in order."""
        return in_order(map(scheduled, leavings)) if self.laid is None else self.laid(leavings)


def next_departures(wanted: Wanted, at: datetime, limit: int) -> list[Departing]:
    """Return at most ``limit`` departures within a day of ``at``, in order.

    Where there is none in that day, return those of the first service day that has one.
    """
    at = at.astimezone(UTC)  # so that hours added to it are hours, on any night
    begin = datetime.fromtimestamp(at.timestamp() // _STEP.total_seconds() * _STEP.total_seconds(), UTC)
    if wanted.laid is None:
        found = list(islice(_by_timetable(wanted, begin, at), limit))
    else:
        found = _by_real_time(wanted, begin, at, limit)
    return (found or _later(wanted, at))[:limit]


def _by_timetable(wanted: Wanted, begin: datetime, at: datetime) -> Iterator[Departing]:
    """Yield departures as long as more are asked for: later windows are not read before."""
    edges = pairwise(begin + window for window in (timedelta(), *_WINDOWS))
    leavings = chain.from_iterable(wanted.scheduled(since, until, at) for since, until in edges)
    in_a_day = takewhile(lambda leaving: leaving.at < at + _DAY, leavings)
    return (each for each in wanted.over(in_a_day) if wanted.kept(each))


def _by_real_time(wanted: Wanted, begin: datetime, at: datetime, limit: int) -> list[Departing]:
    since = begin - wanted.back
    leavings: list[Leaving] = []
    found: list[Departing] = []
    for window in _WINDOWS:
        until = begin + window
        leavings += wanted.scheduled(since, until, at - wanted.back)
        since = until
        found = [each for each in wanted.over(leavings) if at <= each.at < at + _DAY and wanted.kept(each)]
        # What is scheduled later may be expected before what was found last.
        if len(found) >= limit and found[limit - 1].at < until - wanted.ahead:
            break
    return found


def _later(wanted: Wanted, at: datetime) -> list[Departing]:
    by_feed = [found for calls in wanted.calls if (found := _first_day(wanted, calls, at))]
    if not by_feed:
        return []
    first = min((found[0] for found in by_feed), key=lambda each: each.at)
    together = [each for found in by_feed for each in found if _day(each) == _day(first)]
    return sorted(together, key=lambda each: (each.at, each.line_id))


def _day(each: Departing) -> object:
    return each.leaving.run.day if each.leaving else None


def _first_day(wanted: Wanted, calls: Calls, at: datetime) -> list[Departing]:
    """Return the departures of a feed's first service day that has any from ``at`` on, while the feed holds."""
    feed = calls.feed
    since = at.astimezone(feed.zone).date()
    if not feed.covers(since):
        return []
    for day in repository.service_days(wanted.session, calls.patterns, since, _DAYS_TRIED):
        # From the whole hour on, so that what was read serves the next instant too.
        hours = (at - service_days.start(day, feed.zone)) // _HOUR
        first_s = max(0, hours * 3600)
        leavings = wanted.timetable.leaving(wanted.session, calls, Span(day, first_s, feed.latest_s + 1), at)
        found = [each for each in wanted.over(leavings) if each.leaving and each.at >= at and wanted.kept(each)]
        if found:
            return found
    return []
