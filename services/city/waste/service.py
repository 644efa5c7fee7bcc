"""Collections at a place as answers: a list of days, or a calendar for a phone."""

from __future__ import annotations

from collections.abc import Collection as Several
from datetime import UTC, date, datetime, timedelta
from typing import Final

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS, Clock, today
from kit.languages import Language
from services.city.core.schemas import Commune, Name, stated
from services.city.places import repository as places
from services.city.places.lookup import Located
from services.city.waste import ics, repository
from services.city.waste.calendar import Collection
from services.city.waste.rounds import Fraction
from services.city.waste.schedules import schedule_at
from services.city.waste.schemas import (
    CollectionInfo,
    CollectionsAnswer,
    HolidayInfo,
    HolidayName,
    HolidaysAnswer,
    PutOut,
    WastePlace,
)

#: A calendar keeps this many days that are over, so that last night's event does not vanish in the morning.
_DAYS_BACK: Final = 7


def collections_at(
    session: Session, clock: Clock, place_id: str, *, start: date | None, days: int, fraction: Fraction | None
) -> CollectionsAnswer:
    """Return the collections at a street or an address on ``days`` days from ``start`` on (default: today).

    Raises NotFoundError ``place_not_found``, ``no_rounds_for_place`` and, where the calendar does not reach the days
    asked for, ``dates_not_covered``; AmbiguousError ``house_number_needed``.
    """
    schedule = schedule_at(session, place_id)
    first, last = schedule.covered(start or today(clock), days)
    source, as_of = stated([schedule.dataset], clock.now())
    return CollectionsAnswer(
        source=source,
        as_of=as_of,
        place=_place(session, schedule.place),
        items=[_item(each) for each in schedule.collections(first, last) if fraction in (None, each.fraction)],
        first_day=first,
        last_day=last,
        fractions=schedule.fractions,
    )


def calendar_at(
    session: Session,
    clock: Clock,
    language: Language,
    place_id: str,
    *,
    days: int,
    fractions: Several[Fraction] | None,
    ring: ics.Ring,
) -> tuple[bytes, datetime]:
    """Return the evenings to put bags out at a place as an iCalendar file, from a week ago to ``days`` days ahead.

    The same data give the same bytes all day long; with them comes since when they are these: the day's beginning, or
    the import of the data where that is later. Raises what :func:`collections_at` raises.
    """
    schedule = schedule_at(session, place_id)
    first, last = schedule.covered(today(clock) - timedelta(days=_DAYS_BACK), days + _DAYS_BACK)
    source, as_of = stated([schedule.dataset], clock.now())
    found = [each for each in schedule.collections(first, last) if not fractions or each.fraction in fractions]
    about = ics.About(
        place_id=schedule.place.id,
        place=_address(session, schedule.place, language),
        source=source.name,
        source_url=source.url,
        stamp=as_of.astimezone(UTC),
    )
    midnight = clock.now().astimezone(BRUSSELS).replace(hour=0, minute=0, second=0, microsecond=0)
    return ics.write(found, about, language, ring), max(midnight, as_of)


def holidays(session: Session, clock: Clock, *, start: date | None, days: int) -> HolidaysAnswer:
    """Return the holidays whose own day, or whose rounds' new day, is one of ``days`` days from ``start`` on."""
    first = start or today(clock)
    found, dataset = repository.holidays_of_rounds(session)
    source, as_of = stated([dataset] if dataset else [], clock.now())
    # Counted as days between, so that no sum of days leaves the years that a date can have.
    near = [each for each in found if any(day and 0 <= (day - first).days < days for day in (each.day, each.moved_to))]
    items = [
        HolidayInfo(day=each.day, moved_to=each.moved_to, name=HolidayName(fr=each.fr, nl=each.nl, en=each.en))
        for each in near
    ]
    return HolidaysAnswer(source=source, as_of=as_of, items=items)


def _address(session: Session, place: Located, language: Language) -> str:
    """Return an address in one line; in French for English, which has no names of its own."""
    here = _place(session, place)
    names = [here.name.nl if language == "nl" else here.name.fr]
    if here.house_number:
        names[0] += f" {here.house_number}"
    if here.commune:
        names.append(here.commune.name.nl if language == "nl" else here.commune.name.fr)
    return ", ".join(names)


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
