"""A parking zone, as the importer checks it; the shape is that of ``data/city/parking/README.md``."""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator
from shapely import Point, Polygon

from services.city.core.facts import Facts, Postcode, Slug, Trilingual
from services.city.core.opening import Opening
from services.city.transport.factbook import Fact

Colour = Literal["red", "orange", "grey", "green", "blue", "event"]

Corner = tuple[Annotated[float, Field(ge=50.6, le=51.1)], Annotated[float, Field(ge=4.1, le=4.7)]]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]


class Price(Facts):
    """What it costs in all to park so long."""

    minutes: Minutes
    eur: Annotated[Decimal, Field(ge=0, le=1000, decimal_places=2)]


class ParkingZone(Fact):
    """A zone in one commune: within a polygon (corners as ``[lat, lon]``), in postcodes, or all the rest of it.

    ``hours`` are those in which the rule holds; None where they are not known.
    """

    commune: Slug
    colour: Colour
    names: Trilingual
    polygon: Annotated[tuple[Corner, ...], Field(min_length=3, max_length=500)] | None = None
    postcodes: tuple[Postcode, ...] = ()
    hours: tuple[Opening, ...] | None = None
    holds_on_public_holidays: bool = False
    disc: bool = False
    prices: tuple[Price, ...] = ()
    most_minutes: Minutes | None = None
    text: Trilingual

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if any(a.minutes >= b.minutes or a.eur > b.eur for a, b in pairwise(self.prices)):
            raise ValueError("prices do not rise with the time")
        if self.polygon is not None and not self.area.is_valid:
            raise ValueError("the polygon crosses itself")
        return self

    @cached_property
    def area(self) -> Polygon:
        """The polygon; empty where the zone has none."""
        return Polygon([(lon, lat) for lat, lon in self.polygon or ()])

    @property
    def narrowness(self) -> int:
        """How closely the zone is drawn: the closest drawn one wins."""
        return 2 if self.polygon else 1 if self.postcodes else 0

    def is_at(self, commune: str | None, postcode: str | None, lat: float, lon: float) -> bool:
        """Tell whether a point lies in the zone; without its commune, only a polygon can tell."""
        if commune is not None and commune != self.commune:
            return False
        if self.polygon is not None:
            return bool(self.area.covers(Point(lon, lat)))
        return commune is not None and (not self.postcodes or postcode in self.postcodes)
