"""Answers of the topic waste."""

from __future__ import annotations

from datetime import date as Day  # noqa: N812 (a field is called date)

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from services.city.core.schemas import Answer, Commune, Name
from services.city.waste.rounds import Fraction


class HolidayName(BaseModel):
    """A public holiday's name."""

    fr: str = Field(examples=["Noël"])
    nl: str = Field(examples=["Kerstmis"])
    en: str = Field(examples=["Christmas Day"])


class PutOut(BaseModel):
    """When to put the bag on the pavement. It is never the day of collection itself."""

    model_config = ConfigDict(populate_by_name=True)

    date: Day = Field(description="The day before the collection.")
    opens: AwareDatetime = Field(alias="from", description="Not before.")
    until: AwareDatetime = Field(description="Not after; midnight is 00:00 of the day of collection.")


class CollectionInfo(BaseModel):
    """One bag, collected on one day."""

    fraction: Fraction
    collection_date: Day = Field(description="The day of the round, as the calendar states it.")
    put_out: PutOut
    evening_round: bool = Field(
        description="True where the round comes on the very evening of putting out; it has a window of two hours."
    )
    moved_from: Day | None = Field(description="The holiday on which the round would have come.")
    holiday: HolidayName | None = Field(description="The holiday that it was moved for.")


class WastePlace(BaseModel):
    """The street or address that the collections are for."""

    id: str = Field(examples=["address:4012:20"])
    kind: str = Field(examples=["address"])
    name: Name
    commune: Commune | None
    postcode: str | None
    house_number: str | None
    lat: float
    lon: float


class CollectionsAnswer(Answer):
    """The collections at a place, in order of day and then of bag."""

    place: WastePlace
    items: list[CollectionInfo]
    first_day: Day = Field(description="First day that the answer covers.")
    last_day: Day = Field(description="Last day that the answer covers: earlier than asked where the calendar ends.")
    fractions: list[Fraction] = Field(
        description="The bags that the calendar knows there. Of one that is missing, the days are not known."
    )


class HolidayInfo(BaseModel):
    """A public holiday without rounds."""

    day: Day
    moved_to: Day | None = Field(description="The day on which its rounds come instead; null where they are dropped.")
    name: HolidayName


class HolidaysAnswer(Answer):
    """The public holidays that move rounds, in order of day."""

    items: list[HolidayInfo]
