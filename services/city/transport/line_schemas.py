"""Answers about when a line runs on a day."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.schemas import Answer, Name
from services.city.transport.schemas import LineRef, StopLine, StopName, Timetable


class EdgeDeparture(BaseModel):
    """The first or the last departure of a service day."""

    scheduled: AwareDatetime = Field(
        description="In the timetable's time zone; after midnight where it is in the night."
    )
    stop: StopName
    platform: str | None
    trip_id: str
    headway_minutes: int | None = Field(
        description="Set where the timetable promises only a departure every so many minutes; the time is then near."
    )


class DirectionDay(BaseModel):
    """When a line leaves in one direction on a service day."""

    headsign: Name
    direction: int | None = Field(description="0 or 1 as in the feed.")
    departures: int = Field(description="How many there are on that service day.")
    first: EdgeDeparture
    last: EdgeDeparture


class LineAfter(StopLine):
    """A line that still leaves when another no longer does."""

    departs: AwareDatetime = Field(description="When it leaves the stop for the first time after that.")
    last: AwareDatetime = Field(description="When it leaves for the last time in the hours that were looked at.")
    night: bool = Field(description="True where it leaves this stop between 23:00 and 5:00 only: a night line.")


class FirstLast(Answer):
    """The first and last departures of a line on a service day, by direction."""

    line: LineRef
    stop: StopName | None = Field(description="The stop asked about; null for where each direction begins.")
    service_day: date = Field(description="The day of the timetable: its night goes on after midnight.")
    directions: list[DirectionDay] = Field(description="Those of most departures first; empty where nothing leaves.")
    next_service_day: date | None = Field(
        description="Where nothing leaves on that day, the next day on which something does, if there is one."
    )
    afterwards: list[LineAfter] | None = Field(
        description="The other lines that leave the stop in the four hours after the last departure, night lines "
        "first; null where no stop is asked about, or nothing leaves."
    )
    timetable: Timetable
