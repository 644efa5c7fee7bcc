"""Answers of the topic places."""

from __future__ import annotations

from typing import Final, Literal, get_args

from pydantic import BaseModel, Field

from services.city.core.schemas import Answer, Commune, Name

#: What the assistant learns the names of; landmarks are not among them (yet): see docs/adr/0009-places.md.
GazetteerKind = Literal["street", "stop", "commune", "locality", "landmark"]
GAZETTEER_KINDS: Final[tuple[str, ...]] = get_args(GazetteerKind)
Kind = Literal["street", "address", "stop", "commune", "locality", "landmark", "point"]


class PlaceInfo(BaseModel):
    """A street, an address in it, a stop, a commune, a locality, a landmark or a point."""

    id: str = Field(examples=["address:4012:16"])
    kind: Kind
    name: Name = Field(description="Of an address: its street's name. Of a point: the street it is at.")
    commune: Commune | None = Field(description="The commune, or the one that most of it lies in. Null: not known.")
    postcode: str | None
    house_number: str | None = Field(
        description="Of an address: the number, without a box. Of a point: of the door it is at.", examples=["16"]
    )
    interpolated: bool = Field(
        default=False,
        description="Whether no such house number is known, and the point lies between its neighbours'. Never exact.",
    )
    lat: float
    lon: float


class PlaceMatch(PlaceInfo):
    """A place that fits a search, and why."""

    match: Literal["exact", "alias", "prefix", "fuzzy"] = Field(
        description="`exact`: an official name. `alias`: another name of it, or the same words in other ways. "
        "`prefix`: a part of the name. `fuzzy`: a similar name."
    )
    score: float = Field(ge=0, le=1, description="How well it fits; equal scores fit equally well.")
    exact: bool = Field(
        description="Whether this is what was written: name, house number and commune. Several are exact where a name "
        "has several bearers."
    )
    distance_m: int | None = Field(default=None, description="Metres from `near`, as the crow flies.")


class NearbyPlace(PlaceInfo):
    """A place near a point."""

    distance_m: int = Field(description="Metres from the point, as the crow flies.")


class SpottedPlace(BaseModel):
    """A place in a text, and what it may mean."""

    start: int = Field(ge=0, description="Its first character, counted from 0 in Unicode characters.")
    end: int = Field(ge=1, description="The character after its last.")
    text: str = Field(description="What is written there.", examples=["av. louise 200 bte 3"])
    matches: list[PlaceMatch] = Field(description="Best first; several `exact` ones where only the resident can tell.")


class SpottedPlaces(Answer):
    """The places that a text names, in its order; none overlaps another."""

    items: list[SpottedPlace]


class PlaceAnswer(Answer, PlaceInfo):
    """One place, with the source and age of the facts."""


class GazetteerName(BaseModel):
    """All names of a place, the official ones first; only landmarks have English ones."""

    id: str = Field(examples=["stop:flagey"])
    kind: GazetteerKind
    fr: list[str]
    nl: list[str]
    en: list[str]


class Gazetteer(Answer):
    """Every name that the assistant has to recognise."""

    names: list[GazetteerName] = Field(description="Places in the order of their ids.")
    lines: list[str] = Field(description="Public names of the transport lines.", examples=[["1", "81", "T4"]])
    postcodes: list[str] = Field(
        description="Of the communes; each stands for its commune.", examples=[["1000", "1030"]]
    )
