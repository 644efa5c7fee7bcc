"""Answers about bike share."""

from __future__ import annotations

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.schemas import Name, Page


class BikeStationInfo(BaseModel):
    """A bike-share station and what was there when it last reported."""

    id: str = Field(description="The system's own number.", examples=["122"])
    system: str = Field(description="Who runs it.", examples=["Villo! – JCDecaux"])
    name: Name
    lat: float
    lon: float
    distance_m: int | None = Field(description="Metres from the place or point, as the crow flies; null without one.")
    capacity: int | None = Field(description="Docks in all; null where it is not known.")
    bikes: int = Field(description="Bikes that can be taken: 0 where the station lends none at the moment.")
    docks: int | None = Field(description="Free docks: 0 where it takes none back. Null where it is not known.")
    renting: bool = Field(description="Whether bikes can be taken at the moment.")
    returning: bool = Field(description="Whether bikes can be brought back at the moment.")
    virtual: bool = Field(description="Whether it is a place without docks.")
    reported_at: AwareDatetime | None = Field(description="When the station said so; null where it is not known.")
    age_minutes: int | None = Field(description="How old the figures are.")


class BikeStations(Page[BikeStationInfo]):
    """Bike-share stations, nearest first, or by name where no place was given.

    ``realtime`` is true while the figures come from a system and are not older than ten minutes; sample figures are
    never real time.
    """
