"""Answers about journeys."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.schemas import Answer, Name
from services.city.transport.schemas import LineRef, Timetable

Mode = Literal["tram", "bus", "metro", "train", "ferry", "funicular", "other"]


class JourneyPlace(BaseModel):
    """Where a journey or a part of it begins or ends."""

    id: str = Field(examples=["stop:flagey"])
    kind: str = Field(description="stop, street, address, commune, …, or point.", examples=["stop"])
    name: Name = Field(description="Of an address, or a point at one: its street's name.")
    house_number: str | None = Field(default=None, description="Of an address, or a point at one.")
    platform: str | None = Field(default=None, description="Of a stop: the platform's letter or number.")
    lat: float | None
    lon: float | None


class PassedStop(BaseModel):
    """A stop on the way, at which one stays on board."""

    id: str
    name: Name
    at: AwareDatetime


class WalkLeg(BaseModel):
    """A walk: how far and how long is estimated from the straight line."""

    kind: Literal["walk"] = "walk"
    start: JourneyPlace
    end: JourneyPlace
    departure: AwareDatetime
    arrival: AwareDatetime
    minutes: int = Field(description="Rounded up.")
    walk_m: int


class RideLeg(BaseModel):
    """A ride in one vehicle."""

    kind: Literal["ride"] = "ride"
    line: LineRef
    headsign: Name
    start: JourneyPlace
    end: JourneyPlace
    departure: AwareDatetime
    arrival: AwareDatetime
    minutes: int
    stops: list[PassedStop] = Field(description="Between the two ends.")
    stop_count: int = Field(description="How many stops one rides: the last one counts, the first does not.")
    trip_id: str = Field(description="The feed's own trip_id.")
    service_day: date = Field(description="The day of the timetable; after midnight often the day before.")
    headway_minutes: int | None = Field(
        description="Set where the timetable promises only a departure every so many minutes; the times are then near."
    )
    step_free: bool | None = Field(
        description="Whether both stops and the vehicle can be used in a wheelchair; null where that is not known."
    )
    realtime: bool = False


Leg = Annotated[WalkLeg | RideLeg, Field(discriminator="kind")]


class Journey(BaseModel):
    """One way to get there."""

    departure: AwareDatetime
    arrival: AwareDatetime
    duration_minutes: int = Field(description="Rounded up.")
    transfers: int
    walk_m: int = Field(description="Metres walked in all, estimated.")
    step_free: bool | None = Field(
        description="Whether all stops and vehicles can be used in a wheelchair; null where that is not known of some, "
        "and for a walk alone: of pavements nothing is known."
    )
    legs: list[Leg]


class Journeys(Answer):
    """Ways from one place to another: by arrival, or the latest departure first where the arrival is given."""

    origin: JourneyPlace
    destination: JourneyPlace
    via: JourneyPlace | None
    at: AwareDatetime = Field(description="The time asked about.")
    arrive_by: bool = Field(description="Whether that is the latest arrival; else it is the earliest departure.")
    items: list[Journey]
    limit: int
    timetable: Timetable
