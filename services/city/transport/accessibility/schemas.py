"""Answers about boarding in a wheelchair."""

from __future__ import annotations

from pydantic import BaseModel, Field

from services.city.core.schemas import Answer
from services.city.transport.schemas import LineRef, PlatformInfo, RealtimeStatus, StopRef, TravelMessage


class Vehicles(BaseModel):
    """What the timetable says of the vehicles of its trips, in numbers of trips."""

    accessible: int
    not_accessible: int
    unknown: int


class PlatformAccess(PlatformInfo):
    """A platform, whether one can board there in a wheelchair (null: not known), and the lines that leave it."""

    lines: list[LineRef]


class LineAccess(LineRef):
    """A line at this stop."""

    boarding: bool | None = Field(
        description="True where all its platforms here and all its vehicles are known to be accessible; false where "
        "all of one of them are known not to be; null where that is not known, or differs."
    )
    platforms: bool | None = Field(description="Whether its platforms here are; null where not known, or they differ.")
    vehicles: Vehicles


class StopAccess(Answer):
    """What is known of boarding in a wheelchair at a stop. Null is not known, never no."""

    stop: StopRef = Field(description="`wheelchair` is of the stop as a whole.")
    platforms: list[PlatformAccess]
    lines: list[LineAccess]
    messages: list[TravelMessage] = Field(
        description="What operators say of this stop now, the most important first. Timetables do not tell whether "
        "lifts work: only what is said here does."
    )
    messages_status: RealtimeStatus = Field(description="Whether what operators say now is in `messages`.")
