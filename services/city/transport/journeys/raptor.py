"""One search over a window: the earliest arrival, or the latest departure, for each number of rides.

RAPTOR (Delling, Pajor and Werneck, "Round-Based Public Transit Routing", 2012), with walks between any two stops near
each other and one walk at either end. Between two rides lies one walk, or a wait at the same platform, and
``walking.CHANGE_S`` on top. Searches that have to arrive run on the same code, with time running backwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from services.city.transport.journeys import walking
from services.city.transport.journeys.arrays import Flags, Ints, Longs, Routes, Rules
from services.city.transport.journeys.labels import NEVER, WALK, label, time_of
from services.city.transport.journeys.network import Network
from services.city.transport.journeys.windows import Window

#: Vehicles in one journey: nobody changes more often within a day in a city.
MOST_RIDES: Final = 6


@dataclass(frozen=True)
class Reach:
    """Stops within a walk of a place, and what each walk costs as a label's seconds and metres."""

    stops: Ints
    cost: Longs

    def walk_m(self, stop: int) -> int:
        """Return the metres to a stop."""
        return int(self.cost[self.stops == stop].min()) & WALK

    def within(self, most_m: int) -> Reach:
        """Return the stops within a shorter walk."""
        near = (self.cost & WALK) <= most_m
        return Reach(self.stops[near], self.cost[near])


@dataclass(frozen=True)
class Wish:
    """From where to where, and by what: ``allowed`` says for which wheelchair values (0, 1, 2) one boards, ``wanted``
    which routes of the window one takes."""

    origin: Reach
    target: Reach
    allowed: Flags
    wanted: Flags
    walk_limit_m: int


@dataclass(frozen=True)
class Ride:
    """A trip of the window from one of its calls to a later one; times are seconds of the window."""

    route: int
    trip: int
    boarded: int
    left: int
    times_s: tuple[int, ...]  # of the calls from ``boarded`` to ``left``
    from_stop: int
    to_stop: int


@dataclass(frozen=True)
class Path:
    """Rides with the walks (metres) before, between and after them; a walk alone has no rides.

    ``via`` tells in which walk a place on the way is called at, and how many of its metres come before.
    """

    departs_s: int
    arrives_s: int
    rides: tuple[Ride, ...]
    walks_m: tuple[int, ...]
    via: tuple[int, int] | None = None

    @property
    def walk_m(self) -> int:
        """All metres walked."""
        return sum(self.walks_m)


class Search:
    """Answers searches over one window."""

    def __init__(self, network: Network, window: Window) -> None:
        self.network: Final = network
        self.window: Final = window

    def arrivals(self, wish: Wish, at_s: int, until_s: int, rides: int = MOST_RIDES) -> list[tuple[int, int]]:
        """Return (rides, arrival) for who sets out at ``at_s`` and arrives by ``until_s``: more rides where earlier."""
        return list(_improving(self._forwards(wish, at_s, until_s, rides)[0]))

    def departures(self, wish: Wish, at_s: int, since_s: int, rides: int = MOST_RIDES) -> list[tuple[int, int]]:
        """Return (rides, departure) for who has to arrive by ``at_s`` and sets out at ``since_s`` or later: more rides
        where later."""
        end_s = self.window.length_s
        turned = Wish(wish.target, wish.origin, wish.allowed, _turned(wish.wanted), wish.walk_limit_m)
        goals = self._rounds(self.window.reversed, turned, end_s - at_s, end_s - since_s, rides)[0]
        return [(ride, end_s - time_s) for ride, time_s in _improving(goals)]

    def path(self, wish: Wish, at_s: int, until_s: int, rides: int) -> Path | None:
        """Return the way of the earliest arrival with at most so many rides, each of them as early as possible."""
        goals, goal_stops, came, walked = self._forwards(wish, at_s, until_s, rides)
        found = [ride for ride, _ in _improving(goals)]
        if not found:
            return None
        stop = int(goal_stops[found[-1]])
        last_m = wish.target.walk_m(stop)
        taken: list[Ride] = []
        walks_m = [last_m]
        for ride in range(found[-1], 0, -1):
            taken.append(self._ride(*came[ride, stop].tolist()))
            board_at = taken[-1].from_stop
            stop = int(walked[ride - 1, board_at]) if ride > 1 else board_at
            walks_m.append(self._between_m(stop, board_at) if ride > 1 else wish.origin.walk_m(board_at))
        first_s = taken[-1].times_s[0] - time_of(int(wish.origin.cost[wish.origin.stops == stop].min()))
        return Path(first_s, time_of(int(goals[found[-1]])), tuple(reversed(taken)), tuple(reversed(walks_m)))

    def try_out(self) -> None:
        """Search for nothing, forwards and backwards, so that all there is to compile or to turn is ready."""
        nowhere = Reach(np.empty(0, np.int32), np.empty(0, np.int64))
        wish = Wish(nowhere, nowhere, np.ones(3, np.bool_), np.ones(len(self.window.pattern), np.bool_), 0)
        self.arrivals(wish, 0, 0)
        self.departures(wish, 0, 0)

    def trip(self, ride: Ride) -> int:
        """Return a ride's trip by its number in the network."""
        return int(self.window.trip[ride.trip])

    def stops_of(self, ride: Ride) -> list[int]:
        """Return the stops of a ride from where one gets on to where one gets off."""
        routes = self.window.routes
        first = int(routes.first_call[ride.route])
        stops: list[int] = routes.stop_of[first + ride.boarded : first + ride.left + 1].tolist()
        return stops

    def _forwards(self, wish: Wish, at_s: int, until_s: int, rides: int) -> Any:
        return self._rounds(self.window.routes, wish, at_s, until_s, rides)

    def _rounds(self, routes: Routes, wish: Wish, at_s: int, until_s: int, rides: int) -> Any:
        from services.city.transport.journeys import kernel  # noqa: PLC0415 - numba takes a second to import

        goal_cost = np.full(self.window.stops, -1, np.int64)
        # Of two ways from a stop the shorter, should a place have been given twice.
        goal_cost[wish.target.stops[::-1]] = wish.target.cost[::-1]
        return kernel.rounds(
            routes,
            self.network.walks,
            self.network.stops.access,
            Rules(wish.allowed, wish.wanted, wish.walk_limit_m, rides, walking.CHANGE_S),
            wish.origin.stops,
            wish.origin.cost + label(at_s),
            goal_cost,
            label(until_s + 1),
        )

    def _ride(self, route: int, trip: int, boarded: int, left: int) -> Ride:
        routes = self.window.routes
        first = int(routes.first_call[route])
        calls = int(routes.first_call[route + 1]) - first
        at = int(routes.first_time[route]) + trip * calls
        return Ride(
            route=route,
            trip=int(routes.first_trip[route]) + trip,
            boarded=boarded,
            left=left,
            times_s=tuple(routes.times[at + boarded : at + left + 1].tolist()),
            from_stop=int(routes.stop_of[first + boarded]),
            to_stop=int(routes.stop_of[first + left]),
        )

    def _between_m(self, stop: int, other: int) -> int:
        if stop == other:
            return 0
        walks = self.network.walks
        at = slice(int(walks.first[stop]), int(walks.first[stop + 1]))
        return int(walks.cost[at][walks.to[at] == other][0]) & WALK


def _improving(goals: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield (rides, time) of the rounds that bring an earlier time than those before."""
    best = NEVER
    for ride, goal in enumerate(goals.tolist()):
        if goal != NEVER and time_of(goal) < best:
            best = time_of(goal)
            yield ride, best


def _turned(wanted: Flags) -> Flags:
    return np.ascontiguousarray(wanted[::-1])
