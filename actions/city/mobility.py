"""What the actions ask of the façade about getting around otherwise than by the next departure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from pydantic import Field

from actions.city.asking import Asking, every, one, segment
from actions.city.asking import question as one_line
from actions.city.models import Answer, Line, Name, Opening, Shape
from actions.city.transport import Message
from kit.languages import Language


class ParkingPrice(Shape):
    """What it costs in all to park so long."""

    minutes: int
    eur: float


class ParkingZone(Shape):
    """A parking zone, in the language asked for; no ``hours`` where they are not known."""

    id: str
    colour: str
    name: str
    text: str
    hours: tuple[Opening, ...] = ()
    holds_at: bool | None = None
    holds_next: datetime | None = None
    disc: bool = False
    prices: tuple[ParkingPrice, ...] = ()
    most_minutes: int | None = None
    valid_from: date
    may_have_changed: bool = False
    source_url: str | None = None


class Parking(Answer):
    """The parking zones at a place; several where a street or a commune lies in several."""

    place: str
    name: Name
    known: bool
    exact: bool
    zones: tuple[ParkingZone, ...] = ()


class LezRule(Shape):
    """The rule that a verdict follows from, in the language asked for."""

    text: str
    starts: date
    ends: date
    source_url: str | None = None


class LezDayPass(Shape):
    """A day on which a vehicle may drive in the zone all the same."""

    price_eur: float
    text: str


class Lez(Answer):
    """Whether a vehicle may drive in the low-emission zone on a day: the ``verdict``, or what else has to be known."""

    day: date = Field(alias="date")
    verdict: str
    missing: tuple[str, ...] = ()
    euro: int | None = None
    euro_estimated: bool = False
    rule: LezRule | None = None
    enforcement_text: str | None = None
    day_pass_offer: LezDayPass
    registration: str
    exemptions: str
    known_until: date
    check_url: str


@dataclass(frozen=True)
class LezVehicle:
    """A vehicle as far as it is known: kinds and fuels as the façade calls them."""

    kind: str | None = None
    fuel: str | None = None
    euro: int | None = None
    first_registered: date | None = None


class Fare(Shape):
    """A ticket or pass, in the language asked for; its price is None where it is not known."""

    id: str
    ticket: str
    name: str
    price_eur: float | None = None
    from_age: int | None = None
    to_age: int | None = None
    condition: str = "none"
    conditions: str
    where: str
    valid_from: date
    may_have_changed: bool = False
    source_url: str | None = None


class Fares(Answer):
    """Tickets and passes that fit, the best first."""

    items: tuple[Fare, ...] = ()


@dataclass(frozen=True)
class FareQuestion:
    """What a ticket has to be like: its kind, an age, a condition, words that it is called by."""

    ticket: str | None = None
    age: int | None = None
    condition: str | None = None
    words: str | None = None


class BikeStation(Shape):
    """A bike-share station and what was there when it last reported; ``docks`` is None where it is not known."""

    name: Name
    lat: float
    lon: float
    distance_m: int | None = None
    bikes: int
    docks: int | None = None
    reported_at: datetime | None = None
    age_minutes: int | None = None


class BikeStations(Answer):
    """Bike-share stations near a place, nearest first."""

    items: tuple[BikeStation, ...] = ()


class LostProperty(Shape):
    """Where one operator's lost property is, in the language asked for."""

    id: str
    name: Name
    how: str
    collect: str
    phone: str | None = None
    url: str
    fee_eur: float | None = None
    valid_from: date
    may_have_changed: bool = False


class LostPropertyOffices(Answer):
    """Operators and their lost property, the largest network first."""

    items: tuple[LostProperty, ...] = ()


class LineAccess(Line):
    """A line at a stop, and whether one can board it there in a wheelchair; None where that is not known."""

    boarding: bool | None = None
    platforms: bool | None = None


class StopFlags(Shape):
    """A stop, and whether it can be reached in a wheelchair; None where that is not known."""

    id: str
    name: Name
    wheelchair: bool | None = None
    walk_m: int | None = None


