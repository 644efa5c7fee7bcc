"""Shapes that the facts of several topics share, as importers check them and the database keeps them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from kit.text import fold

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


class Point(Facts):
    """WGS 84."""

    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
