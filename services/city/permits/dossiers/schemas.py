"""Answers about dossiers and public inquiries; texts are in the language asked for."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from services.city.core.schemas import Answer, Commune, Name, Page
from services.city.permits.dossiers.facts import Stage, Step
from services.city.permits.dossiers.stages import State

Status = Literal["instruction", "referral", "accepted", "refused", "abandoned"]


class Site(BaseModel):
    """Where it is."""

    street: Name | None
    house_numbers: str | None = Field(description="One number, or the first and the last.", examples=["12", "12-16"])
    postcode: str | None
    commune: Commune | None
    lat: float | None
    lon: float | None


class DossierInfo(BaseModel):
    """An application, as the register has it. Who applied is not known here."""

    reference: str = Field(examples=["04/PU/1234567"])
    kind: Literal["planning", "environmental"]
    kind_name: str
    procedure_type: str | None = Field(description="The register's code for the procedure.", examples=["PU"])
    site: Site
    planned: Name | None = Field(description="What is planned, in the applicant's words.")
    authority: Name | None = Field(description="The administration that handles it.")


class StageInfo(BaseModel):
    """A stage in words."""

    id: Stage
    name: str
    meaning: str


class NextInfo(BaseModel):
    """What comes next, and by when."""

    text: str
    by: date | None = Field(
        description="The announced day, or the last one by the time limit; null where none is known."
    )
    limit: str | None = Field(description="The time limit behind `by`; null where the day was announced.")
    overdue: bool = Field(description="True where the time limit has passed.")


class StepInfo(BaseModel):
    """One of the steps that the dossier goes through."""

    id: Step
    name: str
    first_day: date | None
    last_day: date | None
    state: State


class ApplicationAnswer(Answer, DossierInfo):
    """Where an application stands."""

    status: Status | None = Field(description="The register's own word; null where it has none that is known.")
    stage: StageInfo
    next: NextInfo | None = Field(description="Null where nothing comes next.")
    steps: list[StepInfo]
    decided_on: date | None
    valid_until: date | None


class NearbyApplication(DossierInfo):
    """An application near a place."""

    stage: StageInfo
    decided_on: date | None
    valid_until: date | None
    distance_m: int = Field(description="From the place asked about, in metres.")
    same_door: bool = Field(description="Whether it is about the very house that was asked about.")


class ApplicationsPage(Page[NearbyApplication]):
    """A page of applications: those at the very house first, then the nearest."""


class InquiryInfo(DossierInfo):
    """A public inquiry."""

    opens: date
    closes: date = Field(description="The last day to react.")
    days_left: int = Field(description="Days from the day asked about to the last one.", ge=0)
    consultation_on: date | None = Field(description="The day of the consultation committee.")
    distance_m: int | None = Field(description="From the place asked about, in metres.")


class InquiriesPage(Page[InquiryInfo]):
    """A page of public inquiries that are open on a day."""

    on: date
    how_to_react: str
