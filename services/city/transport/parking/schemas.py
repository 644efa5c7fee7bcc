"""Answers about parking zones."""

from __future__ import annotations

from datetime import date

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.hours import OpeningHours
from services.city.core.schemas import Answer, Name
from services.city.transport.parking.facts import Colour


class ParkingPrice(BaseModel):
    """What it costs in all to park so long."""

    minutes: int
    eur: float


class ParkingZoneInfo(BaseModel):
    """A zone; texts are in the language of the request."""

    id: str
    colour: Colour
    name: str
    commune: str = Field(description="The commune's id.", examples=["ixelles"])
    text: str = Field(description="The rule in a sentence or two.")
    hours: list[OpeningHours] = Field(description="When the rule holds; empty where this is not known.")
    holds_at: bool | None = Field(description="Whether it holds at the time asked about; null where it is not known.")
    holds_next: AwareDatetime | None = Field(description="When it holds next, where it does not at that time.")
    holds_on_public_holidays: bool
    disc: bool = Field(description="Whether a parking disc has to be shown.")
    prices: list[ParkingPrice] = Field(description="Empty where it is free or the price is not known.")
    most_minutes: int | None = Field(description="The longest stay; null where there is none, or it is not known.")
    valid_from: date
    may_have_changed: bool
    source_url: str


class ParkingAnswer(Answer):
    """The parking zone at a place."""

    place: str = Field(description="The place's id.")
    name: Name
    at: AwareDatetime
    known: bool = Field(description="False where no zone is known here; the signs in the street are then what counts.")
    exact: bool = Field(description="False for a whole street or commune, which can lie in several zones.")
    zones: list[ParkingZoneInfo] = Field(description="The zone; several where the place lies in several.")


class ParkingColourInfo(BaseModel):
    """What the zones of a colour have in common, wherever they are; what differs among them is null or empty."""

    colour: Colour
    zones: int = Field(description="How many zones of it are known.")
    disc: bool | None = Field(description="Whether a parking disc has to be shown; null where that differs.")
    prices: list[ParkingPrice] = Field(description="Empty where it is free, not known, or differs.")
    most_minutes: int | None = Field(description="The longest stay; null where there is none, or it differs.")


class ParkingColours(Answer):
    """The colours of parking zones."""

    items: list[ParkingColourInfo]
