"""Opening hours as answers show them."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import AwareDatetime, BaseModel, Field

from services.city.core.opening import Opening, Weekday


class Note(BaseModel):
    """A remark on an opening, in the three languages."""

    fr: str
    nl: str
    en: str


class OpeningHours(BaseModel):
    """An opening that comes back on some weekdays, in Brussels' local time."""

    days: list[Weekday]
    opens: str = Field(examples=["08:30"])
    closes: str = Field(examples=["12:00"])
    note: Note | None = None


class Open(BaseModel):
    """Whether it is open at the time of the answer; Belgian public holidays count."""

    hours: list[OpeningHours] = Field(description="The openings of an ordinary week; empty where they are not known.")
    open_now: bool | None = Field(description="Null where the hours are not known.")
    opens_next: AwareDatetime | None = Field(description="The next opening, while it is closed.")
    open_on_public_holidays: bool


def hours_of(openings: Sequence[Opening]) -> list[OpeningHours]:
    """Return the openings of a data file as an answer shows them."""
    return [OpeningHours.model_validate(opening.model_dump(mode="json")) for opening in openings]
