"""The cards of an answer that the desk draws: departures, collections, trips, reports. Others are left to the words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, TypeAdapter, ValidationError


class Departure(BaseModel):
    """When a vehicle leaves, and where it goes."""

    line: str
    headsign: str
    time: datetime
    minutes: int | None = None
    realtime: bool | None = None


class Departures(BaseModel):
    """The next departures at a stop."""

    type: Literal["departures"]
    rows: list[Departure]


class Collection(BaseModel):
    """One bag, when it may stand outside and when it is collected."""

    fraction: Literal["white", "yellow", "blue", "orange", "green"]
    collection_date: date
    put_out_from: datetime
    put_out_until: datetime
    moved_from: date | None = None


class Collections(BaseModel):
    """The next collections at an address."""

    type: Literal["collections"]
    rows: list[Collection]


class Leg(BaseModel):
    """A part of a trip: a ride, or a walk where there is no line."""

    to: str
    line: str | None = None
    headsign: str | None = None
    start: str | None = Field(default=None, alias="from")
    departs: datetime | None = None
    arrives: datetime | None = None
    stops: int | None = None
    minutes: int | None = None
    walk_m: int | None = None


class Trip(BaseModel):
    """A way from one place to another."""

    departs: datetime
    arrives: datetime
    minutes: int
    changes: int
    legs: list[Leg]


class Trips(BaseModel):
    """Ways from one place to another, the best first."""

    type: Literal["trips"]
    title: str
    rows: list[Trip]


class Step(BaseModel):
    """Something that was done about a report."""

    at: datetime
    note: str | None = None


class Report(BaseModel):
    """A report or request: its reference, and how far it is where that was asked."""

    type: Literal["report"]
    reference: str
    name: str
    stage: str | None = None
    responsible: str | None = None
    place: str | None = None
    expected_at: datetime | None = None
    closed_at: datetime | None = None
    steps: list[Step] = []


Card = Departures | Collections | Trips | Report
_CARD: Final[TypeAdapter[Card]] = TypeAdapter(Annotated[Card, Field(discriminator="type")])


def drawn(cards: Iterable[dict[str, Any]]) -> tuple[Card, ...]:
    """Return the cards that are drawn, as far as they have rows; one that cannot be read is left to the words."""
    found = []
    for each in cards:
        try:
            card = _CARD.validate_python(each)
        except ValidationError:
            continue
        if isinstance(card, Report) or card.rows:
            found.append(card)
    return tuple(found)
