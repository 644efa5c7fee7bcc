"""Shapes of the façade's answers, as far as the actions read them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field, field_validator

#: A text in one language, or in several by their codes.
Words = str | dict[str, str]

WEEKDAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Shape(BaseModel):
    """A part of an answer; what the actions do not read is left out."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Name(Shape):
    """A name in the Region's two languages."""

    fr: str
    nl: str


class Source(Shape):
    """Where an answer's facts come from."""

    name: str
    url: str | None = None
    sample: bool = False


class Answer(Shape):
    """What every answer carries."""

    source: Source
    as_of: datetime
    realtime: bool | None = None


class CommuneRef(Shape):
    """A commune as a place refers to it; ``id`` is its slug."""

    id: str
    name: Name


class Place(Shape):
    """A street, an address, a stop or a commune."""

    id: str
    kind: str
    name: Name
    commune: CommuneRef | None = None
    house_number: str | None = None
    lat: float | None = None
    lon: float | None = None
    exact: bool = False
    #: How the name fits what was asked for, where it was: exact, alias, prefix (a part of it), fuzzy (like it).
    match: str | None = None
    score: float = 0.0
    distance_m: float | None = None


class Line(Shape):
    """A line, as a departure or a stop shows it."""

    short_name: str
    mode: str | None = None
    color: str | None = None
    text_color: str | None = None
    headsigns: tuple[Name, ...] = ()


class Departure(Shape):
    """One departure from a stop."""

    line: Line
    headsign: Name
    scheduled: datetime
    expected: datetime | None = None
    minutes: int
    realtime: bool = False
    cancelled: bool = False

    @property
    def leaves_at(self) -> datetime:
        """The time to be there: the expected one where real time knows it."""
        return self.expected or self.scheduled


class Disturbance(Shape):
    """What disturbs the lines of a board, in the languages that it is known in."""

    texts: dict[str, str]


class Board(Answer):
    """The next departures at a stop."""

    stop: Place
    lines: tuple[Line, ...] = ()
    items: tuple[Departure, ...] = ()
    #: What disturbs these lines here, the most important first.
    messages: tuple[Disturbance, ...] = ()
    #: The time that the live times are of; ``as_of`` may be the timetable's.
    realtime_as_of: datetime | None = None

    @field_validator("items")
    @classmethod
    def _only_what_comes(cls, value: tuple[Departure, ...]) -> tuple[Departure, ...]:
        return tuple(item for item in value if not item.cancelled)

    @field_validator("stop", mode="before")
    @classmethod
    def _is_a_stop(cls, value: Any) -> Any:
        return {"kind": "stop", **value} if isinstance(value, dict) else value


class PutOut(Shape):
    """When bags go out on the pavement: usually the evening before the collection."""

    date: date
    opens: datetime = Field(alias="from")
    until: datetime


class Collection(Shape):
    """One collection of one fraction."""

    fraction: str
    collection_date: date
    put_out: PutOut
    #: The lorry comes on the very evening of putting out.
    evening_round: bool = False
    moved_from: date | None = None
    holiday: dict[str, str] | None = None


class Collections(Answer):
    """The collections at a place, in order."""

    place: Place
    items: tuple[Collection, ...] = ()
    #: Last day that the answer covers: earlier than asked for where the calendar ends.
    last_day: date | None = None


class Facets(Shape):
    """What there is to know about a procedure; None where it is not known."""

    who: str | None = None
    documents: tuple[str, ...] = ()
    cost: str | None = None
    duration: str | None = None
    how: str | None = None
    where: str | None = None
    languages: str | None = None
    online_form: str | None = None


class ProcedureRef(Shape):
    """A procedure in a list; ``name`` is in the language that was asked for."""

    id: str
    name: str


class Variant(Shape):
    """One of the things that a procedure is for."""

    id: str
    name: str
    note: str | None = None


class Price(Shape):
    """A price of a procedure, per ``year``, ``first_day``, ``further_day`` or ``once``."""

    euros: float
    per: str


class LeadTime(Shape):
    """How long before the day to ask: by a ``rule``, or as ``advice`` where no rule is known."""

    kind: str


class Deadline(Shape):
    """The last day on which to ask for a day."""

    day: date
    last_day_to_ask: date
    passed: bool
    lead_time: LeadTime


class Procedure(Answer):
    """A permit procedure, in one language and, where it was given, for one commune."""

    id: str
    name: str
    authority: str | None = None
    summary: str
    facets: Facets
    varies_by_commune: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    prices: tuple[Price, ...] = ()
    lead_times: tuple[LeadTime, ...] = ()
    deadline: Deadline | None = None
    valid_from: date | None = None
    source_url: str | None = None


class Opening(Shape):
    """Opening hours that hold on some weekdays (``mon`` … ``sun``)."""

    days: tuple[str, ...]
    opens: time
    closes: time
    note: Words | None = None


class Contact(Shape):
    """A counter or a telephone service."""

    phone: str | None = None
    email: str | None = None
    website: Words | None = None
    hours: tuple[Opening, ...] = ()
    open_now: bool | None = None
    opens_next: datetime | None = None


class CommuneContact(Answer, Contact):
    """A commune's administration."""

    id: str
    name: Name
    address: Words | None = None
    e_counter: Words | None = None

    @field_validator("e_counter", mode="before")
    @classmethod
    def _is_an_address(cls, value: Any) -> Any:
        return value.get("url") if isinstance(value, dict) and "url" in value else value


class PublicContact(Answer, Contact):
    """A number to call: an emergency line, a helpline, a service or the call centre."""

    id: str
    kind: str
    name: Words
    #: The name in every language, where the façade gives it.
    names: Words | None = None
    situations: tuple[str, ...] = ()
    when_to_call: Words | None = None
    languages: tuple[str, ...] = ()
