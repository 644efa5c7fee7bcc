"""Answers about container parks and drop-off points."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (a field is called date)

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.hours import Open
from services.city.core.schemas import Answer, Name, Page
from services.city.waste.materials import Material
from services.city.waste.points.facts import PointKind


class OpenSpan(BaseModel):
    """An opening of one day."""

    opens: AwareDatetime
    closes: AwareDatetime


class OnDate(BaseModel):
    """The openings of the day that was asked about."""

    date: Day
    openings: list[OpenSpan] = Field(description="Empty where it is closed that day.")
    public_holiday: bool
    closed_because: str | None = Field(description="Why it is closed, where the park has said so.")


class Located(BaseModel):
    """Where a park or a point is."""

    id: str = Field(examples=["recypark-sud"])
    kind: PointKind
    address: Name
    postcode: str
    lat: float
    lon: float
    distance_m: int | None = Field(description="As the crow flies; null where no place was given.")


class AcceptedMaterial(BaseModel):
    """What a park takes."""

    id: str = Field(examples=["chemicals"])
    name: str
    limit: str | None = Field(description="How much of it.")


class ContainerParkInfo(Open, Located):
    """A container park."""

    name: Name
    phone: str
    website: str
    closes_at: AwareDatetime | None = Field(description="When it closes, while it is open.")
    on_date: OnDate = Field(description="The day asked about; today where none was.")
    accepts: list[AcceptedMaterial]
    bring: list[str]
    rules: list[str]


class ContainerParkPage(Page[ContainerParkInfo]):
    """Container parks, nearest first where a place was given."""


class ContainerParkAnswer(Answer, ContainerParkInfo):
    """One container park."""


class DropOffPointInfo(Open, Located):
    """A point to bring glass, clothes, oil, batteries, small electricals or household chemicals to."""

    name: str = Field(description="What it is, in the language; of a park, its name.")
    materials: list[Material]
    note: str | None = Field(description="What to know before using it.")
    closes_at: AwareDatetime | None = Field(description="When it closes, while it is open.")


class DropOffPage(Page[DropOffPointInfo]):
    """Drop-off points, nearest first where a place was given."""
