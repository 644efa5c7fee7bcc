"""In which commune a stop lies: that of the nearest address, where addresses are imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.city.core.geo import cells_around, distance_m
from services.city.models.datasets import Dataset
from services.city.models.places import Address
from services.city.places import repository

#: A stop farther from every address has no commune here: in a wood or outside the Region.
_NEAR_M: Final = 300.0

_Door = tuple[float, float, str, str]  # lat, lon, commune, postcode


@dataclass(frozen=True, slots=True)
class StopCommune:
    """A commune, and the postcode there."""

    slug: str
    name_fr: str
    name_nl: str
    postcode: str


class Communes:
    """Looks communes up by point; each square of the grid is read once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._doors: dict[int, list[_Door]] = {}
        self._names: dict[str, tuple[str, str] | None] = {}

    def at(self, point: tuple[float, float] | None) -> StopCommune | None:
        """Return the commune at a point (lat, lon), or None where it is not known."""
        if point is None:
            return None
        doors = [door for cell in cells_around(*point, _NEAR_M) for door in self._in_cell(cell)]
        if not doors:
            return None
        lat, lon, slug, postcode = min(doors, key=lambda door: distance_m(*point, door[0], door[1]))
        names = self._names_of(slug)
        if names is None or distance_m(*point, lat, lon) > _NEAR_M:
            return None
        return StopCommune(slug, *names, postcode)

    def _in_cell(self, cell: int) -> list[_Door]:
        if cell not in self._doors:
            columns = (Address.lat, Address.lon, Address.commune_id, Address.postcode)
            query = select(*columns).join(Dataset, Dataset.id == Address.dataset_id)
            query = query.where(Dataset.status == "active", Address.cell == cell)
            self._doors[cell] = [(lat, lon, slug, code) for lat, lon, slug, code in self._session.execute(query)]
        return self._doors[cell]

    def _names_of(self, slug: str) -> tuple[str, str] | None:
        if slug not in self._names:
            place = repository.place(self._session, f"commune:{slug}")
            self._names[slug] = (place.name_fr, place.name_nl) if place else None
        return self._names[slug]
