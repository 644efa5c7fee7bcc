"""From a search text to places: every reading is matched, the best candidates are kept and ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from kit.text import fold
from services.city.core.geo import distance_m
from services.city.places import matching
from services.city.places.candidates import Candidate, candidates
from services.city.places.doors import Doors
from services.city.places.index import AREAS, Known, PlaceIndex
from services.city.places.matching import Fit
from services.city.places.query import Reading, readings

#: Above this nobody wants to see misspelt names.
_GOOD: Final = 0.9
#: Candidates so much worse than the best are left out; beside an exact one, more may be of interest.
_WORSE: Final = 0.15
_WORSE_THAN_EXACT: Final = 0.3
#: Readings for which similar names are searched.
_MOST_MISSPELT_READINGS: Final = 4

#: A landmark and a street or stop of its name within so many metres are one place.
_ONE_SPOT_M: Final = 500

_ORDER: Final = {"commune": 0, "stop": 1, "landmark": 2, "locality": 3, "address": 4, "street": 5}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; of equally good candidates those near ``near`` come first, then those named in
    ``language``."""

    text: str
    kinds: Collection[str]
    near: tuple[float, float] | None = None
    language: str | None = None


def search(session: Session, index: PlaceIndex, wanted: Wanted) -> list[Candidate]:
    """Return the candidates for a text, best first."""
    found, kinds = readings(wanted.text, index), wanted.kinds
    doors = Doors(session)
    best: dict[tuple[str, str, str], Candidate] = {}

    def take(match: Callable[[PlaceIndex, Reading, Collection[str]], Iterable[Fit]], among: Iterable[Reading]) -> None:
        for reading in among:
            names = _named_kinds(kinds, reading)
            for candidate in candidates(doors, reading, match(index, reading, names), kinds):
                number = candidate.address.house_number if candidate.address else ""
                key = (candidate.place.place_id, number, candidate.address.postcode if candidate.address else "")
                if key not in best or _rank(candidate) > _rank(best[key]):
                    best[key] = candidate

    take(matching.named, found)
    settled = any(candidate.sure for candidate in best.values())
    take(matching.shortened, found)
    if not settled and max((candidate.score for candidate in best.values()), default=0.0) < _GOOD:
        for reading in _distinct(found)[:_MOST_MISSPELT_READINGS]:
            take(matching.misspelt, [reading])
            if max((candidate.score for candidate in best.values()), default=0.0) >= _GOOD:
                break
    if not best:
        take(matching.within, found)
    return _without_doubles(_ranked(_worth_showing(list(best.values())), wanted))


def _named_kinds(kinds: Collection[str], reading: Reading) -> set[str]:
    if reading.stop or reading.area:
        return ({"stop"} if reading.stop else set(AREAS)) & set(kinds)
    return {"street" if kind == "address" else kind for kind in kinds}


def _distinct(found: Sequence[Reading]) -> list[Reading]:
    """Return the readings with different names, those that understand the most of the text first."""
    understood = sorted(found, key=lambda r: (r.number is None) + (r.communes is None) + (r.postcode is None))
    by_name = {(reading.spelling.key, reading.stop, reading.area): reading for reading in reversed(understood)}
    return [reading for reading in understood if by_name[reading.spelling.key, reading.stop, reading.area] is reading]


def _rank(candidate: Candidate) -> tuple[float, bool]:
    return round(candidate.score, 3), candidate.sure


def _worth_showing(found: list[Candidate]) -> list[Candidate]:
    if not found:
        return []
    best = max(candidate.score for candidate in found)
    exact = any(candidate.sure and candidate.score == best for candidate in found)
    floor = best - (_WORSE_THAN_EXACT if exact else _WORSE)
    # Only the best are what was written: "Forest" is the commune, whatever else it is a by-name of.
    return [
        replace(candidate, sure=candidate.sure and candidate.score == best)
        for candidate in found
        if candidate.score >= floor
    ]


def _without_doubles(found: list[Candidate]) -> list[Candidate]:
    """Leave out the landmarks that are a street or a stop of the same name on the same spot: "Grand-Place"."""
    if not any(candidate.kind == "landmark" for candidate in found):
        return found
    named: defaultdict[str, list[Known]] = defaultdict(list)
    for candidate in found:
        if candidate.kind in ("street", "stop", "address"):
            for name in (candidate.place.name_fr, candidate.place.name_nl):
                named[fold(name)].append(candidate.place)

    def double(place: Known) -> bool:
        same = (*named[fold(place.name_fr)], *named[fold(place.name_nl)])
        return any(distance_m(place.lat, place.lon, other.lat, other.lon) <= _ONE_SPOT_M for other in same)

    return [candidate for candidate in found if candidate.kind != "landmark" or not double(candidate.place)]


def _ranked(found: list[Candidate], wanted: Wanted) -> list[Candidate]:
    def key(candidate: Candidate) -> tuple[object, ...]:
        point = candidate.address or candidate.place
        away = distance_m(*wanted.near, point.lat, point.lon) if wanted.near else 0.0
        place = candidate.place
        other_language = wanted.language is not None and candidate.language not in (None, wanted.language)
        return (
            -round(candidate.score, 3),
            round(away),
            _ORDER[candidate.kind],
            other_language,
            -place.weight,
            place.place_id,
        )

    return sorted(found, key=key)
