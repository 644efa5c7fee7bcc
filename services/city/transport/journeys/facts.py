"""The rows behind some paths: names, lines, platforms and trips, read together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from services.city.models.transport import Line, Platform, StopPlace
from services.city.transport.journeys import repository
from services.city.transport.journeys.raptor import Path, Ride, Search


class StaleError(Exception):
    """An import has switched to another timetable since the search began."""


@dataclass(frozen=True)
class Facts:
    """What is told of rides and stops, by number in the network, beside what the search knows."""

    search: Search
    places: dict[int, StopPlace]
    platforms: dict[int, Platform]
    lines: dict[int, Line]
    headsigns: dict[tuple[int, int], tuple[str, str]]
    trip_ids: dict[int, str]

    def place(self, stop: int) -> StopPlace:
        """Return the stop place of a stop."""
        return self.places[int(self.search.network.stops.places[stop])]

    def platform(self, stop: int) -> Platform:
        """Return the platform that a stop is."""
        return self.platforms[int(self.search.network.stops.ids[stop])]

    def line(self, ride: Ride) -> Line:
        """Return the line of a ride."""
        return self.lines[int(self.search.network.patterns.lines[self.search.window.pattern[ride.route]])]

    def headsign(self, ride: Ride) -> tuple[str, str]:
        """Return the headsign (fr, nl) that a ride shows where one gets on."""
        pattern = int(self.search.network.patterns.ids[self.search.window.pattern[ride.route]])
        return self.headsigns[pattern, ride.boarded]

    def trip_id(self, ride: Ride) -> str:
        """Return the feed's own id of a ride's trip."""
        return self.trip_ids[int(self.search.network.trips.ids[self.search.trip(ride)])]


def gather(session: Session, search: Search, paths: Collection[Path]) -> Facts:
    """Read what is told of these paths; StaleError where some of it is no longer there."""
    network, window = search.network, search.window
    rides = [ride for path in paths for ride in path.rides]
    stops = {stop for ride in rides for stop in search.stops_of(ride)}
    patterns = {int(network.patterns.ids[window.pattern[ride.route]]) for ride in rides}
    wanted_places = {int(network.stops.places[stop]) for stop in stops}
    wanted_platforms = {int(network.stops.ids[stop]) for ride in rides for stop in (ride.from_stop, ride.to_stop)}
    wanted_lines = {int(network.patterns.lines[window.pattern[ride.route]]) for ride in rides}
    wanted_trips = {int(network.trips.ids[search.trip(ride)]) for ride in rides}
    facts = Facts(
        search,
        repository.places_of(session, wanted_places),
        repository.platforms_of(session, wanted_platforms),
        repository.lines_of(session, wanted_lines),
        repository.headsigns(session, patterns),
        repository.trip_ids(session, wanted_trips),
    )
    complete = (
        facts.places.keys() == wanted_places
        and facts.platforms.keys() == wanted_platforms
        and facts.lines.keys() == wanted_lines
        and facts.trip_ids.keys() == wanted_trips
        and {pattern for pattern, _ in facts.headsigns} == patterns
    )
    if not complete:
        raise StaleError
    return facts
