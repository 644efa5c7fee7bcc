"""Streets and addresses: the BeSt address file of a region."""

from __future__ import annotations

import math
import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from kit.clock import Clock
from services.city.core.datasets import ImportReport, Origin
from services.city.core.facts import slug
from services.city.core.geo import cell
from services.city.models.places import Address
from services.city.places.ids import street_id
from services.city.places.numbers import normal, span
from services.city.places.writing import NewPlace, add_places
from services.feeds.best.model import AddressRow, UnusableFeedError
from services.feeds.best.reader import read_addresses
from services.importers.base import ImportRefusedError, Progress, Version, new_version, silent, stated_origin

#: After how many addresses a line says how far it is.
_TOLD: Final = 20_000
#: A file with more bad lines than this is not an address file, and their list would not end.
MOST_PROBLEMS: Final = 20_000


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
        """Import an ``openaddress-*.csv``, zipped or in a folder; see ``services.importers.base.Importer``.

        Raises ImportRefusedError also where more than MOST_PROBLEMS lines are at fault.
        """
        origin = stated_origin(
            path, Origin(feed or self.name, "places", "BeSt Address", "https://opendata.bosa.be/", "CC BY 4.0")
        )
        with new_version(engine, origin, clock, compare=("streets", "addresses"), force=force) as version:
            streets: dict[int, _Street] = {}
            try:
                addresses = version.builder.write(Address, _told(_doors(version, path, streets), progress))
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
    lats: array[float] = field(default_factory=lambda: array("d"))
    lons: array[float] = field(default_factory=lambda: array("d"))
    #: The boxes of each house number and postcode, a line each; a region has hundreds of thousands of doors, for which
    #: sets would take a hundred megabytes.
    doors: dict[tuple[str, str], str] = field(default_factory=dict)

    def add(self, row: AddressRow, house_number: str) -> str | None:
        """Take an address; return None where its door is new, else what the line adds: a box, or nothing."""
        door = (sys.intern(house_number), sys.intern(row.postcode))
        boxes = self.doors.get(door)
        if boxes is not None:
            if f"\n{row.box_number}\n" in boxes:
                return "repeated lines"
            self.doors[door] = f"{boxes}{row.box_number}\n"
            return "further boxes"
        self.doors[door] = sys.intern(f"\n{row.box_number}\n")
        self.communes[_commune(row)] += 1
        self.postcodes[row.postcode] += 1
        self.lats.append(row.lat)
        self.lons.append(row.lon)
        return None

    def place(self) -> NewPlace:
        """Return the street, standing at its most central address."""
        lat, lon = (sum(values) / len(values) for values in (self.lats, self.lons))
        east = math.cos(math.radians(lat))  # a degree of longitude, beside one of latitude
        nearest = min(
            zip(self.lats, self.lons, strict=True),
            key=lambda point: (point[0] - lat) ** 2 + ((point[1] - lon) * east) ** 2,
        )
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
            weight=len(self.lats),
        )


def _doors(version: Version, path: Path, streets: dict[int, _Street]) -> Iterator[dict[str, Any]]:
    """Yield a row for each door in use, and collect the streets."""

    def problem(file: str, line: int | None, reason: str) -> None:
        if len(version.report.problems) >= MOST_PROBLEMS:
            raise ImportRefusedError(f"{file}:{line}: {reason}; more than {MOST_PROBLEMS:,} lines are at fault")
        version.report.problem(file, line, reason)

    left_out: Counter[str] = Counter()
    for row in read_addresses(path, problem):
        house_number = _number(row.house_number)
        numbers = _span(house_number)
        if not row.current or numbers is None:
            left_out["addresses not in use"] += 1
            continue
        street = streets.get(row.street_id)
        if street is None:
            street = streets[row.street_id] = _Street(row)
        known = street.add(row, house_number)
        if known:
            left_out[known] += 1
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
    version.report.counts |= left_out


def _told(doors: Iterator[dict[str, Any]], progress: Progress) -> Iterator[dict[str, Any]]:
    for count, door in enumerate(doors, start=1):
        if count % _TOLD == 0:
            progress(f"{count:,} addresses")
        yield door


def _commune(row: AddressRow) -> str:
    return _slug(row.municipality_fr or row.municipality_nl)


# A file has few different ones, each of them hundreds of thousands of times.
_slug: Final = lru_cache(maxsize=1024)(slug)
_number: Final = lru_cache(maxsize=16_384)(normal)
_span: Final = lru_cache(maxsize=16_384)(span)
