"""The facts of ``holidays.yml``, as the importer checks them: see ``data/city/waste/README.md``."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (a field is called date)
from datetime import timedelta
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from services.city.waste.holidays import Holiday

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120)]

#: Rounds are moved by days; what is further away is a slip of the pen.
_FURTHEST: Final = timedelta(days=14)


class Names(BaseModel):
    """A holiday's name in the three languages."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fr: Text
    nl: Text
    en: Text


class HolidayFacts(BaseModel):
    """One public holiday without rounds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    date: Day
    names: Names
    moved_to: Day | None

    @model_validator(mode="after")
    def _moves_near(self) -> Self:
        if self.moved_to is not None and not timedelta() < abs(self.moved_to - self.date) <= _FURTHEST:
            raise ValueError(f"moved_to {self.moved_to} is not another day within {_FURTHEST.days} days of {self.date}")
        return self

    def holiday(self) -> Holiday:
        """Return the holiday as the date engine knows it."""
        return Holiday(self.date, self.moved_to, self.names.fr, self.names.nl, self.names.en)


class CalendarSpan(BaseModel):
    """The days for which the calendar is known, both included: the head of ``holidays.yml``."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    owner: Text
    source: Text
    valid_from: Day
    valid_until: Day

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.valid_until < self.valid_from:
            raise ValueError(f"valid_until {self.valid_until} is before valid_from {self.valid_from}")
        return self
