"""What the actions ask of the façade about container parks and drop-off points."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from actions.city.asking import Asking, one
from actions.city.models import Answer, Contact, Name, Shape
from kit.languages import Language


class Located(Contact):
    """A park or a point: where it is and when it is open; without hours, at any time."""

    id: str
    kind: str
    address: Name
    postcode: str
    lat: float
    lon: float
    #: As the crow flies; None where no place was given.
    distance_m: int | None = None
    closes_at: datetime | None = None


class OpenSpan(Shape):
    """An opening of one day."""

    opens: datetime
    closes: datetime


class OnDate(Shape):
    """The openings of the day asked about; none where it is closed."""

    date: date
    openings: tuple[OpenSpan, ...] = ()
    public_holiday: bool = False
    closed_because: str | None = None


class Accepted(Shape):
    """What a park takes, and how much of it."""

    id: str
    name: str
    limit: str | None = None


class ContainerPark(Located):
    """A container park, in the language asked for."""

    name: Name
    on_date: OnDate
    accepts: tuple[Accepted, ...] = ()
    bring: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


class ContainerParks(Answer):
    """Parks, nearest first where a place was given."""

    items: tuple[ContainerPark, ...]


class DropOffPoint(Located):
    """A drop-off point, in the language asked for."""

    name: str
    note: str | None = None


class DropOffPoints(Answer):
    """Points, nearest first."""

    items: tuple[DropOffPoint, ...]


class WastePlacesCity(Protocol):
    """The façade on places for waste; see ``actions.city.port.City`` for what every method raises."""

    async def container_parks(self, language: Language, *, place: str | None, on: date | None) -> ContainerParks:
        """Return all parks, nearest first where there is a place (an id); ``place_not_found``."""
        ...

    async def drop_off_points(self, language: Language, *, place: str, material: str, limit: int) -> DropOffPoints:
        """Return the points nearest to a place (an id) that take a material; ``place_not_found``."""
        ...


class WastePlacesAsking(Asking):
    """The façade on places for waste over HTTP."""

    async def container_parks(self, language: Language, *, place: str | None, on: date | None) -> ContainerParks:
        """Return all parks."""
        parameters = {"lang": language, "place": place, "on": on.isoformat() if on else None, "limit": 20}
        return one(ContainerParks, await self.get("/v1/waste/container-parks", parameters))

    async def drop_off_points(self, language: Language, *, place: str, material: str, limit: int) -> DropOffPoints:
        """Return the nearest points."""
        parameters = {"lang": language, "place": place, "material": material, "limit": limit}
        return one(DropOffPoints, await self.get("/v1/waste/drop-off-points", parameters))
