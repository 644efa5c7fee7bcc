"""Which number each stop place, platform, line and route of a feed has, as rows refer to each other."""

from __future__ import annotations

from services.city.transport.store import key
from services.feeds.gtfs import Feed
from services.feeds.gtfs.model import Route, Stop
from services.importers.timetable.lines import LineGroup, group_routes
from services.importers.timetable.names import Names
from services.importers.timetable.places import Group, group_stops


class Index:
    """Places, platforms, lines and routes of a feed, numbered from 0 within a dataset."""

    def __init__(self, dataset_id: int, feed: Feed, names: Names) -> None:
        self.dataset_id = dataset_id
        self.places: list[Group] = group_stops(feed, names)
        self.platforms: list[tuple[Stop, int]] = [
            (stop, number) for number, place in enumerate(self.places) for stop in place.stops
        ]
        self.lines: list[LineGroup] = group_routes(feed, names)
        self.routes: list[tuple[Route, int]] = [
            (route, number) for number, line in enumerate(self.lines) for route in line.routes
        ]
        self._platform_of = {stop.id: number for number, (stop, _) in enumerate(self.platforms)}
        self._route_of = {route.id: number for number, (route, _) in enumerate(self.routes)}

    def key(self, number: int) -> int:
        """Return the id of the row of that number in its table."""
        return key(self.dataset_id, number)

    def platform_of(self, stop_id: str) -> int:
        """Return the number of a stop's platform."""
        return self._platform_of[stop_id]

    def place_of(self, stop_id: str) -> int:
        """Return the number of the place that a stop is part of."""
        return self.platforms[self._platform_of[stop_id]][1]

    def route_of(self, route_id: str) -> tuple[int, int]:
        """Return the numbers of a route and of its line."""
        number = self._route_of[route_id]
        return number, self.routes[number][1]
