"""From a search text to candidates: every reading is matched, house numbers are looked up, the best are ranked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from services.city.core.geo import distance_m
from services.city.models.places import Address
from services.city.places import matching
from services.city.places.doors import Doors
from services.city.places.index import Known, PlaceIndex
from services.city.places.matching import ALIAS, Fit, Match
from services.city.places.query import Reading, readings

#: What is kept of the score where the place lies elsewhere than written, or has no such house number.
ELSEWHERE: Final = 0.85
NEAREST_NUMBER: Final = 0.85
NO_SUCH_NUMBER: Final = 0.8
#: A number beside the name of what has none ("Flagey 81") says little against it.
STRAY_NUMBER: Final = 0.9
#: "Bruxelles" may have meant the commune; those that lie there come first.
REGION_ONLY: Final = 0.99
#: Above this nobody wants to see misspelt names.
_GOOD: Final = 0.9
#: Candidates so much worse than the best are left out; beside an exact one, more may be of interest.
_WORSE: Final = 0.15
_WORSE_THAN_EXACT: Final = 0.3
#: Readings for which similar names are searched, and streets whose doors are looked up.
_MOST_MISSPELT_READINGS: Final = 4
_MOST_STREETS: Final = 40

_ORDER: Final = {"commune": 0, "stop": 1, "locality": 2, "address": 3, "street": 4}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for; of equally good candidates those near ``near`` come first, then those named in
    ``language``."""

    text: str
    kinds: Collection[str]
    near: tuple[float, float] | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a text may mean.

    ``commune`` and ``postcode`` are those that the text names, if the place lies there, and ``elsewhere`` tells that it
    does not; ``shared_number`` that the house number occurs in the street more than once.
    """

    place: Known
    match: Match
    score: float
    sure: bool
    language: str | None = None
    address: Address | None = None
    commune: str | None = None
    postcode: str | None = None
    elsewhere: bool = False
    shared_number: bool = False

    @property
    def kind(self) -> str:
        """The kind of what was found: an address is more than its street."""
        return "address" if self.address else self.place.kind


def search(session: Session, index: PlaceIndex, wanted: Wanted) -> list[Candidate]:
    """Return the candidates for a text, best first."""
    found, kinds = readings(wanted.text, index), wanted.kinds
    doors = Doors(session)
    best: dict[tuple[str, str, str], Candidate] = {}

    def take(match: Callable[[PlaceIndex, Reading, Collection[str]], Iterable[Fit]], among: Iterable[Reading]) -> None:
        for reading in among:
            names = {"stop"} & set(kinds) if reading.stop else _named_kinds(kinds)
            for candidate in _candidates(doors, reading, match(index, reading, names), kinds):
                number = candidate.address.house_number if candidate.address else ""
                key = (candidate.place.place_id, number, candidate.address.postcode if candidate.address else "")
                if key not in best or _rank(candidate) > _rank(best[key]):
                    best[key] = candidate

    take(matching.named, found)
    settled = any(candidate.sure for candidate in best.values())
    take(matching.shortened, found)
    if not settled and max((candidate.score for candidate in best.values()), default=0.0) < _GOOD:
        take(matching.misspelt, _distinct(found)[:_MOST_MISSPELT_READINGS])
    if not best:
        take(matching.within, found)
    return _ranked(_worth_showing(list(best.values())), wanted)


def _named_kinds(kinds: Collection[str]) -> set[str]:
    return {"street" if kind == "address" else kind for kind in kinds}


def _candidates(doors: Doors, reading: Reading, fits: Iterable[Fit], kinds: Collection[str]) -> Iterator[Candidate]:
    by_place: dict[str, Fit] = {}
    for fit in fits:
        before = by_place.get(fit.place.place_id)
        if before is None or fit.score > before.score:
            by_place[fit.place.place_id] = fit
    ordered = sorted(by_place.values(), key=lambda fit: (-fit.score, -fit.place.weight))
    if reading.number is None:
        yield from (_placed(fit, reading) for fit in ordered if fit.place.kind in kinds)
        return
    streets = [fit for fit in ordered if fit.place.street is not None][:_MOST_STREETS]
    doors.prepare([fit.place.street for fit in streets if fit.place.street], reading.number)
    for fit in streets:
        yield from _numbered(doors, reading, _placed(fit, reading), kinds)
    for fit in ordered:
        if fit.place.street is None and fit.place.kind in kinds:
            plain = _placed(fit, reading)
            # "Tram 81 Flagey": the number is a line's.
            yield plain if reading.stop else replace(plain, score=plain.score * STRAY_NUMBER, sure=False)


def _placed(fit: Fit, reading: Reading) -> Candidate:
    """Return the candidate for a fit, less sure of it where it lies elsewhere than the text says."""
    place = fit.place
    commune = next((slug for slug in place.commune_ids if slug in (reading.communes or ())), None)
    elsewhere = bool(reading.communes and place.commune_ids and commune is None)
    elsewhere = elsewhere or bool(reading.postcode and place.postcodes and reading.postcode not in place.postcodes)
    score = fit.score * (ELSEWHERE if elsewhere else REGION_ONLY if reading.region and not reading.postcode else 1.0)
    return Candidate(
        place=place,
        match=fit.match,
        score=score,
        sure=fit.score >= ALIAS and not elsewhere,
        elsewhere=elsewhere,
        language=fit.name.language,
        commune=commune,
        postcode=reading.postcode if reading.postcode in place.postcodes else None,
    )


def _numbered(doors: Doors, reading: Reading, street: Candidate, kinds: Collection[str]) -> Iterator[Candidate]:
    """Yield the doors of a street that have the reading's number, else the nearest one and the street itself."""
    number, place = reading.number or "", street.place
    if "address" not in kinds:
        yield street
        return
    found = doors.numbered(place.street or 0, number)
    shared = len(found) > 1
    there = [door for door in found if _lies_in(door, reading)]
    for door in there or found:
        less = 1.0 if there or street.elsewhere else ELSEWHERE
        yield replace(
            street, address=door, score=street.score * less, sure=street.sure and bool(there), shared_number=shared
        )
    if not found:
        nearest = None
        if street.score > _GOOD:
            nearest = doors.nearest(place.street or 0, number, reading.communes, reading.postcode)
        if nearest is not None:
            yield replace(street, address=nearest, score=street.score * NEAREST_NUMBER, sure=False)
        if "street" in kinds:
            yield replace(street, score=street.score * NO_SUCH_NUMBER, sure=False)


def _lies_in(door: Address, reading: Reading) -> bool:
    return reading.postcode in (None, door.postcode) and (not reading.communes or door.commune_id in reading.communes)


def _distinct(found: Sequence[Reading]) -> list[Reading]:
    """Return the readings with different names, those that understand the most of the text first."""
    understood = sorted(found, key=lambda r: (r.number is None) + (r.communes is None) + (r.postcode is None))
    by_name = {(reading.spelling.key, reading.stop): reading for reading in reversed(understood)}
    return [reading for reading in understood if by_name[reading.spelling.key, reading.stop] is reading]


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
