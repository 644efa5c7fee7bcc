"""Answers of the topic permits."""

from __future__ import annotations

from datetime import date

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


class ProcedureAnswer(Answer, ProcedureBrief):
    """A procedure, in general or for one commune."""

    facets: FacetTexts
    online_url: str | None = Field(description="Address of the online form.")
    commune: Commune | None = Field(description="The commune that the facets hold for; null in general.")
    valid_from: date = Field(description="Since when these facts hold.")
    valid_until: date | None = Field(description="Last day on which all of them are known to hold.")
    facts_as_of: date = Field(description="The day on which they were last written down.")
    owner: str = Field(description="The team that keeps them right.")
    source_url: str = Field(description="Where they are checked: the commune's page where something differs there.")
