"""Answers of the topic transport."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from kit.languages import Language
from services.city.core.schemas import Answer, Commune, Name, Page, Source


class LineRef(BaseModel):
    """A line as other answers refer to it."""

    id: str = Field(examples=["stib-mivb:tram:81"])
    short_name: str = Field(examples=["81"])
    mode: str = Field(description="tram, bus, metro, train, ferry, funicular or other.", examples=["tram"])
    color: str | None = Field(examples=["#338C26"])
    text_color: str | None = Field(examples=["#FFFFFF"])


class StopLine(LineRef):
    """A line at a stop, and where it goes from there, the most frequent first."""

    headsigns: list[Name]


class StopName(BaseModel):
    """A stop place by id and name."""

    id: str = Field(examples=["stop:flagey"])
    name: Name


class StopRef(BaseModel):
    """A stop place as other answers refer to it: all its platforms together."""

    id: str = Field(examples=["stop:flagey"])
    kind: Literal["stop"] = "stop"
    name: Name
    commune: Commune | None = Field(description="Null where it is not known.")
    lat: float | None
    lon: float | None
    wheelchair: bool | None = Field(description="Whether one can board in a wheelchair; null where it is not known.")


class StopInfo(StopRef):
    """A stop place and the lines that serve it."""

    lines: list[StopLine]


class PlatformInfo(BaseModel):
    """Where one vehicle halts."""

    id: str = Field(description="The feed's own stop_id.")
    code: str | None = Field(description="The number that is written at the stop.")
    platform: str | None = Field(description="The platform's letter or number.")
    lat: float | None
    lon: float | None
    wheelchair: bool | None


class StopAnswer(Answer, StopInfo):
    """One stop place."""

    platforms: list[PlatformInfo]


class Departure(BaseModel):
    """One departure: by the timetable, or measured."""

    line: LineRef
    headsign: Name
    scheduled: AwareDatetime = Field(
        description="In the timetable's time zone. Of a departure that is `added`, when it is expected."
    )
    expected: AwareDatetime | None = Field(default=None, description="Where real time knows it.")
    minutes: int = Field(description="Whole minutes from now to the departure; negative where it is past.")
    realtime: bool = Field(default=False, description="True: measured. False: the timetable's.")
    delay_minutes: int | None = Field(
        default=None, description="How much later than scheduled it is expected; null where that is not known."
    )
    cancelled: bool = Field(default=False, description="It was scheduled and will not come.")
    added: bool = Field(default=False, description="A vehicle that the timetable does not have.")
    platform: str | None
    trip_id: str | None = Field(description="The feed's own trip_id; null where a vehicle was measured without one.")
    service_day: date = Field(description="The day of the timetable; after midnight often the day before.")
    headway_minutes: int | None = Field(
        description="Set where the timetable promises only a departure every so many minutes; the time is then near."
    )
    wheelchair: bool | None


class Timetable(BaseModel):
    """From when to when the timetables behind an answer hold."""

    valid_from: date | None
    valid_until: date | None
    covers: bool = Field(description="False where the time asked about is outside; there are then no departures.")
    timezone: str = Field(examples=["Europe/Brussels"])


class TravelMessage(BaseModel):
    """A message for travellers: works, a diversion, a disturbance."""

    id: str
    language: Language = Field(description="Of `title` and `text`: another one than asked for where that is missing.")
    title: str | None
    text: str
    texts: dict[Language, str] = Field(description="The text in each language that there is.")
    lines: list[LineRef] = Field(description="The lines it is about; empty for stops alone, or the whole network.")
    stops: list[StopName] = Field(description="The stops it is about; empty where it is about lines as a whole.")
    modes: list[str] = Field(description="The kinds of lines that it is about as a whole: tram, bus, metro, train.")
    network: bool = Field(description="True where it is about a whole network.")
    importance: int = Field(ge=1, le=9, description="1 matters most.")
    effect: str | None = Field(description="As in GTFS Realtime, in lower case.", examples=["detour"])
    since: AwareDatetime | None = Field(description="From when on it holds, where that is known.")
    until: AwareDatetime | None
    url: str | None
    source: Source


RealtimeStatus = Literal["live", "stale", "none"]


class Messages(Page[TravelMessage]):
    """Messages for travellers that hold at a time, the most important first; an empty list says that none is known."""

    realtime_status: RealtimeStatus = Field(
        description="live: what operators say now is in it. stale: what they said last is old. none: there is no "
        "real-time source, only what was written down."
    )


class Board(Answer):
    """The departures at a stop from a time on, in order, and every line that serves it at any time."""

    realtime_status: RealtimeStatus = Field(
        default="none",
        description="live: there is real time of this stop's lines, and it is fresh. stale: what there is is too old, "
        "so all is timetable. none: there is none.",
    )
    realtime_as_of: AwareDatetime | None = Field(default=None, description="The time that real time is of.")
    realtime_age_s: int | None = Field(default=None, description="How old real time is, in seconds.")
    messages: list[TravelMessage] = Field(
        default_factory=list, description="What is known of disturbances of these lines here, the most important first."
    )
    stop: StopRef
    lines: list[StopLine]
    at: AwareDatetime = Field(description="From when on departures are listed.")
    items: list[Departure]
    limit: int
    timetable: Timetable


class LineInfo(LineRef):
    """A line."""

    name: Name = Field(description="Its long name, usually both ends.")
    operator: str
    headsigns: list[Name] = Field(description="Where it goes, the most frequent first.")


class LineStop(BaseModel):
    """A stop place on a line."""

    id: str
    name: Name


class Frequency(BaseModel):
    """How often a line leaves in one hour."""

    since: AwareDatetime
    until: AwareDatetime
    departures: int
    every_minutes: int | None = Field(
        description="The middle one of the times from one departure to the next; null where there is one departure."
    )


class Variant(BaseModel):
    """Stops, in order, of some trips: shorter, longer, or another way round."""

    stops: list[LineStop]
    trips: int


class Direction(BaseModel):
    """One way that a line goes: the stops, in order, of most of its trips there."""

    headsign: Name
    direction: int | None = Field(description="0 or 1 as in the feed.")
    stops: list[LineStop]
    trips: int = Field(description="In the whole timetable, whatever the day and the stops.")
    variants: list[Variant] = Field(
        default_factory=list, description="The other sequences of stops there are, those of most trips first."
    )
    frequency: list[Frequency] = Field(
        default_factory=list,
        description="How often it leaves where its trips begin, hour by hour of the service day; hours without a "
        "departure are left out.",
    )


class LineAnswer(Answer, LineInfo):
    """One line."""

    directions: list[Direction]
    service_day: date = Field(description="The day of the timetable that `frequency` is of.")
    timetable: Timetable
