"""Finds parks and points: all of them, or those around a place, nearest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from services.city.core.geo import distance_m, spans
from services.city.models.datasets import Dataset
from services.city.places.lookup import lookup
from services.city.places.parameters import point_of
from services.city.waste import repository
from services.city.waste.points.facts import DropOffFacts, KindFacts, MaterialFacts, ParkFacts, VisitFacts
from services.city.waste.repository import Box

_PLACES: Final[TypeAdapter[ParkFacts | DropOffFacts]] = TypeAdapter(ParkFacts | DropOffFacts)

#: Latitude and longitude, in degrees.
Where = tuple[float, float]


@dataclass(frozen=True)
class Near:
    """A park or a point, and how far it is."""

    facts: ParkFacts | DropOffFacts
    away_m: int | None


@dataclass(frozen=True)
class Points:
    """The parks and points of a data set, and the texts that they share."""

    dataset: Dataset
    materials: dict[str, MaterialFacts]
    kinds: dict[str, KindFacts]
    visit: VisitFacts

    def near(self, session: Session, where: Where | None, radius_m: float | None = None) -> list[Near]:
        """Return parks and points, nearest first where there is a place, and within the radius where there is one."""
        box = _box(where, radius_m) if where and radius_m else None
        found = []
        for body in repository.points(session, self.dataset.id, box):
            facts = _PLACES.validate_python(body)
            away_m = round(distance_m(*where, facts.location.lat, facts.location.lon)) if where else None
            if radius_m is None or away_m is None or away_m <= radius_m:
                found.append(Near(facts, away_m))
        return sorted(found, key=lambda each: each.away_m or 0)

    def park(self, session: Session, park_id: str) -> ParkFacts | None:
        """Return a park by its id."""
        body = repository.point(session, self.dataset.id, park_id)
        facts = _PLACES.validate_python(body) if body else None
        return facts if isinstance(facts, ParkFacts) else None


def current(session: Session) -> Points | None:
    """Return the parks and points in use, or None where none were imported."""
    dataset = repository.newest(session, "waste_points")
    if dataset is None:
        return None
    materials = map(MaterialFacts.model_validate, repository.documents(session, dataset.id, "material"))
    kinds = repository.documents(session, dataset.id, "kind")
    (visit,) = repository.documents(session, dataset.id, "visit")
    return Points(
        dataset,
        {each.id: each for each in materials},
        {body.pop("id"): KindFacts.model_validate(body) for body in map(dict, kinds)},
        VisitFacts.model_validate({key: value for key, value in visit.items() if key != "id"}),
    )


def where_of(session: Session, place: str | None, near: str | None) -> Where | None:
    """Return the point of a place's id, else of ``"50.846,4.352"``; None where neither is given.

    Raises NotFoundError ``place_not_found`` and CityError ``invalid_point``.
    """
    if place is not None:
        found = lookup(session, place)
        return found.lat, found.lon
    return point_of(near)


def _box(where: Where, radius_m: float) -> Box:
    lat, lon = where
    lat_span, lon_span = spans(lat, radius_m)
    return lat - lat_span, lon - lon_span, lat + lat_span, lon + lon_span
