"""Public inquiries that are open on a day: near a place, in communes, or anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from http import HTTPStatus

from sqlalchemy.orm import Session

from kit.clock import Clock, today
from kit.languages import Language
from services.city.core.errors import CityError, NotFoundError
from services.city.core.geo import distance_m
from services.city.core.schemas import stated
from services.city.models.permits import DossierRecord
from services.city.permits.communes import find_commune
from services.city.permits.dossiers import repository
from services.city.permits.dossiers.schemas import InquiriesPage, InquiryInfo
from services.city.permits.dossiers.wording import dossier_fields
from services.city.permits.repository import communes
from services.city.places.lookup import lookup
from services.city.places.parameters import point_of


@dataclass(frozen=True)
class Asked:
    """What inquiries are asked for."""

    place: str | None
    near: str | None
    commune: str | None
    radius_m: int
    on: date | None
    limit: int
    offset: int


def open_inquiries(session: Session, clock: Clock, language: Language, asked: Asked) -> InquiriesPage:
    """Return a page of the inquiries that are open on a day (default: today).

    Near a place or a point the nearest come first, else those that end first. A commune, also as a place, means all of
    it. Raises NotFoundError ``place_not_found`` and ``commune_not_found``, CityError ``invalid_point`` and
    ``one_area_only``.
    """
    if sum(each is not None for each in (asked.place, asked.near, asked.commune)) > 1:
        detail = "Only one of place, near and commune can be given."
        raise CityError(HTTPStatus.UNPROCESSABLE_ENTITY, "one_area_only", detail)
    words = repository.stages(session)
    if words is None:
        raise NotFoundError("inquiries_not_known", "The stages of dossiers were not imported.")
    on = asked.on or today(clock)
    found, total = _found(session, asked, on)
    known = communes(session)
    items = [
        InquiryInfo(
            **dossier_fields(record, words, known, language),
            opens=record.inquiry_start,
            closes=record.inquiry_end,
            days_left=(record.inquiry_end - on).days,
            consultation_on=record.consultation,
            distance_m=away_m,
        )
        for record, away_m in found
        if record.inquiry_start and record.inquiry_end
    ]
    source, as_of = stated(repository.datasets(session, [record for record, _ in found]), clock.now())
    return InquiriesPage(
        source=source,
        as_of=as_of,
        items=items,
        total=total,
        limit=asked.limit,
        offset=asked.offset,
        on=on,
        how_to_react=words.reacting.to(language),
    )


def _found(session: Session, asked: Asked, on: date) -> tuple[list[tuple[DossierRecord, int | None]], int]:
    """Return a page of what was asked for, each with its distance, and how many there are."""
    within: tuple[str, ...] | None = None
    point = point_of(asked.near)
    if asked.commune is not None:
        within = (find_commune(session, asked.commune).id,)
    elif asked.place is not None:
        place = lookup(session, asked.place)
        point = (place.lat, place.lon)
        if place.kind == "commune":
            within, point = place.commune_ids, None
    if point is None:
        records, total = repository.inquiries(session, on, within, limit=asked.limit, offset=asked.offset)
        return [(record, None) for record in records], total
    around = repository.inquiries_around(session, on, *point, asked.radius_m)
    measured = [
        (distance_m(*point, record.lat, record.lon), record)
        for record in around
        if record.lat is not None and record.lon is not None
    ]
    near = sorted(
        (each for each in measured if each[0] <= asked.radius_m), key=lambda each: (each[0], each[1].reference)
    )
    page = near[asked.offset : asked.offset + asked.limit]
    return [(record, round(away_m)) for away_m, record in page], len(near)
