"""The facts of the sorting guide, as the importer checks them: see ``data/city/waste/sorting/README.md``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from kit.languages import Language
from services.city.core.facts import Facts, Text, Trilingual
from services.city.waste.materials import Material
from services.city.waste.rounds import Fraction

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
Names = Annotated[tuple[Annotated[Text, StringConstraints(max_length=120)], ...], Field(min_length=1, max_length=40)]
DestinationKind = Literal["bag", "point", "park", "shop", "reuse", "pickup", "phone"]


class TextFacts(Trilingual):
    """A sentence or two in the three languages."""


class DestinationFacts(Facts):
    """Where things go."""

    id: Id
    kind: DestinationKind
    names: Trilingual
    how: Trilingual
    #: The bag, where it is one.
    fraction: Fraction | None = None
    #: What the drop-off points for it take, where there are some.
    material: Material | None = None


class NamedFacts(Facts):
    """What people call a thing, in each language; the first name is the one that answers give."""

    fr: Names
    nl: Names
    en: Names

    def of(self, language: Language) -> tuple[str, ...]:
        """Return the names in a language."""
        return {"fr": self.fr, "nl": self.nl, "en": self.en}[language]

    @property
    def all(self) -> tuple[str, ...]:
        """All names, French ones first."""
        return self.fr + self.nl + self.en


class ItemFacts(NamedFacts):
    """A thing as its file has it: ``why`` and ``trap`` are ids of reasons and traps, ``to`` starts with the best."""

    id: Id
    to: Annotated[tuple[Id, ...], Field(min_length=1, max_length=4)]
    why: Id
    trap: Id | None = None


class SortingItem(NamedFacts):
    """A thing as the database keeps it, with its texts."""

    id: Id
    to: tuple[Id, ...]
    why: Trilingual
    trap: Trilingual | None


class AmbiguityFacts(Facts):
    """Words that mean several things."""

    id: Id
    words: NamedFacts
    items: Annotated[tuple[Id, ...], Field(min_length=2, max_length=8)]
