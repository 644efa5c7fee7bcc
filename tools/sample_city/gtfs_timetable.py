"""When vehicles leave and how long they take from place to place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tools.sample_city.gtfs_facts import Day, Line, Place

_EARTH_RADIUS_M: Final = 6_371_000
# Track and street length over the straight line between two neighbouring calls.
_DETOUR: Final = {"metro": 1.1, "tram": 1.2, "bus": 1.25}
# Public timetables are in whole minutes and no two neighbouring calls share one.
_ROUNDING_S: Final = 30
_SHORTEST_SEGMENT_S: Final = 60


@dataclass(frozen=True, slots=True)
class Band:
    """Departures every ``headway_s`` from ``start_s``, ``end_s`` excluded: one row of frequencies.txt."""

    start_s: int
    end_s: int
    headway_s: int


def distance_m(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Return metres between two nearby points (latitude, longitude), good to well under a percent."""
    north = math.radians(there[0] - here[0])
    east = math.radians(there[1] - here[1]) * math.cos(math.radians(here[0]))
    return _EARTH_RADIUS_M * math.hypot(north, east)


def running_times_s(line: Line, calls: list[Place]) -> list[int]:
    """Return the seconds after departure at which each call is made, the first at 0."""
    metres_per_s = line.speed_kmh / 3.6
    elapsed = [0]
    for here, there in pairwise(calls):
        seconds = distance_m(here.at, there.at) * _DETOUR[line.mode] / metres_per_s
        elapsed.append(elapsed[-1] + max(_SHORTEST_SEGMENT_S, round(seconds / _ROUNDING_S) * _ROUNDING_S))
    return elapsed


def bands(day: Day, shift_min: int) -> tuple[list[Band], int]:
    """Return the bands of departures and the last departure, in seconds of the service day.

    A headway goes on until the first departure at or after the minute the next one begins, so no gap is shorter
    or longer than a headway at the change; a departure that would just precede the last one is left out.
    """
    shift_s = shift_min * 60
    last_s = day.last + shift_s
    begins = sorted((at + shift_s, minutes * 60) for at, minutes in day.headways.items())
    found: list[Band] = []
    start_s = begins[0][0]
    for index, (_, headway_s) in enumerate(begins):
        if index + 1 < len(begins):
            end_s = _chained(start_s, headway_s, begins[index + 1][0])
            found.append(Band(start_s, end_s, headway_s))
            start_s = end_s
        else:
            end_s = _chained(start_s, headway_s, last_s - headway_s // 2)
            found.append(Band(start_s, min(end_s, last_s), headway_s))
    return found, last_s


def _chained(start_s: int, headway_s: int, from_s: int) -> int:
    """Return the first departure of the chain at or after a time."""
    return start_s + headway_s * max(0, math.ceil((from_s - start_s) / headway_s))
