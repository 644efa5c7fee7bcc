"""Answers of the topic transport."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.schemas import Answer, Commune, Name


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
    """One departure."""

    line: LineRef
    headsign: Name
    scheduled: AwareDatetime = Field(description="In the timetable's time zone.")
    expected: AwareDatetime | None = Field(default=None, description="Where real time knows it.")
    minutes: int = Field(description="Whole minutes from now to the departure; negative where it is past.")
    realtime: bool = False
    platform: str | None
    trip_id: str = Field(description="The feed's own trip_id.")
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


class Board(Answer):
    """The departures at a stop from a time on, in order, and every line that serves it at any time."""

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


class Direction(BaseModel):
    """One way that a line goes: the stops, in order, of most of its trips there."""

    headsign: Name
    direction: int | None = Field(description="0 or 1 as in the feed.")
    stops: list[LineStop]
    trips: int


class LineAnswer(Answer, LineInfo):
    """One line."""

    directions: list[Direction]
    timetable: Timetable
