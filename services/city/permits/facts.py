"""The facts of a permit procedure, as the importer checks them and the database keeps them.

The shape is that of ``data/city/permits/README.md``.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from kit.languages import Language

Facet = Literal["who", "documents", "cost", "duration", "how", "languages", "where", "online_form"]

FACETS: Final[tuple[Facet, ...]] = get_args(Facet)

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$", max_length=500)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
ProcedureId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]


class Facts(BaseModel):
    """A part of the file; what it does not know is refused, so that no misspelt key is lost."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Facts):
    """A text in the three languages."""

    fr: Words
    nl: Words
    en: Words

    def to(self, language: Language) -> str:
        """Return the text in a language."""
        return {"fr": self.fr, "nl": self.nl, "en": self.en}[language]


class Aliases(Facts):
    """What people call the procedure, by language."""

    fr: tuple[Words, ...]
    nl: tuple[Words, ...]
    en: tuple[Words, ...]

    def to(self, language: Language) -> tuple[str, ...]:
        """Return the aliases in a language."""
        return {"fr": self.fr, "nl": self.nl, "en": self.en}[language]


class Link(Facts):
    """A page in the two official languages."""

    fr: Url
    nl: Url

    def to(self, language: Language) -> str:
        """Return the page's address in a language; the French page for English."""
        return self.nl if language == "nl" else self.fr


class SomeFacets(Facts):
    """Facets that a commune answers otherwise; None where it does not."""

    who: Text | None = None
    documents: Annotated[tuple[Text, ...], Field(min_length=1)] | None = None
    cost: Text | None = None
    duration: Text | None = None
    how: Text | None = None
    languages: Text | None = None
    where: Text | None = None
    online_form: Text | None = None

    @property
    def given(self) -> tuple[Facet, ...]:
        """The facets that are there."""
        return tuple(facet for facet in FACETS if getattr(self, facet) is not None)


class AllFacets(SomeFacets):
    """What there is to know about a procedure."""

    who: Text
    documents: Annotated[tuple[Text, ...], Field(min_length=1)]
    cost: Text
    duration: Text
    how: Text
    languages: Text
    where: Text
    online_form: Text


class Variant(Facts):
    """One of the things that a procedure is for (a second car); ``note`` is what is special about it."""

    id: Key
    name: Text
    note: Text | None = None


class LeadTime(Facts):
    """How long before the day one has to ask (``rule``), or had better ask where no rule is known (``advice``)."""

    variant: Key | None = None
    count: Annotated[int, Field(ge=1, le=400)]
    unit: Literal["working_days", "days", "months"]
    kind: Literal["rule", "advice"]


class Price(Facts):
    """A price in euros."""

    variant: Key | None = None
    label: Text
    euros: Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=2)]
    per: Literal["year", "first_day", "further_day", "once"]


class Dated(Facts):
    """Since when facts hold, until when they are known to, and the page where they are checked."""

    source_url: Url
    valid_from: date
    valid_until: date | None = None

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise ValueError(f"valid_until {self.valid_until} is before valid_from {self.valid_from}")
        return self


class CommuneException(Dated):
    """What one commune does otherwise."""

    facets: SomeFacets = SomeFacets()
    online_url: Link | None = None
    prices: Annotated[tuple[Price, ...], Field(min_length=1)] | None = None
    lead_times: Annotated[tuple[LeadTime, ...], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _differs(self) -> Self:
        if not self.facets.given and not (self.online_url or self.prices or self.lead_times):
            raise ValueError("an exception in which nothing differs")
        return self


class ProcedureFacts(Dated):
    """One permit procedure."""

    id: ProcedureId
    sample: bool
    names: Text
    aliases: Aliases
    authority: Text
    summary: Text
    facets: AllFacets
    online_url: Link | None = None
    variants: tuple[Variant, ...] = ()
    prices: tuple[Price, ...] = ()
    lead_times: tuple[LeadTime, ...] = ()
    varies_by_commune: tuple[Facet, ...]
    communes: dict[Slug, CommuneException] = {}
    owner: Words
    as_of: date

    @model_validator(mode="after")
    def _exceptions_are_announced(self) -> Self:
        for slug, exception in self.communes.items():
            silent = [facet for facet in exception.facets.given if facet not in self.varies_by_commune]
            if silent:
                raise ValueError(f"{', '.join(silent)} differs in {slug}, but is not in varies_by_commune")
        return self

    @model_validator(mode="after")
    def _variants_are_known(self) -> Self:
        known = {variant.id for variant in self.variants}
        if len(known) < len(self.variants):
            raise ValueError("two variants with one id")
        parts: list[ProcedureFacts | CommuneException] = [self, *self.communes.values()]
        used = {price.variant for part in parts for price in part.prices or ()}
        used |= {lead_time.variant for part in parts for lead_time in part.lead_times or ()}
        unknown = sorted(variant for variant in used if variant is not None and variant not in known)
        if unknown:
            raise ValueError(f"no variant {unknown[0]!r}")
        return self
