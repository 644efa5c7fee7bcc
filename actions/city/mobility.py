"""What the actions ask of the façade about getting around otherwise than by the next departure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Protocol

from actions.city.asking import Asking, one
from actions.city.models import Answer, Name, Opening, Shape
from kit.languages import Language


class ParkingPrice(Shape):
    """What it costs in all to park so long."""

    minutes: int
    eur: float


class ParkingZone(Shape):
    """A parking zone, in the language asked for; no ``hours`` where they are not known."""

    id: str
    colour: str
    name: str
    text: str
    hours: tuple[Opening, ...] = ()
    holds_at: bool | None = None
    holds_next: datetime | None = None
    disc: bool = False
    prices: tuple[ParkingPrice, ...] = ()
    most_minutes: int | None = None
    valid_from: date
    may_have_changed: bool = False
    source_url: str | None = None


class Parking(Answer):
    """The parking zones at a place; several where a street or a commune lies in several."""

    place: str
    name: Name
    known: bool
    exact: bool
    zones: tuple[ParkingZone, ...] = ()


class MobilityCity(Protocol):
    """The façade on getting around; see ``actions.city.port.City`` for what every method raises."""

    async def parking(self, place_id: str, at: datetime | None, language: Language) -> Parking:
        """Return the parking zones at a place at a time, now without one; ``place_not_found``."""
        ...


class MobilityAsking(Asking):
    """The façade on getting around over HTTP."""

    async def parking(self, place_id: str, at: datetime | None, language: Language) -> Parking:
        """Return the parking zones at a place."""
        given: dict[str, Any] = {"place": place_id, "at": at.isoformat() if at else None, "lang": language}
        return one(Parking, await self.get("/v1/transport/parking-zones", given))
