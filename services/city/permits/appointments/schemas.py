"""Appointments as they are asked for and answered; texts are in the language asked for."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.languages import Language
from services.city.core.schemas import Answer, Commune, Name

Line = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Email = Annotated[
    str, StringConstraints(max_length=200, pattern=r"^[^@\s\x00-\x1f]+@[^@\s\x00-\x1f]+\.[^@\s\x00-\x1f]+$")
]
Phone = Annotated[str, StringConstraints(max_length=24, pattern=r"^\+?[0-9][0-9 ./-]{5,22}$")]
Id = Annotated[str, StringConstraints(min_length=1, max_length=80)]


class SubjectInfo(BaseModel):
    """What one can come for."""

    id: str = Field(examples=["question"])
    name: str
    bring: str | None = Field(description="What to bring along.")


class DeskInfo(BaseModel):
    """The desk, and what it takes."""

    commune: Commune
    name: str
    address: Name
    slot_minutes: int
    subjects: list[SubjectInfo]
    website: str | None


class SlotInfo(BaseModel):
    """A slot with free seats, in Brussels' time."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    free: int = Field(description="How many more can book it.", ge=1)


class ClosedDay(BaseModel):
    """A day in the span on which the desk has no slots."""

    day: date
    reason: Literal["public_holiday", "closed", "no_hours"]
    name: str | None = Field(description="The public holiday's name.")


class SlotsAnswer(Answer):
    """The free slots of a desk."""

    desk: DeskInfo
    subject: SubjectInfo | None
    items: list[SlotInfo]
    first_day: date
    last_day: date = Field(description="Earlier than asked for where slots cannot be booked so far ahead.")
    closed_days: list[ClosedDay]


class NewAppointment(BaseModel):
    """Who comes where, when and for what. Name and contact are kept until the appointment is over, no longer."""

    model_config = ConfigDict(extra="forbid")

    commune: Id = Field(examples=["ixelles"])
    subject: Id = Field(examples=["question"])
    starts_at: AwareDatetime = Field(description="The start of a slot.", examples=["2026-11-26T09:00:00+01:00"])
    name: Line = Field(description="Whom the desk calls in.", examples=["A. Peeters"])
    email: Email | None = Field(default=None, description="E-mail address, or a phone number, for a change of plan.")
    phone: Phone | None = None
    dossier: Line | None = Field(default=None, description="Reference of the dossier that it is about.", max_length=60)
    language: Language | None = Field(default=None, description="Language of the talk; French or Dutch, else as told.")

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if self.email is None and self.phone is None:
            raise ValueError("an e-mail address or a phone number is needed")
        return self


class AppointmentAnswer(Answer):
    """An appointment, without who comes."""

    reference: str = Field(examples=["RDV-2026-7K3M9QXD"])
    state: Literal["booked", "cancelled", "over"]
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    desk: DeskInfo
    subject: SubjectInfo


class BookedAnswer(AppointmentAnswer):
    """An appointment that was just made, with its key."""

    key: str = Field(description="Shows that one made it; needed to see, export or cancel it. It is told once.")
