"""What is stored of a landmark, checked; see ``data/city/landmarks/README.md`` for the keys."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

Category = Literal[
    "monument",
    "square",
    "park",
    "hospital",
    "university",
    "library",
    "museum",
    "institution",
    "culture",
    "sport",
    "pool",
    "market",
    "shopping",
    "cemetery",
]


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class LandmarkNames(_Facts):
    """What it is called in three languages."""

    fr: str = Field(min_length=1, max_length=200)
    nl: str = Field(min_length=1, max_length=200)
    en: str = Field(min_length=1, max_length=200)


class LandmarkLocation(_Facts):
    """About its middle, and how many metres off that may be."""

    lat: float = Field(ge=-90, le=90, allow_inf_nan=False)
    lon: float = Field(ge=-180, le=180, allow_inf_nan=False)
    accuracy_m: int = Field(gt=0)


class LandmarkFacts(_Facts):
    """A well-known place that is neither a street nor a stop."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=100)
    category: Category
    names: LandmarkNames
    aliases: tuple[str, ...] = ()
    communes: tuple[str, ...] = Field(min_length=1)
    postcode: str = Field(pattern=r"^\d{4}$")
    location: LandmarkLocation
