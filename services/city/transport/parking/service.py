"""The parking zone at a place as an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from kit.clock import BRUSSELS, Clock
from kit.languages import Language
from services.city.core import opening
from services.city.core.hours import hours_of
from services.city.core.schemas import Name, stated
from services.city.places.lookup import Located, lookup
from services.city.places.repository import points
from services.city.transport import factbook
from services.city.transport.parking.facts import ParkingZone
from services.city.transport.parking.schemas import (
    ParkingAnswer,
    ParkingColourInfo,
    ParkingColours,
    ParkingPrice,
    ParkingZoneInfo,
)

TOPIC: Final = "parking"


def parking(session: Session, clock: Clock, language: Language, place_id: str, at: datetime | None) -> ParkingAnswer:
    """Return the zone at a place at a time, now without one. Raises NotFoundError ``place_not_found``."""
    now = clock.now()
    # A time without an offset is Brussels'.
    when = (at if at.tzinfo else at.replace(tzinfo=BRUSSELS)).astimezone(BRUSSELS) if at else now
    place = lookup(session, place_id)
    every, in_use = factbook.facts(session, TOPIC, ParkingZone)
    holding = [zone for zone in every if zone.holds_on(when.date())]
    zones = _zones(session, holding, place)
    source, as_of = stated(in_use, now)
    return ParkingAnswer(
        source=source,
        as_of=as_of,
        place=place.id,
        name=Name(fr=place.name_fr, nl=place.name_nl),
        at=when,
        known=bool(zones),
        exact=place.kind not in ("street", "commune", "locality"),
        zones=[_zone(zone, language, when, now) for zone in zones],
    )


def colours(session: Session, clock: Clock) -> ParkingColours:
    """Return what the zones of each colour have in common today."""
    now = clock.now()
    every, in_use = factbook.facts(session, TOPIC, ParkingZone)
    holding = [zone for zone in every if zone.holds_on(now.date())]
    source, as_of = stated(in_use, now)
    found = {zone.colour: [each for each in holding if each.colour == zone.colour] for zone in holding}
    return ParkingColours(source=source, as_of=as_of, items=[_colour(each) for each in found.values()])


def _colour(zones: Sequence[ParkingZone]) -> ParkingColourInfo:
    first = zones[0]
    prices = first.prices if all(zone.prices == first.prices for zone in zones) else ()
    return ParkingColourInfo(
        colour=first.colour,
        zones=len(zones),
        disc=first.disc if all(zone.disc == first.disc for zone in zones) else None,
        prices=[ParkingPrice(minutes=price.minutes, eur=float(price.eur)) for price in prices],
        most_minutes=first.most_minutes if all(zone.most_minutes == first.most_minutes for zone in zones) else None,
    )


def _zones(session: Session, every: Sequence[ParkingZone], place: Located) -> list[ParkingZone]:
    """Return the zone of a point; those of all doors of a street; all those of a commune."""
    if place.kind == "commune":
        return [zone for zone in every if zone.commune in place.commune_ids]
    if place.kind != "street" or place.street_id is None:
        return _distinct([_at(every, place.commune_id, place.postcode, place.lat, place.lon)])
    found = []
    for commune in place.commune_ids:
        for lat, lon in points(session, place.street_id, commune, None):
            found.append(_at(every, commune, place.postcode if len(place.commune_ids) == 1 else None, lat, lon))
    return _distinct(found)


def _at(
    every: Iterable[ParkingZone], commune: str | None, postcode: str | None, lat: float, lon: float
) -> ParkingZone | None:
    at = [zone for zone in every if zone.is_at(commune, postcode, lat, lon)]
    return max(at, key=lambda zone: zone.narrowness, default=None)


def _distinct(zones: Iterable[ParkingZone | None]) -> list[ParkingZone]:
    return list({zone.id: zone for zone in zones if zone is not None}.values())


def _zone(zone: ParkingZone, language: Language, when: datetime, now: datetime) -> ParkingZoneInfo:
    status = opening.status(zone.hours, when, open_on_holidays=zone.holds_on_public_holidays)
    return ParkingZoneInfo(
        id=zone.id,
        colour=zone.colour,
        name=zone.names.to(language),
        commune=zone.commune,
        text=zone.text.to(language),
        hours=hours_of(zone.hours or ()),
        holds_at=status.open_now,
        holds_next=status.opens_next,
        holds_on_public_holidays=zone.holds_on_public_holidays,
        disc=zone.disc,
        prices=[ParkingPrice(minutes=price.minutes, eur=float(price.eur)) for price in zone.prices],
        most_minutes=zone.most_minutes,
        valid_from=zone.valid_from,
        may_have_changed=zone.may_have_changed(now.date()),
        source_url=zone.source_url,
    )
