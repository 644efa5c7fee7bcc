"""An address file in BeSt Address' format, as large as the Region's: made by chance, the same each time.

About 5,600 names of streets, 689 of which lie in several communes (as streets of their own, as in the real file), and
about 800,000 addresses, boxes included. Names are made of real words, communes and postcodes are the real ones; where
streets lie and what stands in them is invented.
"""

from __future__ import annotations

import csv
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

import yaml
from pyproj import Transformer

from tools.sample_city.best import COLUMNS
from tools.synthetic_city.best_names import StreetName, street_names

NAMES: Final = 5_600
SHARED_NAMES: Final = 689
_COMMUNES_FILE: Final = Path(__file__).parents[2] / "data" / "city" / "communes" / "communes.yml"
_SEED: Final = 1830
#: Doors of a street: median and spread of a log-normal, and the most that one has.
_DOORS: Final = (28, 0.75, 900)
#: Of 100 numbers so many are missing, share a door with the next, have a second door with a letter.
_MISSING, _SHARED, _LETTERED = 9, 4, 5
#: Of 100 doors so many have boxes, and how many at most.
_BOXED: Final = 38
_BOXES: Final = (2, 12)
_METRES_PER_DEGREE: Final = 111_195.0
_DOOR_M: Final = 7.0
_FROM_MIDDLE_M: Final = 9.0
_BATCH: Final = 20_000
#: How large each commune is beside the others, by number of streets.
_LARGE: Final = {"bruxelles": 5, "anderlecht": 3, "schaerbeek": 3, "uccle": 4, "ixelles": 2, "molenbeek-saint-jean": 2}


@dataclass(frozen=True)
class _Commune:
    nis_code: str
    fr: str
    nl: str
    postcodes: list[str]
    lat: float
    lon: float
    share: int


@dataclass(frozen=True)
class _Street:
    street_id: int
    name: StreetName
    commune: _Commune


def write(path: Path, scale: float = 1.0) -> int:
    """Write the file, with ``scale`` times as many streets; return how many lines of addresses it has."""
    chance = random.Random(_SEED)  # noqa: S311 - made-up streets, no secrets
    rows = (row for street in _streets(chance, scale) for row in _rows(chance, street))
    to_lambert = Transformer.from_crs("EPSG:4326", "EPSG:31370", always_xy=True)
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        while batch := list(islice(rows, _BATCH)):
            xs, ys = to_lambert.transform([row[1] for row in batch], [row[0] for row in batch])
            writer.writerows(
                [f"{x:.2f}", f"{y:.2f}", f"{row[0]:.6f}", f"{row[1]:.6f}", count + at, *row[2:]]
                for at, (x, y, row) in enumerate(zip(xs, ys, batch, strict=True), start=1)
            )
            count += len(batch)
    return count


def _streets(chance: random.Random, scale: float) -> Iterator[_Street]:
    communes = _communes()
    shares = [commune.share for commune in communes]
    names = street_names(max(1, round(NAMES * scale)), _SEED)
    # What several communes have are "Rue de l'Église" and its like first.
    shared = sorted(names, key=lambda name: not name.common)[: round(SHARED_NAMES * scale)]
    several = set(shared)
    street_id = 1000
    for name in names:
        wanted = chance.choices((2, 3, 4, 6), (60, 25, 10, 5))[0] if name in several else 1
        placed: set[str] = set()
        while len(placed) < wanted:
            commune = chance.choices(communes, shares)[0]
            if commune.nis_code not in placed:
                placed.add(commune.nis_code)
                street_id += 1
                yield _Street(street_id, name, commune)


def _rows(chance: random.Random, street: _Street) -> Iterator[tuple[object, ...]]:
    """Yield the addresses of a street: latitude, longitude, and the columns after the address' id."""
    commune, name = street.commune, street.name
    postcode = chance.choice(commune.postcodes)
    before = (commune.nis_code, "", commune.fr, commune.nl, postcode, commune.fr, commune.nl, street.street_id)
    after = ("", name.fr, name.nl, "BE-BRU", "current")
    median, spread, most = _DOORS
    doors = max(4, min(most, round(chance.lognormvariate(math.log(median), spread))))
    line = _Line(chance, commune, doors * _DOOR_M / 2)
    for number in range(1, doors + 1):
        if chance.randrange(100) < _MISSING and number > 1:
            continue
        written = f"{number}-{number + 2}" if chance.randrange(100) < _SHARED else str(number)
        yield from _door(chance, written, line.at(number / doors, number), before, after)
        if chance.randrange(100) < _LETTERED:
            yield from _door(chance, f"{number}A", line.at((number + 0.5) / doors, number), before, after)


def _door(
    chance: random.Random, number: str, point: tuple[float, float], before: tuple[object, ...], after: tuple[str, ...]
) -> Iterator[tuple[object, ...]]:
    boxes = range(1, chance.randint(*_BOXES) + 1) if chance.randrange(100) < _BOXED else ("",)
    for box in boxes:
        yield (*point, box, number, *before, *after)


class _Line:
    """A street's line: straight with one bend, somewhere in its commune."""

    def __init__(self, chance: random.Random, commune: _Commune, length_m: float) -> None:
        away_m, direction = chance.uniform(0, 700 + 250 * commune.share), chance.uniform(0, 2 * math.pi)
        self._shrink = math.cos(math.radians(commune.lat))
        self._start = self._moved((commune.lat, commune.lon), away_m, direction)
        self._heading = chance.uniform(0, 2 * math.pi)
        self._bend = chance.uniform(-0.6, 0.6)
        self._length_m = length_m

    def at(self, share: float, number: int) -> tuple[float, float]:
        """Return the point of a number so far along the line, odd ones left of it, even ones right."""
        first = min(share, 0.5) * self._length_m
        heading = self._heading + (self._bend if share > 0.5 else 0.0)
        point = self._moved(self._start, first, self._heading)
        point = self._moved(point, max(0.0, share - 0.5) * self._length_m, heading)
        side = -math.pi / 2 if number % 2 else math.pi / 2
        return self._moved(point, _FROM_MIDDLE_M, heading + side)

    def _moved(self, point: tuple[float, float], metres: float, heading: float) -> tuple[float, float]:
        degrees = metres / _METRES_PER_DEGREE
        return point[0] + degrees * math.cos(heading), point[1] + degrees * math.sin(heading) / self._shrink


def _communes() -> list[_Commune]:
    raw = yaml.safe_load(_COMMUNES_FILE.read_text(encoding="utf-8"))["communes"]
    return [
        _Commune(
            each["nis_code"],
            each["names"]["fr"],
            each["names"]["nl"],
            each["postcodes"],
            each["location"]["lat"],
            each["location"]["lon"],
            _LARGE.get(each["id"], 1),
        )
        for each in raw
    ]
