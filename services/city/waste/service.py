"""Collections at a place as answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from kit.clock import Clock, today
from services.city.core.errors import AmbiguousError, NotFoundError
from services.city.core.schemas import Commune, Name, stated
from services.city.models.datasets import Dataset
from services.city.models.waste import WastePart
from services.city.places import repository as places
from services.city.places.lookup import Located, lookup
from services.city.places.numbers import span
from services.city.waste import repository
from services.city.waste.calendar import Collection, collections
from services.city.waste.parts import Part
from services.city.waste.rounds import FRACTIONS, Fraction
from services.city.waste.schemas import CollectionInfo, CollectionsAnswer, HolidayName, PutOut, WastePlace


def collections_at(
    session: Session, clock: Clock, place_id: str, *, start: date | None, days: int, fraction: Fraction | None
) -> CollectionsAnswer:
    """Return the collections at a street or an address on ``days`` days from ``start`` on (default: today).

    Raises NotFoundError ``place_not_found``, ``no_rounds_for_place`` and, where the calendar does not reach the days
    asked for, ``dates_not_covered``; AmbiguousError ``house_number_needed``.
    """
    place = lookup(session, place_id)
    parts, dataset = repository.parts(session, place.street_id) if place.street_id is not None else ([], None)
    if dataset is None:
        raise NotFoundError("no_rounds_for_place", f"No collection rounds are known for {_name(place)}.")
    calendar = _calendar(place, parts)
    first, last = _covered(dataset, start or today(clock), days)
    rounds = repository.rounds(session, dataset.id, calendar)
    found = collections(rounds, repository.holidays(session, dataset.id), first, last)
    source, as_of = stated([dataset], clock.now())
    known = {each.fraction for each in rounds}
    return CollectionsAnswer(
        source=source,
        as_of=as_of,
        place=_place(session, place),
        items=[_item(each) for each in found if fraction in (None, each.fraction)],
        first_day=first,
        last_day=last,
        fractions=[each for each in FRACTIONS if each in known],
    )


def _calendar(place: Located, parts: Sequence[WastePart]) -> int:
    """Return the calendar of a house number, or the one that all parts of a street share."""
    if place.house_number is None:
        shared = {part.calendar for part in parts}
        if len(shared) > 1:
            detail = f"The rounds in {_name(place)} differ by house number."
            raise AmbiguousError("house_number_needed", detail, [_suggestion(part) for part in parts])
        return shared.pop()
    numbers = span(place.house_number)
    for part in parts:
        if numbers is not None and _part(part).holds(numbers[0]):
            return part.calendar
    detail = f"No collection rounds are known for number {place.house_number} in {_name(place)}."
    raise NotFoundError("no_rounds_for_place", detail, [_suggestion(part) for part in parts])


def _covered(dataset: Dataset, start: date, days: int) -> tuple[date, date]:
    """Return the first and last day of those asked for that the calendar covers; it is never guessed further."""
    known_from, known_until = dataset.valid_from or date.min, dataset.valid_until or date.max
    # Measured from the calendar's end, so that no sum of days leaves the years that a date can have.
    last = known_until if (known_until - start).days < days else start + timedelta(days=days - 1)
    first = max(start, known_from)
    if first > last:
        raise NotFoundError("dates_not_covered", f"The calendar covers {known_from} to {known_until}.")
    return first, last


def _item(found: Collection) -> CollectionInfo:
    holiday = found.holiday
    return CollectionInfo(
        fraction=found.fraction,
        collection_date=found.day,
        put_out=PutOut(date=found.put_out_day, opens=found.put_out_from, until=found.put_out_until),
        evening_round=found.round.in_the_evening,
        moved_from=holiday.day if holiday else None,
        holiday=HolidayName(fr=holiday.fr, nl=holiday.nl, en=holiday.en) if holiday else None,
    )


def _place(session: Session, place: Located) -> WastePlace:
    commune = places.place(session, f"commune:{place.commune_id}") if place.commune_id else None
    name = Name(fr=commune.name_fr, nl=commune.name_nl) if commune else None
    return WastePlace(
        id=place.id,
        kind=place.kind,
        name=Name(fr=place.name_fr, nl=place.name_nl),
        commune=Commune(id=str(place.commune_id), name=name) if name else None,
        postcode=place.postcode,
        house_number=place.house_number,
        lat=place.lat,
        lon=place.lon,
    )


def _part(part: WastePart) -> Part:
    return Part(part.number_from, part.number_to, part.side)  # type: ignore[arg-type]  # checked by the importer


def _suggestion(part: WastePart) -> dict[str, Any]:
    return {"number_from": part.number_from, "number_to": part.number_to, "side": part.side}


def _name(place: Located) -> str:
    return place.name_fr if place.name_fr == place.name_nl else f"{place.name_fr} - {place.name_nl}"