class StopAccess(Answer):
    """What is known of boarding in a wheelchair at a stop, and what operators say of it now."""

    stop: StopFlags
    lines: tuple[LineAccess, ...] = ()
    messages: tuple[Message, ...] = ()


class MobilityCity(Protocol):
    """The façade on getting around; see ``actions.city.port.City`` for what every method raises."""

    async def parking(self, place_id: str, at: datetime | None, language: Language) -> Parking:
        """Return the parking zones at a place at a time, now without one; ``place_not_found``."""
        ...

    async def lez(self, vehicle: LezVehicle, day: date, language: Language) -> Lez:
        """Return whether a vehicle may drive in the low-emission zone on a day."""
        ...

    async def fares(self, question: FareQuestion, language: Language) -> Fares:
        """Return the tickets and passes that fit."""
        ...

    async def bike_stations(self, place_id: str, *, limit: int) -> BikeStations:
        """Return the bike-share stations near a place; ``place_not_found``."""
        ...

    async def lost_property(self, *, operator: str | None, mode: str | None, language: Language) -> LostPropertyOffices:
        """Return where lost property is, of one operator or of those that run something; ``operator_not_found``."""
        ...

    async def stop_access(self, stop_id: str, language: Language) -> StopAccess:
        """Return what is known of boarding in a wheelchair at a stop; ``stop_not_found``."""
        ...

    async def stops_within_reach(self, stop_id: str, *, limit: int) -> list[StopFlags]:
        """Return the stops within a walk of a stop, itself first, with whether they can be reached in a wheelchair."""
        ...


class MobilityAsking(Asking):
    """The façade on getting around over HTTP."""

    async def parking(self, place_id: str, at: datetime | None, language: Language) -> Parking:
        """Return the parking zones at a place."""
        given: dict[str, Any] = {"place": place_id, "at": at.isoformat() if at else None, "lang": language}
        return one(Parking, await self.get("/v1/transport/parking-zones", given))

    async def lez(self, vehicle: LezVehicle, day: date, language: Language) -> Lez:
        """Return whether a vehicle may drive in the low-emission zone on a day."""
        first = vehicle.first_registered
        given: dict[str, Any] = {
            "vehicle": vehicle.kind,
            "fuel": vehicle.fuel,
            "euro": vehicle.euro,
            "first_registered": first.isoformat() if first else None,
            "date": day.isoformat(),
            "lang": language,
        }
        return one(Lez, await self.get("/v1/transport/lez", given))

    async def fares(self, question: FareQuestion, language: Language) -> Fares:
        """Return the tickets and passes that fit."""
        given: dict[str, Any] = {
            "ticket": question.ticket,
            "age": question.age,
            "condition": question.condition,
            "q": one_line(question.words) if question.words else None,
            "limit": 50,
            "lang": language,
        }
        return one(Fares, await self.get("/v1/transport/fares", given))

    async def bike_stations(self, place_id: str, *, limit: int) -> BikeStations:
        """Return the bike-share stations near a place."""
        return one(BikeStations, await self.get("/v1/transport/bike-stations", {"place": place_id, "limit": limit}))

    async def lost_property(self, *, operator: str | None, mode: str | None, language: Language) -> LostPropertyOffices:
        """Return where lost property is."""
        given = {"operator": operator, "mode": mode, "lang": language}
        return one(LostPropertyOffices, await self.get("/v1/transport/lost-property", given))

    async def stop_access(self, stop_id: str, language: Language) -> StopAccess:
        """Return what is known of boarding in a wheelchair at a stop."""
        path = f"/v1/transport/stops/{segment(stop_id)}/accessibility"
        return one(StopAccess, await self.get(path, {"lang": language}))

    async def stops_within_reach(self, stop_id: str, *, limit: int) -> list[StopFlags]:
        """Return the stops within a walk of a stop."""
        return every(StopFlags, await self.get("/v1/transport/stops/near", {"place": stop_id, "limit": limit}))
