"""Answers about car parks."""

from __future__ import annotations

from pydantic import BaseModel, Field

from services.city.core.schemas import Name, Page


class CarParkInfo(BaseModel):
    """A public car park."""

    name: Name
    lat: float
    lon: float
    distance_m: int | None = Field(description="Metres from the place or point, as the crow flies; null without one.")
    capacity: int | None = Field(description="Places in all; null where it is not known. How many are free is not.")


class CarParks(Page[CarParkInfo]):
    """Public car parks, nearest first, or by name where no place was given."""
