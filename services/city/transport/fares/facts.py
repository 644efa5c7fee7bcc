"""A ticket or pass, as the importer checks it; the shape is that of ``data/city/fares/README.md``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from services.city.core.facts import Facts, Text, Trilingual
from services.city.transport.factbook import Fact

Ticket = Literal["single", "multi", "day", "month", "year", "airport", "free"]
Condition = Literal["none", "resident", "bim", "student"]
Age = Annotated[int, Field(ge=0, le=120)]


class Words(Facts):
    """What people call it, by language."""

    fr: tuple[Text, ...] = ()
    nl: tuple[Text, ...] = ()
    en: tuple[Text, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """The words of all languages: people mix them."""
        return (*self.fr, *self.nl, *self.en)


class Fare(Fact):
    """A ticket or pass. ``price_eur`` is None where the price is not known: the text then says who sets it."""

    ticket: Ticket
    operators: Annotated[tuple[Text, ...], Field(min_length=1)]
    names: Trilingual
    aliases: Words = Words()
    price_eur: Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2)] | None
    from_age: Age | None = None
    to_age: Age | None = None
    condition: Condition = "none"
    conditions: Trilingual
    where: Trilingual

    @model_validator(mode="after")
    def _ages_rise(self) -> Self:
        if self.from_age is not None and self.to_age is not None and self.from_age > self.to_age:
            raise ValueError(f"from_age {self.from_age} is above to_age {self.to_age}")
        return self

    def is_for_age(self, age: int) -> bool:
        """Tell whether a person of that age can have it."""
        return (self.from_age or 0) <= age and (self.to_age is None or age <= self.to_age)
