"""RAPTOR's inner loops, compiled by numba: rounds of rides and walks over plain arrays.

A *round* holds what can be reached with so many rides. In each, every line that passes a stop reached in the round
before is followed once from the first such stop on; then people walk from where they got off. See
``services.city.transport.journeys.arrays`` for what it is given and ``raptor`` for who calls it.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from services.city.transport.journeys.arrays import Routes, Rules, Walks
from services.city.transport.journeys.labels import BITS, NEVER, WALK


@numba.njit(cache=True, nogil=True)
def rounds(  # noqa: PLR0912, PLR0915, PLR0917 - one loop nest: compiled calls, by position, would only hide it
    routes: Routes,
    walks: Walks,
    stop_access: Any,
    rules: Rules,
    starts: Any,
    start_labels: Any,
    goal_cost: Any,
    bound: int,
) -> Any:
    """Return, by round: labels at the goal and where one leaves the vehicles for it, and how each stop was reached.

    ``bound`` is the first label that is too late. ``came`` holds, for a stop at which one got off: route, trip, and
    the positions where one got on and off; ``walked`` holds from which stop one walked to where one boards next. Both
    are filled only where a way at the goal leads.
    """
    first_call, first_time, times = routes.first_call, routes.first_time, routes.times
    boards, alights = routes.boards, routes.alights
    allowed, most_rides = rules.allowed, rules.most_rides
    stops = len(stop_access)
    arrived = np.full(stops, NEVER, np.int64)
    ready = np.full(stops, NEVER, np.int64)
    came = np.empty((most_rides + 1, stops, 4), np.int32)
    walked = np.empty((most_rides + 1, stops), np.int32)
    goals = np.full(most_rides + 1, NEVER, np.int64)
    goal_stops = np.full(most_rides + 1, -1, np.int32)
    best_arrived = np.full(stops, NEVER, np.int64)
    best_ready = np.full(stops, NEVER, np.int64)
    marked = np.empty(stops, np.int32)
    is_marked = np.zeros(stops, np.bool_)
    got_off = np.empty(stops, np.int32)
    from_position = np.full(len(first_call) - 1, -1, np.int32)
    queue = np.empty(len(first_call) - 1, np.int32)

    marks = 0
    for at in range(len(starts)):
        stop = starts[at]
        if start_labels[at] < min(best_ready[stop], bound):
            ready[stop] = best_ready[stop] = start_labels[at]
            if not is_marked[stop]:
                is_marked[stop] = True
                marked[marks] = stop
                marks += 1

    for ride in range(1, most_rides + 1):
        queued = 0
        for mark in range(marks):
            stop = marked[mark]
            is_marked[stop] = False
            if not allowed[stop_access[stop]]:
                continue
            for call in routes.passing[routes.first_passing[stop] : routes.first_passing[stop + 1]]:
                route = call[0]
                if not rules.wanted[route] or not boards[first_call[route] + call[1]]:
                    continue
                if from_position[route] < 0:
                    queue[queued] = route
                    queued += 1
                    from_position[route] = call[1]
                elif call[1] < from_position[route]:
                    from_position[route] = call[1]
        offs = 0

        for queue_at in range(queued):
            route = queue[queue_at]
            calls = first_call[route + 1] - first_call[route]
            trips = routes.first_trip[route + 1] - routes.first_trip[route]
            trip, boarded, walk = -1, -1, 0
            for position in range(from_position[route], calls):
                call_at = first_call[route] + position
                stop = routes.stop_of[call_at]
                if not allowed[stop_access[stop]]:
                    continue
                if trip >= 0 and alights[call_at]:
                    off = times[first_time[route] + trip * calls + position] << BITS | walk
                    if off < best_arrived[stop] and off < bound:
                        if arrived[stop] == NEVER:
                            got_off[offs] = stop
                            offs += 1
                        arrived[stop] = best_arrived[stop] = off
                        came[ride, stop, 0] = route
                        came[ride, stop, 1] = trip
                        came[ride, stop, 2] = boarded
                        came[ride, stop, 3] = position
                        if goal_cost[stop] >= 0 and off + goal_cost[stop] < bound:
                            bound = off + goal_cost[stop]
                            goals[ride] = bound
                            goal_stops[ride] = stop
                since = ready[stop]
                if since == NEVER or not boards[call_at]:
                    continue
                time_s = since >> BITS
                # The first trip that leaves here at time_s or later; trips of a route do not overtake each other.
                low, high = 0, trips if trip < 0 else trip + 1
                while low < high:
                    middle = (low + high) // 2
                    if times[first_time[route] + middle * calls + position] < time_s:
                        low = middle + 1
                    else:
                        high = middle
                while low < trips and not allowed[routes.trip_access[routes.first_trip[route] + low]]:
                    low += 1
                if low == trips:
                    continue
                if trip < 0 or low < trip or (low == trip and (since & WALK) < walk):
                    trip, boarded, walk = low, position, since & WALK
            from_position[route] = -1

        for mark in range(marks):
            ready[marked[mark]] = NEVER
        marks = 0
        for off_at in range(offs):
            stop = got_off[off_at]
            label = arrived[stop] + (rules.change_s << BITS)
            arrived[stop] = NEVER
            if label < best_ready[stop] and label < bound:
                ready[stop] = best_ready[stop] = label
                walked[ride, stop] = stop
                if not is_marked[stop]:
                    is_marked[stop] = True
                    marked[marks] = stop
                    marks += 1
            for walk_at in range(walks.first[stop], walks.first[stop + 1]):
                cost = walks.cost[walk_at]
                other = walks.to[walk_at]
                if cost & WALK <= rules.walk_limit_m and label + cost < best_ready[other] and label + cost < bound:
                    ready[other] = best_ready[other] = label + cost
                    walked[ride, other] = stop
                    if not is_marked[other]:
                        is_marked[other] = True
                        marked[marks] = other
                        marks += 1
        if marks == 0:
            break
    return goals, goal_stops, came, walked


@numba.njit(cache=True, nogil=True)
def lanes(first_trip: Any, starts_s: Any, first_offset: Any, offsets: Any, calls: Any) -> Any:
    """Return, for each trip of a pattern in order of its start, a lane in which no trip overtakes another.

    ``first_trip`` says where each pattern's trips begin, ``first_offset`` where each trip's offsets do.
    """
    lane = np.zeros(len(starts_s), np.int32)
    last = np.empty(len(starts_s), np.int64)
    for pattern in range(len(first_trip) - 1):
        used = 0
        for trip in range(first_trip[pattern], first_trip[pattern + 1]):
            found = -1
            for candidate in range(used):
                before = last[candidate]
                fits = True
                for position in range(calls[pattern]):
                    later = starts_s[trip] + offsets[first_offset[trip] + position]
                    if later < starts_s[before] + offsets[first_offset[before] + position]:
                        fits = False
                        break
                if fits:
                    found = candidate
                    break
            if found < 0:
                found = used
                used += 1
            last[found] = trip
            lane[trip] = found
    return lane


@numba.njit(cache=True, nogil=True)
def spread(starts_s: Any, first_offset: Any, offsets: Any, calls: Any, times: Any) -> None:
    """Write the times of every call of every trip, one trip after the other; ``calls`` is by trip."""
    at = 0
    for trip in range(len(starts_s)):
        for position in range(calls[trip]):
            times[at] = starts_s[trip] + offsets[first_offset[trip] + position]
            at += 1
