"""Answers about rules."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from services.city.core.schemas import Page
from services.city.waste.rounds import Fraction
from services.city.waste.rules.facts import Topic


class Amount(BaseModel):
    """A price or a fine in euros; both are equal where there is only one."""

    model_config = ConfigDict(populate_by_name=True)

    least: float = Field(alias="from")
    most: float = Field(alias="to")


class Read(BaseModel):
    """The page that the rule was read on."""

    name: str
    url: str


class RuleInfo(BaseModel):
    """A rule that holds on the day asked about."""

    id: str = Field(examples=["put_out_evening"])
    topic: Topic
    fractions: list[Fraction] = Field(description="The bags that it is about; empty: about none in particular.")
    commune: str | None = Field(description="The commune's id, where it holds there only.")
    title: str
    text: str
    amount: Amount | None
    read_on: Read
    owner: str = Field(description="Who keeps it right.")
    valid_from: date
    valid_until: date | None


class RulePage(Page[RuleInfo]):
    """Rules that hold on a day; those of the commune asked about come first."""
