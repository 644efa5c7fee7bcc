"""From single searches to the few ways worth telling: each tight, none without its own advantage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from services.city.transport.journeys.choosing import choose, slack_s
from services.city.transport.journeys.raptor import MOST_RIDES, Path, Search, Wish

#: How long before or after the time asked about a journey may take place.
HORIZON_S: Final = 24 * 3_600
#: A second try keeps single walks this short, for those who would rather ride longer than walk far.
SHORT_WALK_M: Final = 400


@dataclass(frozen=True)
class Asked:
    """When (seconds of the window), whether that is the arrival, and how many ways at most."""

    at_s: int
    arrive: bool
    limit: int


def plan(search: Search, wish: Wish, asked: Asked, walk: Path | None) -> list[Path]:
    """Return the ways worth telling: by arrival, or, where the arrival is given, the latest departure first.

    ``walk`` is the way on foot alone, where that is near enough.
    """
    found = [] if walk is None else [walk]
    found += _around(search, wish, asked)
    if any(walk_m > SHORT_WALK_M for path in found for walk_m in path.walks_m):
        shorter = replace(
            wish,
            origin=wish.origin.within(SHORT_WALK_M),
            target=wish.target.within(SHORT_WALK_M),
            walk_limit_m=min(wish.walk_limit_m, SHORT_WALK_M),
        )
        found += _around(search, shorter, asked)
    return choose(found, walk, asked.arrive, asked.limit)


def _around(search: Search, wish: Wish, asked: Asked) -> Iterator[Path]:
    """Yield the best ways, and then the next best later ones, or earlier ones before an arrival."""
    edge_s, end_s = asked.at_s, asked.at_s - HORIZON_S if asked.arrive else asked.at_s + HORIZON_S
    for number in range(asked.limit):
        paths = list(_arriving(search, wish, edge_s, end_s) if asked.arrive else _leaving(search, wish, edge_s, end_s))
        if not paths:
            return
        yield from paths
        if asked.arrive:
            best = max(paths, key=lambda path: path.departs_s)
            edge_s = best.arrives_s - 1
        else:
            best = min(paths, key=lambda path: path.arrives_s)
            edge_s = best.departs_s + 1
        if number == 0:  # what is too far from the best is not told, so it need not be found
            end_s = (
                max(end_s, best.departs_s - slack_s(best))
                if asked.arrive
                else min(end_s, best.arrives_s + slack_s(best))
            )


def _leaving(search: Search, wish: Wish, at_s: int, until_s: int) -> Iterator[Path]:
    """Yield, for each number of rides that brings one there earlier, the way that sets out as late as possible."""
    for rides, arrival_s in search.arrivals(wish, at_s, until_s):
        departures = search.departures(wish, arrival_s, at_s, rides)
        path = search.path(wish, departures[-1][1], arrival_s, rides) if departures else None
        if path is not None:
            yield path


def _arriving(search: Search, wish: Wish, at_s: int, since_s: int) -> Iterator[Path]:
    """Yield, for each number of rides that lets one set out later, the way that arrives as early as possible."""
    for rides, departure_s in search.departures(wish, at_s, since_s, MOST_RIDES):
        path = search.path(wish, departure_s, at_s, rides)
        if path is not None:
            yield path
