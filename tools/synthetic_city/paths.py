"""Ways through the made-up city: which places are neighbours, and lines that follow them."""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from tools.synthetic_city.places import Place

_NEIGHBOURS: Final = 7
#: How much longer or shorter a street may seem to a line: makes lines wind.
_WINDING: Final = (0.7, 1.6)
_NEAR_ENOUGH: Final = 2
_SHORTEST_LEG: Final = 3


@dataclass(frozen=True)
class Streets:
    """For each place the places next to it, with the metres there."""

    next_to: dict[int, list[tuple[int, float]]]


def streets(places: Iterable[Place]) -> Streets:
    """Return streets between each place and its nearest ones, walkable both ways."""
    all_places = list(places)
    found: dict[int, dict[int, float]] = {place.number: {} for place in all_places}
    for place in all_places:
        others = ((place.distance_m(other), other.number) for other in all_places if other is not place)
        for metres, other in heapq.nsmallest(_NEIGHBOURS, others):
            found[place.number][other] = found[other][place.number] = metres
    return Streets({number: sorted(near.items()) for number, near in found.items()})


def find_path(ways: Streets, start: int, length: int, uncovered: Collection[int], rng: random.Random) -> list[int]:
    """Return a short way of about ``length`` places from ``start``: of those, the one with most places still bare.

    Where the city ends sooner, the way turns and goes on, never twice by the same place.
    """
    path = [start]
    while length - len(path) > _NEAR_ENOUGH:
        leg = _leg(ways, path, length - len(path) + 1, uncovered, rng)
        if len(leg) < _SHORTEST_LEG:
            break
        path += leg[1:]
    return path


def _leg(ways: Streets, path: list[int], length: int, uncovered: Collection[int], rng: random.Random) -> list[int]:
    before = _tree(ways, path[-1], set(path[:-1]), rng)
    best: tuple[tuple[int, int, int], list[int]] | None = None
    for end in before:
        back = _back(before, end)
        off = abs(len(back) - length)
        rank = (-max(off - _NEAR_ENOUGH, 0), sum(place in uncovered for place in back), -off)
        if best is None or rank > best[0]:
            best = rank, back
    return best[1][::-1] if best else []


def _tree(ways: Streets, start: int, avoided: Collection[int], rng: random.Random) -> dict[int, int]:
    """Return the place before each on the shortest way from ``start``, as one line sees the streets."""
    lengths = {start: 0.0}
    before = {start: start}
    queue = [(0.0, start)]
    done: set[int] = set(avoided)
    seen: dict[tuple[int, int], float] = {}
    while queue:
        length, here = heapq.heappop(queue)
        if here in done:
            continue
        done.add(here)
        for there, metres in ways.next_to[here]:
            if there in done:
                continue
            street = (min(here, there), max(here, there))
            if street not in seen:
                seen[street] = metres * rng.uniform(*_WINDING)
            farther = length + seen[street]
            if farther < lengths.get(there, math.inf):
                lengths[there], before[there] = farther, here
                heapq.heappush(queue, (farther, there))
    return before


def _back(before: dict[int, int], end: int) -> list[int]:
    path = [end]
    while before[path[-1]] != path[-1]:
        path.append(before[path[-1]])
    return path
