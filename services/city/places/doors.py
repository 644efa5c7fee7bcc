"""House numbers of streets, looked up for many streets at once and only once a search."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy.orm import Session

from services.city.models.places import Address
from services.city.places import numbers, repository


class Doors:
    """The doors of streets, for the time of one search."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._standing: dict[tuple[int, int], list[Address]] = {}
        self._beside: dict[tuple[int, int], list[Address]] = {}

    def prepare(self, streets: Collection[int], house_number: str) -> None:
        """Look the number up in all of these streets, in one query."""
        span = numbers.span(house_number)
        new = [street for street in streets if span and (street, span[0]) not in self._standing]
        if not span or not new:
            return
        found: defaultdict[int, list[Address]] = defaultdict(list)
        for door in repository.addresses_numbered(self._session, new, span[0]):
            found[door.street_id].append(door)
        self._standing.update({(street, span[0]): found[street] for street in new})

    def numbered(self, street: int, house_number: str) -> list[Address]:
        """Return the doors of a number as someone wrote it; several where it occurs in several postcodes."""
        span = numbers.span(house_number)
        if span is None:
            return []
        self.prepare([street], house_number)
        return numbers.doors(self._standing[street, span[0]], house_number)

    def between(self, street: int, house_number: str) -> Address | None:
        """Return a made-up door for a number that the street lacks, between its neighbours; None without them."""
        span = numbers.span(house_number)
        return numbers.between(self._doors_beside(street, span[0]), house_number) if span else None

    def nearest(
        self, street: int, house_number: str, communes: Collection[str] | None, postcode: str | None
    ) -> Address | None:
        """Return the door with the nearest number in these communes and this postcode; None where none is there."""
        span = numbers.span(house_number)
        number = span[0] if span else 0
        found = [
            door
            for door in self._doors_beside(street, number)
            if postcode in (None, door.postcode) and (not communes or door.commune_id in communes)
        ]
        if not found:
            found = repository.nearest_addresses(self._session, street, number, communes=communes, postcode=postcode)
        return next(iter(numbers.nearest(found, number, 1)), None)

    def _doors_beside(self, street: int, number: int) -> list[Address]:
        if (street, number) not in self._beside:
            found = repository.addresses_beside(self._session, street, number, numbers.MOST_BETWEEN)
            self._beside[street, number] = found
        return self._beside[street, number]
