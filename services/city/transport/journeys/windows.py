"""The timetable as it runs around one day: every trip of three days with its times, in routes.

A *route* of the search is a pattern's trips of which none overtakes another; trips that do go into a route of their
own. Times are seconds from the window's start, the local midnight at the beginning of the day before. A search that
sets out at any time of the day itself can so look a whole day forwards and backwards, across midnight and over a
change of the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from services.city.transport import service_days
from services.city.transport.journeys.arrays import Ints, Longs, Routes
from services.city.transport.journeys.network import Network

_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class Window:
    """The days around ``day``; of each route its pattern, of each trip its number in the network and service day."""

    day: date
    start: datetime
    length_s: int
    routes: Routes
    pattern: Ints
    trip: Ints
    service_day: Ints
    stops: int

    @cached_property
    def reversed(self) -> Routes:
        """The same with time running backwards, for searches that have to arrive: the last route, trip and call come
        first, and where one gets on one gets off."""
        routes = self.routes
        return _routes(
            self.stops,
            first_call=_mirrored(routes.first_call),
            stop_of=_backwards(routes.stop_of),
            boards=_backwards(routes.alights),
            alights=_backwards(routes.boards),
            first_trip=_mirrored(routes.first_trip),
            first_time=_mirrored(np.append(routes.first_time, len(routes.times)))[:-1],
            times=_backwards(self.length_s - routes.times),
            trip_access=_backwards(routes.trip_access),
        )

    def instant(self, at_s: int) -> datetime:
        """Return the instant of a second of the window, in UTC."""
        return self.start + timedelta(seconds=at_s)


def window(network: Network, day: date) -> Window:
    """Return the window around a day; it has no routes where nothing runs."""
    from services.city.transport.journeys import kernel  # noqa: PLC0415 - numba takes a second to import

    start, end = (_midnight(each, network.zone) for each in (day - _DAY, day + 2 * _DAY))
    runs = list(_runs(network, start, end))
    trip = np.concatenate([numbers for numbers, _, _ in runs]) if runs else np.empty(0, np.int64)
    starts_s = np.concatenate([starts for _, starts, _ in runs]) if runs else np.empty(0, np.int64)
    on = np.concatenate([np.full(len(numbers), ordinal) for numbers, _, ordinal in runs]) if runs else trip
    patterns, trips = network.patterns, network.trips
    calls_of = np.diff(patterns.first_call).astype(np.int64)

    order = np.lexsort((starts_s, trips.pattern[trip]))
    trip, starts_s, on = trip[order], starts_s[order], on[order]
    first = np.searchsorted(trips.pattern[trip], np.arange(len(patterns.ids) + 1)).astype(np.int64)
    lane = kernel.lanes(first, starts_s, trips.first_offset[trip], trips.offsets, calls_of)

    order = np.lexsort((starts_s, lane, trips.pattern[trip]))  # stable: equal starts stay as the lanes have them
    trip, starts_s, on, lane = trip[order], starts_s[order], on[order], lane[order]
    pattern = trips.pattern[trip]
    new = np.flatnonzero(np.diff(pattern, prepend=-1) | np.diff(lane, prepend=-1))
    calls = calls_of[pattern]
    times = np.empty(int(calls.sum()), np.int32)
    kernel.spread(starts_s, trips.first_offset[trip], trips.offsets, calls, times)

    of_route = pattern[new]
    at = _positions(patterns.first_call[of_route], calls_of[of_route])
    ends = np.cumsum(calls_of[of_route])
    routes = _routes(
        len(network.stops.ids),
        first_call=np.concatenate((np.zeros(1, np.int64), ends)).astype(np.int32),
        stop_of=patterns.stop_of[at],
        boards=patterns.boards[at],
        alights=patterns.alights[at],
        first_trip=np.append(new, len(trip)).astype(np.int32),
        first_time=(np.cumsum(calls) - calls)[new],
        times=times,
        trip_access=trips.access[trip],
    )
    return Window(
        day=day,
        start=start,
        length_s=int((end - start).total_seconds()),
        routes=routes,
        pattern=of_route.astype(np.int32),
        trip=trip.astype(np.int32),
        service_day=on.astype(np.int32),
        stops=len(network.stops.ids),
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time_of_day(), tzinfo=zone).astimezone(UTC)


def _runs(network: Network, start: datetime, end: datetime) -> Iterator[tuple[Longs, Longs, int]]:
    """Yield the trips of each service day in the window, their starts in its seconds, and the day's ordinal."""
    trips, calls = network.trips, np.diff(network.patterns.first_call)
    ends_s = trips.start_s + trips.offsets[trips.first_offset + calls[trips.pattern] - 1]
    for number, feed in enumerate(network.feeds):
        for span in service_days.touched(start, end, feed.zone, feed.latest_s):
            if not feed.covers(span.day):
                continue
            runs = np.array([each.feed == number and each.runs_on(span.day) for each in network.services], np.bool_)
            begins_s = int((service_days.start(span.day, feed.zone) - start).total_seconds())
            if runs.any():
                within = (trips.start_s < span.end_s) & (ends_s >= span.first_s)
                found = np.flatnonzero(runs[trips.service] & within)
                yield found, trips.start_s[found].astype(np.int64) + begins_s, span.day.toordinal()


def _routes(stops: int, **arrays: NDArray[Any]) -> Routes:
    """Return routes with the index of which of them calls where."""
    stop_of, first_call = arrays["stop_of"], arrays["first_call"]
    order = np.argsort(stop_of, kind="stable")
    route = np.searchsorted(first_call, order, side="right") - 1
    passing = np.column_stack((route, order - first_call[route])).astype(np.int32)
    first_passing = np.searchsorted(stop_of[order], np.arange(stops + 1)).astype(np.int64)
    return Routes(**arrays, first_passing=first_passing, passing=np.ascontiguousarray(passing))


def _positions(first: NDArray[Any], counts: Longs) -> Longs:
    """Return the numbers from each ``first`` on, as many as its count, one after the other."""
    before = np.cumsum(counts) - counts
    positions: Longs = np.arange(int(counts.sum())) + np.repeat(first - before, counts)
    return positions


def _backwards(array: NDArray[Any]) -> NDArray[Any]:
    return np.ascontiguousarray(array[::-1])


def _mirrored(first: NDArray[Any]) -> NDArray[Any]:
    """Return ``first_…`` of things in the opposite order."""
    return np.ascontiguousarray(first[-1] - first[::-1])
