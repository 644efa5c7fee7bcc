"""From the names that fit a reading to places: where they lie, and the doors of their house numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from services.city.models.places import Address
from services.city.places.doors import Doors
from services.city.places.index import Known
from services.city.places.matching import ALIAS, Fit, Match
from services.city.places.query import Reading

#: What is kept of the score where the place lies elsewhere than written, or has no such house number.
ELSEWHERE: Final = 0.85
BETWEEN_NUMBERS: Final = 0.9
NEAREST_NUMBER: Final = 0.85
NO_SUCH_NUMBER: Final = 0.8
#: A number beside the name of what has none ("Flagey 81") says little against it.
STRAY_NUMBER: Final = 0.9
#: "Bruxelles" may have meant the commune; those that lie there come first.
REGION_ONLY: Final = 0.99
#: Worse fits than this are not offered a nearest number.
_GOOD: Final = 0.9
#: Places that one reading may mean; a single "rue" fits thousands.
_MOST_PLACES: Final = 500
#: Streets whose doors are looked up.
_MOST_STREETS: Final = 40
#: Streets without the number for which the nearest one is looked up.
_MOST_LACKING: Final = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a text may mean.

    ``commune`` and ``postcode`` are those that the text names, if the place lies there, and ``elsewhere`` tells that it
    does not; ``shared_number`` that the house number occurs in the street more than once, and ``interpolated`` that
    the address is made up between its neighbours.
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
    interpolated: bool = False

    @property
    def kind(self) -> str:
        """The kind of what was found: an address is more than its street."""
        return "address" if self.address else self.place.kind


def candidates(doors: Doors, reading: Reading, fits: Iterable[Fit], kinds: Collection[str]) -> Iterator[Candidate]:
    """Yield the places of these kinds that the fits of one reading stand for, streets with their doors."""
    by_place: dict[str, Fit] = {}
    for fit in fits:
        before = by_place.get(fit.place.place_id)
        if before is None or fit.score > before.score:
            by_place[fit.place.place_id] = fit
    ordered = sorted(by_place.values(), key=lambda fit: (-fit.score, -fit.place.weight))[:_MOST_PLACES]
    if reading.number is None:
        yield from (_placed(fit, reading) for fit in ordered if fit.place.kind in kinds)
        return
    streets = [fit for fit in ordered if fit.place.street is not None][:_MOST_STREETS]
    doors.prepare([fit.place.street for fit in streets if fit.place.street], reading.number)
    lacking = 0
    for fit in streets:
        street, found = _placed(fit, reading), doors.numbered(fit.place.street or 0, reading.number)
        if "address" not in kinds:
            yield street
        elif found:
            yield from _numbered(street, found, reading)
        else:
            if fit.score > _GOOD and lacking < _MOST_LACKING:
                lacking += 1
                yield from _nearest(doors, street, reading)
            if "street" in kinds:
                yield replace(street, score=street.score * NO_SUCH_NUMBER, sure=False)
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


def _numbered(street: Candidate, found: Sequence[Address], reading: Reading) -> Iterator[Candidate]:
    """Yield the doors of a street that have the reading's number."""
    there = [door for door in found if _lies_in(door, reading)]
    for door in there or found:
        less = 1.0 if there or street.elsewhere else ELSEWHERE
        yield replace(
            street,
            address=door,
            score=street.score * less,
            sure=street.sure and bool(there),
            shared_number=len(found) > 1,
        )


def _nearest(doors: Doors, street: Candidate, reading: Reading) -> Iterator[Candidate]:
    """Yield what comes nearest to a number that a street lacks: a place between its neighbours, another door."""
    number, place = reading.number or "", street.place.street or 0
    between = doors.between(place, number)
    if between is not None and _lies_in(between, reading):
        yield replace(street, address=between, score=street.score * BETWEEN_NUMBERS, sure=False, interpolated=True)
    nearest = doors.nearest(place, number, reading.communes, reading.postcode)
    if nearest is not None:
        yield replace(street, address=nearest, score=street.score * NEAREST_NUMBER, sure=False)


def _lies_in(door: Address, reading: Reading) -> bool:
    return reading.postcode in (None, door.postcode) and (not reading.communes or door.commune_id in reading.communes)
