"""Dossiers near a place: at its very door first, then the nearest; in a street without a number, all of that street."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from sqlalchemy.orm import Session

from kit.clock import Clock, today
from kit.languages import Language
from kit.text import fold
from services.city.core.errors import CityError, NotFoundError
from services.city.core.geo import distance_m
from services.city.core.schemas import stated
from services.city.models.permits import DossierRecord
from services.city.permits.dossiers import repository
from services.city.permits.dossiers.schemas import ApplicationsPage, NearbyApplication
from services.city.permits.dossiers.service import course_of
from services.city.permits.dossiers.stages import stage
from services.city.permits.dossiers.wording import dossier_fields, stage_info
from services.city.permits.repository import communes
from services.city.places.lookup import Located, lookup

#: A street is that long at most, from its middle.
STREET_M: Final = 3000
_DIGITS: Final = "0123456789"


@dataclass(frozen=True)
class Asked:
    """What dossiers are asked for; ``radius_m`` counts from an address, a stop or a point."""

    place: str
    radius_m: int
    limit: int
    offset: int


def applications_near(session: Session, clock: Clock, language: Language, asked: Asked) -> ApplicationsPage:
    """Return a page of the dossiers near a place.

    Raises NotFoundError ``place_not_found`` and ``inquiries_not_known``, CityError ``place_too_large`` for a commune.
    """
    words = repository.stages(session)
    if words is None:
        raise NotFoundError("inquiries_not_known", "The stages of dossiers were not imported.")
    place = lookup(session, asked.place)
    if place.kind in ("commune", "locality"):
        raise CityError(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "place_too_large",
            "A commune has too many dossiers; give a street or an address.",
        )
    found = _near(session, place, asked.radius_m)
    page = found[asked.offset : asked.offset + asked.limit]
    known, day = communes(session), today(clock)
    items = []
    for record, away_m in page:
        items.append(
            NearbyApplication(
                **dossier_fields(record, words, known, language),
                stage=stage_info(stage(course_of(record), day), words, language),
                decided_on=record.decided,
                valid_until=record.valid_until,
                distance_m=round(away_m),
                same_door=_same_door(record, place),
            )
        )
    source, as_of = stated(repository.datasets(session, [record for record, _ in page]), clock.now())
    return ApplicationsPage(
        source=source, as_of=as_of, items=items, total=len(found), limit=asked.limit, offset=asked.offset
    )


def _near(session: Session, place: Located, radius_m: int) -> list[tuple[DossierRecord, float]]:
    """Return dossiers with their distance in metres, in the order in which to show them."""
    reach = STREET_M if place.kind == "street" else radius_m
    measured = [
        (record, distance_m(place.lat, place.lon, record.lat, record.lon))
        for record in repository.around(session, place.lat, place.lon, reach)
        if record.lat is not None and record.lon is not None
    ]
    within = [
        (record, away_m)
        for record, away_m in measured
        if away_m <= reach and (place.kind != "street" or _same_street(record, place))
    ]
    return sorted(within, key=lambda each: (not _same_door(each[0], place), each[1], each[0].reference))


def _same_street(record: DossierRecord, place: Located) -> bool:
    names = {fold(name) for name in (record.street_fr, record.street_nl) if name}
    return bool(names & {fold(place.name_fr), fold(place.name_nl)})


def _same_door(record: DossierRecord, place: Located) -> bool:
    """Tell whether a dossier is about the very house: its number, or a row of houses that it is in."""
    number = _digits(place.house_number)
    first, last = _digits(record.number_from), _digits(record.number_to)
    if number is None or first is None or not _same_street(record, place):
        return False
    return first <= number <= (last or first) and (number - first) % 2 == 0


def _digits(number: str | None) -> int | None:
    """Return the number that a house number begins with."""
    written = (number or "").strip()
    digits = written[: len(written) - len(written.lstrip(_DIGITS))]
    return int(digits) if digits else None
