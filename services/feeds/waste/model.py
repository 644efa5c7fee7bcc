"""What a line of ``rounds.jsonl`` says: see ``data/city/waste/README.md``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator

from services.feeds.waste.texts import DAY_MIN, PutOut, read_put_out

#: The service's weekdays, in the order of ``datetime.date.weekday``.
WEEKDAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Bag = Literal["white", "yellow", "blue", "orange", "green"]
HouseNumber = Annotated[int, Field(strict=True, ge=1, le=99_999)]


class Answer(BaseModel):
    """The calendar service's answer for an address.

    ``desc_ramassage`` has what to put out before each weekday's round, by weekday (Monday is 0); ``SacsVerts`` the
    days of the green bag's rounds.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    desc_ramassage: dict[int, PutOut]
    SacsVerts: tuple[date, ...] = ()

    @field_validator("desc_ramassage", mode="before")
    @classmethod
    def _read(cls, value: Any) -> dict[int, PutOut]:
        if not isinstance(value, dict) or not all(isinstance(text, str) for text in value.values()):
            raise ValueError("not one text a weekday")
        if set(value) - {"message"} != set(WEEKDAYS):
            raise ValueError(f"not the weekdays {', '.join(WEEKDAYS)}: {', '.join(sorted(map(str, value)))[:120]}")
        found = {}
        for number, weekday in enumerate(WEEKDAYS):
            if value[weekday].strip():
                try:
                    found[number] = read_put_out(value[weekday])
                except ValueError as error:
                    raise ValueError(f"{weekday}: {error}") from error
        if not found:
            raise ValueError("no round on any weekday")
        return found

    @model_validator(mode="after")
    def _green_comes_with_a_round(self) -> Self:
        for day in self.SacsVerts:
            if day.weekday() not in self.desc_ramassage:
                raise ValueError(f"SacsVerts: {day} is a {WEEKDAYS[day.weekday()]}, which has no round")
        return self


class Dates(BaseModel):
    """Days of collection by bag, with holidays already moved, of a service that names days instead of weekdays.

    Minutes are counted as in ``PutOut``.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    opens_min: Annotated[int, Field(strict=True, ge=0, lt=DAY_MIN)]
    until_min: Annotated[int, Field(strict=True, gt=0, le=DAY_MIN)]
    bags: Annotated[dict[Bag, Annotated[tuple[date, ...], Field(min_length=1)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _opens_before_it_ends(self) -> Self:
        if self.opens_min >= self.until_min:
            raise ValueError(f"no window from minute {self.opens_min} until minute {self.until_min}")
        return self


class RoundsLine(BaseModel):
    """A street or a part of one, and its rounds: by weekday in ``answer``, or day by day in ``dates``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    street_id: Annotated[str, StringConstraints(pattern=r"^[0-9]{1,9}$")]
    street_fr: Text
    street_nl: Text
    zip: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3}$")]
    number_from: HouseNumber | None
    number_to: HouseNumber | None
    side: Literal["both", "odd", "even"]
    answer: Answer | None = None
    dates: Dates | None = None

    @model_validator(mode="after")
    def _has_its_rounds_once(self) -> Self:
        if (self.answer is None) == (self.dates is None):
            raise ValueError("either answer or dates has the rounds")
        return self

    @model_validator(mode="after")
    def _numbers_rise(self) -> Self:
        if self.number_from is not None and self.number_to is not None and self.number_from > self.number_to:
            raise ValueError(f"number_from {self.number_from} is after number_to {self.number_to}")
        return self
