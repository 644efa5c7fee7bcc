"""The hand-written zones and axes of the sample rounds (``rounds.yml``), read and checked."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Final, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tools.sample_city.streets_facts import Point, StreetPart

FACTS_FILE: Final = Path(__file__).parent / "rounds.yml"

#: Collection days; there are no rounds at the weekend.
Day = Literal["mon", "tue", "wed", "thu", "fri"]
DAYS: Final[tuple[Day, ...]] = ("mon", "tue", "wed", "thu", "fri")
#: Which numbers of a stretch.
Side = Literal["both", "odd", "even"]


class RoundFactsError(ValueError):
    """The facts contradict each other or have the wrong shape."""


class _Facts(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Zone(_Facts):
    """Streets with the same rounds; days are those of the collection, not of putting out."""

    postcodes: tuple[str, ...] = Field(min_length=1)
    at: Point
    white: tuple[Day, ...] = Field(min_length=1, max_length=2)
    blue: Day
    yellow: Day
    orange: Day
    green: Day
    weeks: Literal["even", "odd"]
    says_green: bool = False
    evening: bool = False

    @model_validator(mode="after")
    def _green_comes_with_a_round(self) -> Zone:
        if self.green not in (*self.white, self.blue, self.yellow, self.orange):
            raise ValueError(f"green on {self.green}, a day without another round")
        return self


class Stretch(_Facts):
    """Numbers of an axis up to ``to`` (None: the rest): one zone, or one for each side."""

    to: int | None = None
    zone: str | None = None
    odd: str | None = None
    even: str | None = None

    @model_validator(mode="after")
    def _has_a_zone(self) -> Stretch:
        if (self.zone is None) == (self.odd is None) or (self.odd is None) != (self.even is None):
            raise ValueError("either zone, or both odd and even")
        return self

    def zones(self) -> list[tuple[Side, str]]:
        """Return each side that has a zone of its own, with the zone's name."""
        sides: tuple[tuple[Side, str | None], ...] = (("both", self.zone), ("odd", self.odd), ("even", self.even))
        return [(side, name) for side, name in sides if name is not None]


class RoundFacts(_Facts):
    """Zones by name, and the axes by street id and postcode."""

    zones: dict[str, Zone]
    axes: dict[int, dict[str, tuple[Stretch, ...]]]

    @model_validator(mode="after")
    def _axes_hold(self) -> RoundFacts:
        for street_id, by_postcode in self.axes.items():
            for postcode, stretches in by_postcode.items():
                ends = [stretch.to for stretch in stretches]
                numbers = [end for end in ends[:-1] if end is not None]
                if ends[-1] is not None or len(numbers) != len(ends) - 1 or numbers != sorted(set(numbers)):
                    raise ValueError(f"axis {street_id}: `to` has to rise, and the last stretch has none")
                for _, name in (each for stretch in stretches for each in stretch.zones()):
                    if name not in self.zones or postcode not in self.zones[name].postcodes:
                        raise ValueError(f"axis {street_id}: {name} is not a zone of {postcode}")
        return self

    def stretches(self, part: StreetPart) -> tuple[Stretch, ...]:
        """Return the stretches of a part of a street: its own if it is an axis, else all of it in the nearest zone."""
        own = self.axes.get(part.street_id, {}).get(part.postcode)
        return own if own is not None else (Stretch(zone=self._nearest(part)),)

    def _nearest(self, part: StreetPart) -> str:
        near = {
            name: math.dist(zone.at, part.path[len(part.path) // 2])
            for name, zone in self.zones.items()
            if part.postcode in zone.postcodes and not zone.evening
        }
        if not near:
            raise RoundFactsError(f"no zone for postcode {part.postcode}")
        return min(near, key=lambda name: near[name])


def load(file: Path = FACTS_FILE) -> RoundFacts:
    """Read the file; raise ``RoundFactsError`` on what is wrong."""
    try:
        return RoundFacts.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except ValidationError as error:
        raise RoundFactsError(f"{file.name}: {error}") from error
