"""Packs a feed's trips by pattern and timing: see ``services.city.models.transport``."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from services.feeds.gtfs import Feed
from services.feeds.gtfs.calls import TripCalls, unpacked
from services.feeds.gtfs.model import Service, Trip
from services.importers.timetable.names import Name, Names

_NOT_OFFERED: Final = 1


@dataclass
class Pattern:
    """What trips with the same calls share; ``headsigns`` are those that single calls have of their own."""

    route: str
    direction: int | None
    headsign: Name | None
    stops: list[str]
    kinds: list[int]
    headsigns: list[Name | None]
    #: Between which seconds after a trip's start its departures lie, call by call.
    earliest: list[int]
    latest: list[int]
    runs: int = 0

    @property
    def longest_s(self) -> int:
        """The most seconds that one of its trips takes."""
        return self.latest[-1]

    def picks_up(self, position: int) -> bool:
        """Tell whether one may get on at a call."""
        return self.kinds[position] // 4 != _NOT_OFFERED

    def sets_down(self, position: int) -> bool:
        """Tell whether one may get off at a call."""
        return position > 0 and self.kinds[position] % 4 != _NOT_OFFERED


@dataclass(frozen=True, slots=True)
class Run:
    """A trip, or one of the runs that frequencies.txt makes of it; pattern, timing and days by number."""

    pattern: int
    timing: int
    days: int
    start_s: int
    trip: str
    headway_s: int | None
    wheelchair: int


@dataclass
class Timetable:
    """All trips, packed."""

    patterns: list[Pattern] = field(default_factory=list)
    timings: list[tuple[int, bytes]] = field(default_factory=list)  # pattern, packed offsets
    days: list[tuple[date, str]] = field(default_factory=list)  # first day, then 1 or 0 for each from it on
    runs: list[Run] = field(default_factory=list)
    latest_s: int = 0
    _numbers: dict[Hashable, int] = field(default_factory=dict)

    def add(self, trip: Trip, calls: TripCalls, service: Service, feed: Feed, names: Names) -> None:
        """Add a trip with its calls; one whose service runs on no day is passed over."""
        days = self._days(service)
        if days is None:
            return
        number = self._pattern(trip, calls, feed, names)
        pattern = self.patterns[number]
        timing = self._timing(number, calls.offsets)
        for at, headway in _starts(feed, trip.id, calls.start_s):
            self.runs.append(Run(number, timing, days, at, trip.id, headway, trip.wheelchair))
            pattern.runs += 1
            self.latest_s = max(self.latest_s, at + pattern.longest_s)

    def _days(self, service: Service) -> int | None:
        if not service.bits:
            return None
        # Many services of one feed run on the same days.
        first_offset = (service.bits & -service.bits).bit_length() - 1
        first = date.fromordinal(service.first.toordinal() + first_offset)
        written = f"{service.bits >> first_offset:b}"[::-1]
        number = self._numbers.setdefault(("days", first, written), len(self.days))
        if number == len(self.days):
            self.days.append((first, written))
        return number

    def _pattern(self, trip: Trip, calls: TripCalls, feed: Feed, names: Names) -> int:
        own = tuple(
            names.call_headsign(feed.calls.headsigns[sign], trip.id, sequence)
            for sign, sequence in zip(calls.headsigns, calls.sequences, strict=True)
        )
        headsign = names.headsign(trip)
        key = (trip.route, trip.direction, headsign, calls.stops, calls.kinds, own)
        number = self._numbers.setdefault(key, len(self.patterns))
        if number == len(self.patterns):
            stops = [feed.calls.stops[stop] for stop in unpacked(calls.stops)]
            after_start = unpacked(calls.offsets)
            self.patterns.append(
                Pattern(
                    trip.route,
                    trip.direction,
                    headsign,
                    stops,
                    unpacked(calls.kinds),
                    list(own) or [None] * len(stops),
                    after_start,
                    after_start,
                )
            )
        return number

    def _timing(self, number: int, packed: bytes) -> int:
        timing = self._numbers.setdefault(("timing", number, packed), len(self.timings))
        if timing == len(self.timings):
            self.timings.append((number, packed))
            pattern, after_start = self.patterns[number], unpacked(packed)
            pattern.earliest = list(map(min, pattern.earliest, after_start))
            pattern.latest = list(map(max, pattern.latest, after_start))
        return timing


def pack(feed: Feed, names: Names) -> Timetable:
    """Return the feed's trips, packed."""
    timetable = Timetable()
    for calls in feed.calls.by_trip():
        trip = feed.trips[calls.trip]
        timetable.add(trip, calls, feed.services[trip.service], feed, names)
    return timetable


def _starts(feed: Feed, trip: str, written_start_s: int) -> Iterator[tuple[int, int | None]]:
    """Yield when a trip starts, and the headway where the feed promises no more than that."""
    frequencies = feed.frequencies.get(trip)
    if not frequencies:
        yield written_start_s, None
        return
    for row in frequencies:
        for start in range(row.start_s, row.end_s, row.headway_s):
            yield start, None if row.exact else row.headway_s
