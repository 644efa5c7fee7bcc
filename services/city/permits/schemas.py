"""Answers of the topic permits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field

from services.city.core.schemas import Answer, Commune
from services.city.permits.facts import Facet
from services.city.permits.search import Match


class Names(BaseModel):
    """A procedure's name in the three languages."""

    fr: str = Field(examples=["Permis d'urbanisme"])
    nl: str = Field(examples=["Stedenbouwkundige vergunning"])
    en: str = Field(examples=["Planning permit"])


class ProcedureBrief(BaseModel):
    """A procedure in a list; texts are in the language asked for."""

    id: str = Field(examples=["planning"])
    name: str
    names: Names
    aliases: list[str] = Field(description="What else people call it, in the language asked for.")
    authority: str = Field(description="Who decides.")
    summary: str
    varies_by_commune: list[Facet] = Field(description="The facets whose answer depends on the commune.")
    differs: list[Facet] = Field(description="The facets that are known to differ in the commune asked for.")


class ProcedureMatch(ProcedureBrief):
    """A procedure that a text names."""

    match: Match | None = Field(description="Why it was found; null where nothing was searched for.")
    score: float | None = Field(description="How well it fits, 0 to 100.")


class FacetTexts(BaseModel):
    """What there is to know about a procedure, in the language asked for."""

    who: str = Field(description="Who may or must ask.")
    documents: list[str] = Field(description="What to hand in.")
    cost: str
    duration: str = Field(description="How long it takes, or how early to ask.")
    how: str = Field(description="The steps.")
    languages: str = Field(description="In which languages one can ask.")
    where: str = Field(description="Which desk.")
    online_form: str = Field(description="Whether it can be done online.")


class VariantInfo(BaseModel):
    """One of the things that a procedure is for."""

    id: str = Field(examples=["second_car"])
    name: str
    note: str | None = Field(description="What is special about it.")


class PriceInfo(BaseModel):
    """A price; of one variant, or of all where it names none."""

    variant: str | None
    label: str
    euros: Decimal = Field(examples=["114.03"])
    per: Literal["year", "first_day", "further_day", "once"]


class LeadTimeInfo(BaseModel):
    """How long before the day to ask."""

    variant: str | None
    count: int
    unit: Literal["working_days", "days", "months"]
    kind: Literal["rule", "advice"] = Field(description="advice: no rule is known; earlier does no harm.")


class DeadlineInfo(BaseModel):
    """The last day on which to ask for a day."""

    day: date = Field(description="The day that was asked about.")
    last_day_to_ask: date = Field(description="A working day.")
    passed: bool = Field(description="True where that day is over.")
    lead_time: LeadTimeInfo


class ProcedureAnswer(Answer, ProcedureBrief):
    """A procedure, in general or for one commune."""

    facets: FacetTexts
    online_url: str | None = Field(description="Address of the online form.")
    commune: Commune | None = Field(description="The commune that the facets hold for; null in general.")
    variants: list[VariantInfo] = Field(description="What it is for; empty where it is for one thing only.")
    prices: list[PriceInfo] = Field(description="The prices that are known; empty does not mean free of charge.")
    lead_times: list[LeadTimeInfo]
    deadline: DeadlineInfo | None = Field(
        description="Of the variant asked for, else the earliest, to be sure. Null where no day was asked about, or no "
        "lead time is known."
    )
    deadlines: list[DeadlineInfo] = Field(description="One for each of the lead times, where a day was asked about.")
    valid_from: date = Field(description="Since when these facts hold.")
    valid_until: date | None = Field(description="Last day on which all of them are known to hold.")
    facts_as_of: date = Field(description="The day on which they were last written down.")
    owner: str = Field(description="The team that keeps them right.")
    source_url: str = Field(description="Where they are checked: the commune's page where something differs there.")
