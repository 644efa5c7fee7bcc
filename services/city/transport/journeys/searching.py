"""Searches the ways between two ends as a question wants them."""

from __future__ import annotations

from typing import Final

import numpy as np

from services.city.transport.journeys import ends, walking
from services.city.transport.journeys.arrays import Flags
from services.city.transport.journeys.ends import End
from services.city.transport.journeys.planning import Asked, plan
from services.city.transport.journeys.question import Question
from services.city.transport.journeys.raptor import Path, Search, Wish

#: With which wheelchair values (0 unknown, 1 yes, 2 no) of stops and trips a way is sought, one after the other.
_ANY: Final = ((True, True, True),)
_STEP_FREE: Final = ((False, True, False), (True, True, False))


def ways(search: Search, question: Question, asked: Asked, origin: End, destination: End) -> list[Path]:
    """Return the ways worth telling; none where there are none.

    Without steps, those of which that is known come before those of which it is not denied.
    """
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
