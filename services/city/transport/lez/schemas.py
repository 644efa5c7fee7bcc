"""Answers about the low-emission zone."""

from __future__ import annotations

import datetime as dt

from pydantic import BaseModel, Field

from services.city.core.schemas import Answer
from services.city.transport.lez.facts import Enforcement, Fuel, Vehicle
from services.city.transport.lez.verdict import Missing, Verdict


class LezRule(BaseModel):
    """The rule that a verdict follows from."""

    id: str = Field(examples=["diesel_2025"])
    text: str
    least_euro: int = Field(description="The lowest norm that may drive in the zone.")
    starts: dt.date
    ends: dt.date
    source_url: str


class LezDayPass(BaseModel):
    """A day on which a vehicle may drive in the zone all the same."""

    price_eur: float
    most_a_year: int
    text: str


class LezAnswer(Answer):
    """Whether a vehicle may drive in the zone on a day; texts are in the language of the request."""

    date: dt.date
    vehicle: Vehicle | None
    fuel: Fuel | None
    euro: int | None
    euro_estimated: bool = Field(description="True where the norm was told by the day of first registration.")
    verdict: Verdict = Field(
        description="`missing_facts`: more has to be known, see `missing`. `unknown`: the tables do not reach that day "
        "or kind of vehicle; `check_url` does."
    )
    missing: list[Missing] = Field(description="What else has to be asked.")
    rule: LezRule | None = Field(description="Null where no rule limits such vehicles, or none is known.")
    enforcement: Enforcement | None = Field(description="What breaking the rule meets on that day.")
    enforcement_text: str | None
    fine_eur: float | None = Field(description="Where a fine is due.")
    day_pass: LezDayPass | None = Field(description="Where the vehicle may not drive without one.")
    day_pass_offer: LezDayPass = Field(description="What such a day costs, whatever the verdict.")
    registration: str = Field(description="What vehicles with foreign plates have to do first.")
    exemptions: str
    where: str = Field(description="Where the zone is.")
    history: str = Field(description="How the rules came about, with their days.")
    known_until: dt.date = Field(description="The last day that the tables know about.")
    check_url: str
