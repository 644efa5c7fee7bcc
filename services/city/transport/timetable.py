"""What leaves stops by the timetable, span by span, kept in memory as long as it holds and there is room.

A span's departures never change within a version of a feed, and ids of places are different in each version, so that
what is kept is right at every instant and an import makes it unreachable at once.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from operator import itemgetter
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from services.city.transport import repository, service_days
from services.city.transport.repository import Call, CallKey, Feed, Run
from services.city.transport.service_days import Span

#: Departures kept, at some 250 bytes each, and empty spans, which weigh as one.
_MOST: Final = 100_000


@dataclass(frozen=True, slots=True)
class Leaving:
    """A departure: which run leaves which call when, in UTC, and the zone of its timetable."""

    call: Call
    run: Run
    at: datetime
    zone: ZoneInfo

    @property
    def order(self) -> tuple[datetime, int, int, CallKey]:
        """What departures are put in order by: time, and for one time the same order always."""
        return self.at, self.call.line_id, self.run.row, self.run.call


class Calls:
    """All calls of some lines of one feed at some places."""

    def __init__(self, feed: Feed, places: tuple[int, ...], calls: Iterable[Call]) -> None:
        self.feed = feed
        self.places = places
        self.by_key: dict[CallKey, Call] = {call.key: call for call in calls}
        self.patterns = frozenset(pattern for pattern, _ in self.by_key)
        self.key = (feed.dataset.id, feed.dataset.imported_at, places, self.patterns)


#: As they are kept: plain tuples, which the garbage collector need not look into.
_Rows = tuple[tuple[Any, ...], ...]


class Timetable:
    """The departures of spans that were asked for lately; threads share it."""

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._kept: OrderedDict[object, _Rows] = OrderedDict()
        self._weight = 0
        self._lock = threading.Lock()

    def leaving(self, session: Session, calls: Calls, span: Span, since: datetime) -> Iterator[Leaving]:
        """Yield what leaves by these calls in a span of their feed's service day, from a time on, in order."""
        if not calls.by_key or not calls.feed.covers(span.day):
            return
        zone = calls.feed.zone
        begins = service_days.start(span.day, zone)
        rows = self._rows(session, calls, span)
        first = bisect_left(rows, (since - begins).total_seconds(), key=itemgetter(0))
        for departs_s, _, row, call, trip_id, start_s, headway_s, wheelchair in islice(rows, first, None):
            run = Run(call, span.day, row, trip_id, start_s, departs_s, headway_s, wheelchair)
            yield Leaving(calls.by_key[call], run, begins + timedelta(seconds=departs_s), zone)

    def _rows(self, session: Session, calls: Calls, span: Span) -> _Rows:
        key = (calls.key, span)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = tuple(sorted(_read(session, calls, span)))
        with self._lock:
            if key not in self._kept:
                self._kept[key] = found
                self._weight += len(found) + 1
            while self._weight > self._most:
                _, dropped = self._kept.popitem(last=False)
                self._weight -= len(dropped) + 1
        return found


def _read(session: Session, calls: Calls, span: Span) -> Iterator[tuple[Any, ...]]:
    for run in repository.runs(session, calls.places, calls.patterns, span):
        call = calls.by_key.get(run.call)
        if call is not None:
            yield (
                run.departs_s,
                call.line_id,
                run.row,
                run.call,
                run.trip_id,
                run.start_s,
                run.headway_s,
                run.wheelchair,
            )
