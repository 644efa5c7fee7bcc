"""The streets to ask the calendar service about: those of the addresses in use, one for each postcode."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, select

from services.city.core.database import make_session_factory
from services.city.models.datasets import Dataset
from services.city.models.places import Address, Place
from services.city.places.ids import parse_street


@dataclass(frozen=True)
class Target:
    """A street in one postcode; ``first`` and ``last`` bound its numbers there, where it lies in several."""

    street: int
    postcode: str
    name_fr: str
    name_nl: str
    first: int | None = None
    last: int | None = None

    @property
    def key(self) -> str:
        """What the answers are kept under."""
        return f"{self.street}:{self.postcode}"

    @property
    def shared(self) -> bool:
        """Whether the street goes on in another postcode."""
        return self.first is not None


def targets(engine: Engine) -> list[Target]:
    """Return the streets of the addresses in use, one for each postcode that they lie in."""
    with make_session_factory(engine)() as session:
        in_use = select(Dataset.id).where(Dataset.status == "active").scalar_subquery()
        streets = session.execute(
            select(Place.place_id, Place.name_fr, Place.name_nl, Place.postcodes)
            .where(Place.kind == "street", Place.dataset_id.in_(in_use))
            .order_by(Place.place_id)
        ).all()
        several = [street for street in (parse_street(row[0]) for row in streets if len(row[3]) > 1) if street]
        numbers = session.execute(
            select(Address.street_id, Address.postcode, Address.number, Address.number_to).where(
                Address.street_id.in_(several), Address.dataset_id.in_(in_use)
            )
        ).all()
    bounds: dict[tuple[int, str], tuple[int, int]] = {}
    for street_id, postcode, first, last in numbers:
        low, high = bounds.get((street_id, postcode), (first, last))
        bounds[street_id, postcode] = min(low, first), max(high, last)
    return [
        Target(street, postcode, name_fr, name_nl, *bounds.get((street, postcode), (None, None)))
        for place_id, name_fr, name_nl, postcodes in streets
        if (street := parse_street(place_id)) is not None
        for postcode in postcodes
    ]


def house_numbers(engine: Engine, target: Target) -> list[int]:
    """Return the house numbers of a street in its postcode, rising."""
    with make_session_factory(engine)() as session:
        in_use = select(Dataset.id).where(Dataset.status == "active").scalar_subquery()
        found = session.scalars(
            select(Address.number)
            .where(
                Address.street_id == target.street,
                Address.postcode == target.postcode,
                Address.dataset_id.in_(in_use),
            )
            .distinct()
        )
        return sorted(found)
