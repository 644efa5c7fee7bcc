"""From a sentence to the places in it, each with what it may mean."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from services.city.places import searching
from services.city.places.candidates import Candidate
from services.city.places.extents import Extent, extents
from services.city.places.index import PlaceIndex
from services.city.places.searching import Wanted
from services.city.places.spans import spans
from services.city.places.tokens import tokens

#: Places that one text names at most.
MOST_SPOTS: Final = 20
#: Of what a name may mean, that which fits nearly as well as the best.
_NEARLY: Final = 0.05


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a text, from character ``start`` to ``end`` (left out), and what it may mean, best first."""

    start: int
    end: int
    matches: tuple[Candidate, ...]


def spot(session: Session, index: PlaceIndex, text: str, kinds: Collection[str], language: str | None) -> list[Spot]:
    """Return the places that a text names, in its order."""
    words = tokens(text)
    found: list[Spot] = []
    for extent in extents(index, text, words, spans(index, words))[:MOST_SPOTS]:
        candidates = searching.search(session, index, Wanted(extent.written, kinds, language=language))
        matches = _near_the_best(_of_kind(candidates, extent))
        if matches:
            found.append(Spot(extent.start, extent.end, matches))
    return found


def _of_kind(candidates: list[Candidate], extent: Extent) -> list[Candidate]:
    """Keep streets and addresses beside a house number, where there are any."""
    streets = [candidate for candidate in candidates if candidate.place.kind == "street"]
    return streets if extent.numbered and streets else candidates


def _near_the_best(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    return tuple(candidate for candidate in candidates if candidate.score >= candidates[0].score - _NEARLY)
