"""Searches the ways from place to place as a question wants them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from services.city.transport.journeys import ends, walking
from services.city.transport.journeys.arrays import Flags
from services.city.transport.journeys.choosing import choose
from services.city.transport.journeys.ends import End
from services.city.transport.journeys.planning import Asked, plan
from services.city.transport.journeys.question import Question
from services.city.transport.journeys.raptor import Path, Search, Wish

#: With which wheelchair values (0 unknown, 1 yes, 2 no) of stops and trips a way is sought, one after the other.
_ANY: Final = ((True, True, True),)
_STEP_FREE: Final = ((False, True, False), (True, True, False))


def ways(search: Search, question: Question, asked: Asked, stations: Sequence[End]) -> list[Path]:
    """Return the ways worth telling from the first of two or three places to the last; none where there are none.

    Without steps, those of which that is known come before those of which it is not denied.
    """
    if len(stations) == 2:
        return _between(search, question, asked, *stations)
    origin, via, destination = stations
    own = set(search.network.stops.of_places(via.place_rows))
    passing = [
        path
        for path in _between(search, question, asked, origin, destination)
        if any(own.intersection(search.stops_of(ride)) for ride in path.rides)
    ]
    return choose([*passing, *_through(search, question, asked, stations)], None, asked.arrive, asked.limit)


def _through(search: Search, question: Question, asked: Asked, stations: Sequence[End]) -> Iterator[Path]:
    """Yield ways that get off at the place on the way, and go on from there after a minute."""
    origin, via, destination = stations

    def first_part(arrive_s: int) -> list[Path]:
        return _between(search, question, Asked(arrive_s - walking.CHANGE_S, True, 1), origin, via)

    if asked.arrive:
        for second in _between(search, question, asked, via, destination):
            yield from (_joined(first, second) for first in first_part(second.departs_s))
        return
    for early in _between(search, question, asked, origin, via):
        later = Asked(early.arrives_s + walking.CHANGE_S, False, 1)
        for second in _between(search, question, later, via, destination):
            # Nobody has to wait on the way for what one can wait for at home.
            yield from (_joined(first, second) for first in first_part(second.departs_s))


def _joined(first: Path, second: Path) -> Path:
    between_m = first.walks_m[-1] + second.walks_m[0]
    return Path(
        departs_s=first.departs_s,
        arrives_s=second.arrives_s,
        rides=first.rides + second.rides,
        walks_m=(*first.walks_m[:-1], between_m, *second.walks_m[1:]),
        via=(len(first.rides), first.walks_m[-1]),
    )


def _between(search: Search, question: Question, asked: Asked, origin: End, destination: End) -> list[Path]:
    leaving, arriving = (ends.reach(search.network, end, question.max_walk_m) for end in (origin, destination))
    walk = _on_foot(question, asked, origin, destination)
    wanted = _wanted(search, question)
    for allowed in _STEP_FREE if question.step_free else _ANY:
        wish = Wish(leaving, arriving, np.array(allowed, np.bool_), wanted, question.max_walk_m)
        found = plan(search, wish, asked, walk)
        if any(path.rides for path in found):
            return found
    return [] if walk is None else [walk]


def _on_foot(question: Question, asked: Asked, origin: End, destination: End) -> Path | None:
    walk_m = ends.between_m(origin, destination)
    if walk_m is None or walk_m > question.max_walk_m:
        return None
    takes_s = walking.seconds(walk_m)
    departs_s = asked.at_s - takes_s if asked.arrive else asked.at_s
    return Path(departs_s, departs_s + takes_s, (), (walk_m,))


def _wanted(search: Search, question: Question) -> Flags:
    patterns = search.window.pattern
    if not question.modes:
        return np.ones(len(patterns), np.bool_)
    return np.isin(search.network.patterns.modes[patterns].astype(str), sorted(question.modes))
