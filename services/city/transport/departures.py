"""The next departures of some calls, from a time on, over as many service days as it takes."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.city.transport import repository, service_days
from services.city.transport.repository import Call, CallKey, Feed, Run
from services.city.transport.service_days import Span

#: How far to look, step by step until there are enough departures: most stops need the first only.
_STEPS: Final = (timedelta(), timedelta(hours=1), timedelta(hours=4), timedelta(hours=9), timedelta(hours=24))
#: Service days tried, where nothing leaves within the last step, until one has a departure.
_DAYS_TRIED: Final = 14


@dataclass(frozen=True)
class Wanted:
    """The calls, at these places, whose departures are wanted, and the feeds that they are of."""

    session: Session
    places: Collection[int]
    calls: Collection[Call]
    feeds: Mapping[int, Feed]

    def on(self, feed: Feed, span: Span) -> Iterator[Leaving]:
        """Yield what leaves in a span of a feed's service day."""
        wanted: dict[CallKey, Call] = {call.key: call for call in self.calls if call.dataset_id == feed.dataset.id}
        if not wanted or not feed.covers(span.day):
            return
        for run in repository.runs(self.session, self.places, self.patterns(feed), span):
            call = wanted.get(run.call)
            if call is not None:
                yield Leaving(call, run, service_days.instant(span.day, run.departs_s, feed.zone), feed.zone)

    def patterns(self, feed: Feed) -> set[int]:
        """Return the patterns of a feed that the calls are of."""
        return {call.key[0] for call in self.calls if call.dataset_id == feed.dataset.id}


@dataclass(frozen=True)
class Leaving:
    """A departure: which run leaves which call when, in UTC, and the zone of its timetable."""

    call: Call
    run: Run
    at: datetime
    zone: ZoneInfo


def next_departures(wanted: Wanted, at: datetime, limit: int) -> list[Leaving]:
    """Return at most ``limit`` departures within a day of ``at``, in order.

    Where there is none in that day, return those of the first service day that has one.
    """
    at = at.astimezone(UTC)  # so that hours added to it are hours, on any night
    found: list[Leaving] = []
    for since, until in pairwise(_STEPS):
        step = (
            leaving
            for feed in wanted.feeds.values()
            for span in service_days.touched(at + since, at + until, feed.zone, feed.latest_s)
            for leaving in wanted.on(feed, span)
        )
        found = _in_order([*found, *step])
        if len(found) >= limit:
            break
    return (found or _later(wanted, at))[:limit]


def _later(wanted: Wanted, at: datetime) -> list[Leaving]:
    by_feed = [found for feed in wanted.feeds.values() if (found := _first_day(wanted, feed, at))]
    if not by_feed:
        return []
    first = min((found[0] for found in by_feed), key=lambda leaving: leaving.at)
    return _in_order(leaving for found in by_feed if found[0].run.day == first.run.day for leaving in found)


def _first_day(wanted: Wanted, feed: Feed, at: datetime) -> list[Leaving]:
    """Return the departures of a feed's first service day that has any from ``at`` on, while the feed holds."""
    since = at.astimezone(feed.zone).date()
    if not feed.covers(since):
        return []
    for day in repository.service_days(wanted.session, wanted.patterns(feed), since, _DAYS_TRIED):
        first_s = max(0, math.ceil((at - service_days.start(day, feed.zone)).total_seconds()))
        found = _in_order(wanted.on(feed, Span(day, first_s, feed.latest_s + 1)))
        if found:
            return found
    return []


def _in_order(found: Iterable[Leaving]) -> list[Leaving]:
    """Return departures by time; of a trip that halts at two platforms of the place in a row, the first."""
    ordered = sorted(found, key=lambda each: (each.at, each.call.line_id, each.run.row, each.run.call))
    seen = {(each.run.row, each.run.day, each.run.call[1]) for each in ordered}
    return [each for each in ordered if (each.run.row, each.run.day, each.run.call[1] - 1) not in seen]
