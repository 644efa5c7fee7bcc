"""The facts of a rule, as the importer checks them: see ``data/city/waste/rules/README.md``."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.city.core.facts import Facts, Slug, Text, Trilingual, Url
from services.city.waste.rounds import Fraction

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Topic = Literal[
    "bags",
    "price",
    "sold",
    "put_out",
    "weight",
    "rounds",
    "sorting",
    "fines",
    "bulky",
    "dumping",
    "glass_banks",
    "chemicals",
]


class AmountFacts(Facts):
    """Euros, from the least to the most."""

    least: Annotated[float, Field(alias="from", ge=0, le=1_000_000)]
    most: Annotated[float, Field(alias="to", ge=0, le=1_000_000)]

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.most < self.least:
            raise ValueError(f"to {self.most:g} is less than from {self.least:g}")
        return self


class RuleSource(Facts):
    """The page that a rule was read on."""

    name: Text
    url: Url


class RuleFacts(Facts):
    """One rule; ``fractions`` is empty where it is about no bag in particular."""

    id: Id
    topic: Topic
    fractions: tuple[Fraction, ...] = ()
    commune: Slug | None = None
    title: Trilingual
    text: Trilingual
    amount: AmountFacts | None = None
    source: RuleSource
    owner: Text
    valid_from: date
    valid_until: date | None = None

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError(f"valid_until {self.valid_until} is before valid_from {self.valid_from}")
        return self

    def holds_on(self, day: date) -> bool:
        """Tell whether the rule holds on a day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)
