"""Groups a feed's routes into lines as the public knows them: one operator's routes with one number and mode."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from kit.text import fold
from services.feeds.gtfs import Feed
from services.feeds.gtfs.model import Route
from services.importers.timetable.names import Name, Names

_MODES: Final = {0: "tram", 1: "metro", 2: "train", 3: "bus", 4: "ferry", 5: "tram", 7: "funicular", 11: "bus"}
#: Extended route types, by hundreds (https://developers.google.com/transit/gtfs/reference/extended-route-types).
_EXTENDED: Final = {1: "train", 2: "bus", 4: "metro", 7: "bus", 8: "bus", 9: "tram", 10: "ferry", 12: "ferry"}
_EXTENDED_FUNICULAR: Final = 14
_NO_ORDER: Final = 10**9
_DIGITS: Final = re.compile(r"(\d+)")


@dataclass
class LineGroup:
    """A line and its routes."""

    routes: list[Route]
    short_name: str
    name: Name
    mode: str
    operator: str

    @property
    def order(self) -> tuple[int, tuple[tuple[int, str], ...]]:
        """What lines are listed by: the feed's order, then their numbers."""
        stated = min((r.sort_order for r in self.routes if r.sort_order is not None), default=_NO_ORDER)
        parts = (part for part in _DIGITS.split(fold(self.short_name)) if part)
        return stated, tuple((int(part), "") if part.isdigit() else (_NO_ORDER, part) for part in parts)


def group_routes(feed: Feed, names: Names) -> list[LineGroup]:
    """Return the lines in the order in which to list them."""
    found: dict[tuple[str, str, str], LineGroup] = {}
    for route in feed.routes.values():
        short_name = route.short_name or route.long_name
        key = (route.agency, mode(route.type), fold(short_name) or short_name)
        if key in found:
            found[key].routes.append(route)
        else:
            operator = feed.agencies[route.agency].name
            found[key] = LineGroup([route], short_name, names.route(route), mode(route.type), operator)
    return sorted(found.values(), key=lambda line: line.order)


def mode(route_type: int) -> str:
    """Return the mode of a GTFS route type, extended ones included; ``other`` where it has no word of its own."""
    if route_type in _MODES:
        return _MODES[route_type]
    if route_type // 100 == _EXTENDED_FUNICULAR:
        return "funicular"
    return _EXTENDED.get(route_type // 100, "other")
