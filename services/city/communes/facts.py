"""The facts of a commune and of a contact, as the importers check them and the database keeps them.

The shapes are those of ``data/city/communes/README.md``.
"""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_serializer, model_validator

from kit.text import fold

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

#: The weekdays in the order of ``datetime.date.weekday``.
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
Phone = Annotated[str, StringConstraints(pattern=r"^\+?[0-9][0-9 ]{2,18}$")]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
Postcode = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{3}$")]


def slug(name: str) -> str:
    """Return the id that a commune or locality has from its French name (``"Saint-Gilles"`` -> ``"saint-gilles"``)."""
    return fold(name).replace(" ", "-")


def _is_slug(value: str) -> str:
    if not value or slug(value) != value:
        raise ValueError(f"not a slug; {slug(value)!r} would be one")
    return value


Slug = Annotated[str, AfterValidator(_is_slug)]


class Facts(BaseModel):
    """A part of the file; what it does not know is refused, so that no misspelt key is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Bilingual(Facts):
    """A text or address in the two official languages."""

    fr: Text
    nl: Text

    def to(self, language: str) -> str:
        """Return the text in a language; in French for English, which has none of its own."""
        return self.nl if language == "nl" else self.fr


class Trilingual(Bilingual):
    """A text in the three languages."""

    en: Text

    def to(self, language: str) -> str:
        """Return the text in a language."""
        return {"fr": self.fr, "nl": self.nl, "en": self.en}[language]


class BilingualUrl(Facts):
    """A page in the two official languages."""

    fr: Url
    nl: Url

    def to(self, language: str) -> str:
        """Return the page's address in a language; the French page for English."""
        return self.nl if language == "nl" else self.fr


class Opening(Facts):
    """An opening that comes back on some weekdays; ``closes`` is on the same day, in Brussels' local time."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens: time
    closes: time
    note: Trilingual | None = None

    @model_validator(mode="after")
    def _closes_later(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError(f"closes {self.closes:%H:%M} is not after opens {self.opens:%H:%M}")
        return self

    @field_serializer("opens", "closes")
    def _minutes(self, value: time) -> str:
        return f"{value:%H:%M}"


class Point(Facts):
    """WGS 84."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]


class Locality(Facts):
    """A part of a commune that people name as if it were one."""

    names: Bilingual
    postcode: Postcode
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
