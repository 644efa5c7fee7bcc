"""The facts of a commune and of a contact, as the importers check them and the database keeps them.

The shapes are those of ``data/city/communes/README.md``.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from services.city.core.facts import (
    Bilingual,
    BilingualUrl,
    Email,
    Facts,
    Phone,
    Point,
    Postcode,
    Slug,
    Text,
    Trilingual,
    Url,
)
from services.city.core.opening import Opening


class Locality(Facts):
    """A part of a commune that people name as if it were one; ``location`` is about its middle."""

    names: Bilingual
    postcode: Postcode
    location: Point | None = None
    aliases: tuple[Text, ...] = ()


class ECounter(Facts):
    """Where documents are ordered online."""

    name: Text
    url: BilingualUrl


class Administration(Facts):
    """A commune's town hall."""

    names: Trilingual
    address: Bilingual
    phone: Phone
    email: Email | None = None
    website: BilingualUrl
    e_counter: ECounter
    hours: tuple[Opening, ...]
    public_holidays: Literal["open", "closed"]
    services_note: Trilingual


class CommuneFacts(Facts):
    """One commune."""

    id: Slug
    names: Bilingual
    aliases: tuple[Text, ...] = ()
    nis_code: Annotated[str, StringConstraints(pattern=r"^[0-9]{5}$")]
    postcodes: Annotated[tuple[Postcode, ...], Field(min_length=1)]
    localities: tuple[Locality, ...] = ()
    location: Point
    administration: Administration
    source_url: Url

    @model_validator(mode="after")
    def _postcodes_hold(self) -> Self:
        for locality in self.localities:
            if locality.postcode not in self.postcodes:
                raise ValueError(f"postcode {locality.postcode} of {locality.names.fr} is not one of the commune's")
        return self


class ContactFacts(Facts):
    """One number to call. ``hours`` is None where they are not known."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$", max_length=60)]
    kind: Literal["emergency", "help_line", "service", "call_centre"]
    situations: tuple[Text, ...] = ()
    names: Trilingual
    when_to_call: Trilingual
    phone: Phone
    languages: Annotated[tuple[Text, ...], Field(min_length=1)]
    email: Email | None = None
    website: BilingualUrl | None = None
    hours: tuple[Opening, ...] | None = None
    always_open: bool
    public_holidays: Literal["open", "closed"]
    owner: Text
    source_url: Url

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.always_open and self.hours:
            raise ValueError("always_open, and yet with hours")
        return self
