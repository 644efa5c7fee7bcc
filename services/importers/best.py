"""Streets and addresses: the BeSt address file of a region."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine, insert

from kit.clock import Clock
from services.city.communes.facts import slug
from services.city.core.datasets import ImportReport, Origin
from services.city.core.geo import cell, distance_m
from services.city.models.places import Address
from services.city.places.ids import street_id
from services.city.places.numbers import normal, span
from services.city.places.writing import NewPlace, add_places
from services.feeds.best.model import AddressRow, UnusableFeedError
from services.feeds.best.reader import read_addresses
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin

_BATCH: Final = 5000


class BestImporter:
    """Brings streets in as places, and each door as one address."""

    name = "best"

    def run(
        self,
        engine: Engine,
        path: Path,
        clock: Clock,
        progress: Progress = silent,
        *,
        feed: str | None = None,
        force: bool = False,
    ) -> ImportReport:
        """Import an ``openaddress-*.csv``, zipped or in a folder; see ``services.importers.base.Importer``."""
        origin = stated_origin(
            path, Origin(feed or self.name, "places", "BeSt Address", "https://opendata.bosa.be/", "CC BY 4.0")
        )
        with new_version(engine, origin, clock, compare=("streets", "addresses"), force=force) as version:
            streets: dict[int, _Street] = {}
            try:
                addresses = _store_addresses(version, _doors(version, path, streets), progress)
            except UnusableFeedError as error:
                raise ImportRefusedError(str(error)) from error
            count = add_places(version.session, version.id, (street.place() for street in streets.values()))
            version.report.counts |= {"streets": count, "addresses": addresses}
        return version.report


@dataclass
class _Street:
    """A street while its addresses go by."""

    row: AddressRow
    communes: Counter[str] = field(default_factory=Counter)
    postcodes: Counter[str] = field(default_factory=Counter)
    points: list[tuple[float, float]] = field(default_factory=list)
    doors: set[tuple[str, str]] = field(default_factory=set)

    def add(self, row: AddressRow, house_number: str) -> bool:
        """Take an address; return whether its door is new, which the second box of one is not."""
        door = (house_number, row.postcode)
        if door in self.doors:
            return False
        self.doors.add(door)
        self.communes[_commune(row)] += 1
        self.postcodes[row.postcode] += 1
        self.points.append((row.lat, row.lon))
        return True

    def place(self) -> NewPlace:
        """Return the street, standing at its most central address."""
        lat, lon = (sum(values) / len(self.points) for values in zip(*self.points, strict=True))
        nearest = min(self.points, key=lambda p: distance_m(lat, lon, *p))
        row = self.row
        one_name = row.street_fr or row.street_nl or row.street_de
        return NewPlace(
            place_id=street_id(row.street_id),
            kind="street",
            name_fr=row.street_fr or one_name,
            name_nl=row.street_nl or one_name,
            lat=nearest[0],
            lon=nearest[1],
            commune_ids=[commune for commune, _ in self.communes.most_common()],
            postcodes=[postcode for postcode, _ in self.postcodes.most_common()],
            aliases=[(row.street_de, None)] if row.street_de else (),
            weight=len(self.points),
        )


def _doors(version: Version, path: Path, streets: dict[int, _Street]) -> Iterator[dict[str, Any]]:
    """Yield a row for each door in use, and collect the streets."""
    for row in read_addresses(path, version.report.problem):
        if not row.current:
            version.report.counts["addresses not in use"] = version.report.counts.get("addresses not in use", 0) + 1
            continue
        house_number = normal(row.house_number)
        numbers = span(house_number)
        if numbers is None or not streets.setdefault(row.street_id, _Street(row)).add(row, house_number):
            continue
        yield {
            "dataset_id": version.id,
            "street_id": row.street_id,
            "house_number": house_number,
            "number": numbers[0],
            "number_to": numbers[1],
            "postcode": row.postcode,
            "commune_id": _commune(row),
            "lat": row.lat,
            "lon": row.lon,
            "cell": cell(row.lat, row.lon),
        }


def _store_addresses(version: Version, doors: Iterator[dict[str, Any]], progress: Progress) -> int:
    count = 0
    batch: list[dict[str, Any]] = []
    for door in doors:
        batch.append(door)
        if len(batch) == _BATCH:
            version.session.execute(insert(Address), batch)
            count += len(batch)
            batch.clear()
            progress(f"{count:,} addresses")
    if batch:
        version.session.execute(insert(Address), batch)
    return count + len(batch)


def _commune(row: AddressRow) -> str:
    return slug(row.municipality_fr or row.municipality_nl)
