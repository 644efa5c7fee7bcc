"""Shapes of the façade's answers about getting around otherwise than by the next departure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pydantic import Field

from actions.city.models import Answer, Line, Name, Opening, Shape
from actions.city.transport import Message


class ParkingPrice(Shape):
    """What it costs in all to park so long."""

    minutes: int
    eur: float


class ParkingZone(Shape):
    """A parking zone, in the language asked for; no ``hours`` where they are not known."""

    id: str
    #: The commune's id.
    commune: str | None = None
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


class CarPark(Shape):
    """A public car park; ``capacity`` counts all its places, how many are free is not known."""

    name: Name
    lat: float
    lon: float
    distance_m: int | None = None
    capacity: int | None = None


class CarParks(Answer):
    """Public car parks near a place, nearest first."""

    items: tuple[CarPark, ...] = ()


class ParkingColour(Shape):
    """What the zones of a colour have in common, wherever they are; None or empty is not known, or differs."""

    colour: str
    disc: bool | None = None
    prices: tuple[ParkingPrice, ...] = ()
    most_minutes: int | None = None


class ParkingColours(Answer):
    """The colours of parking zones."""

    items: tuple[ParkingColour, ...] = ()


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
