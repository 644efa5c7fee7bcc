"""Answers of the sorting guide."""

from __future__ import annotations

from pydantic import BaseModel, Field

from services.city.core.hours import Note
from services.city.core.schemas import Answer, Page
from services.city.waste.materials import Material
from services.city.waste.rounds import Fraction
from services.city.waste.sorting.facts import DestinationKind


class Destination(BaseModel):
    """Where a thing goes."""

    id: str = Field(examples=["blue"])
    kind: DestinationKind
    name: str = Field(examples=["sac bleu (PMC)"])
    how: str = Field(description="What to do there.")
    fraction: Fraction | None = Field(description="The bag, where it is one.")
    material: Material | None = Field(description="For `/v1/waste/drop-off-points`, where there are points for it.")


class SortingItemInfo(BaseModel):
    """A thing, where it goes and why."""

    id: str = Field(examples=["pizza_box"])
    name: str
    names: Note = Field(description="The name in each language.")
    destinations: list[Destination] = Field(description="Where it goes, best first; the others where the trap says.")
    why: str
    trap: str | None = Field(description="What people get wrong about it.")


class SortingMatch(SortingItemInfo):
    """A thing that may be meant."""

    score: float = Field(ge=0, le=100, description="How well it fits: 100 is its very name.")
    matched: str | None = Field(description="The name that fits what was asked; null where nothing was.")


class SortingPage(Page[SortingMatch]):
    """The things that a question may be about, best first."""

    ambiguous: bool = Field(description="True where several things fit equally well: ask which one is meant.")


class SortingNames(BaseModel):
    """What a thing is called in each language, its name first."""

    id: str = Field(examples=["pizza_box"])
    fr: list[str]
    nl: list[str]
    en: list[str]


class SortingVocabulary(Answer):
    """Every name of every thing; words that mean several things are left out."""

    items: list[SortingNames] = Field(description="In the order of their ids.")


class SortingItemAnswer(Answer, SortingItemInfo):
    """One thing of the guide."""

    aliases: list[str] = Field(description="What else it is called in the language.")
