"""The hand-written streets of the sample city (``streets/<commune>.csv``), read and checked.

A line is a street, or the part of it that lies in one commune: ``street_id, name_fr, name_nl, postcode, numbers
("1-227"), path ("lat lon > lat lon")``. Parts of one street share its id and go on with its numbers, as they do on the
spot. Anything that does not fit raises ``StreetFactsError`` with the file, the line and the reason.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

STREETS_DIR: Final = Path(__file__).parent / "streets"
COMMUNES_FILE: Final = Path(__file__).parents[2] / "data" / "city" / "communes" / "communes.yml"

_NUMBERS: Final = re.compile(r"([1-9]\d{0,3})-([1-9]\d{0,3})")

#: (latitude, longitude) in WGS 84.
Point = tuple[float, float]


class StreetFactsError(ValueError):
    """The facts contradict each other or have the wrong shape."""


@dataclass(frozen=True)
class Commune:
    """A commune as the address file names it; ``localities`` are the names that go with its other postcodes."""

    slug: str
    nis_code: str
    fr: str
    nl: str
    postcodes: tuple[str, ...]
    localities: dict[str, tuple[str, str]]

    def post_name(self, postcode: str) -> tuple[str, str]:
        """Return what the post calls a postcode, in French and Dutch: the locality's name where it has its own."""
        if postcode == self.postcodes[0]:
            return self.fr, self.nl
        return self.localities[postcode]


class StreetPart(BaseModel):
    """A street, or the part of it in one commune, with its lowest and highest house number and the line it follows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    street_id: int
    name_fr: str
    name_nl: str
    postcode: str
    numbers: tuple[int, int]
    path: tuple[Point, ...]

    @field_validator("numbers", mode="before")
    @classmethod
    def _read_numbers(cls, value: str) -> tuple[int, int]:
        found = _NUMBERS.fullmatch(value)
        if found is None or int(found[1]) >= int(found[2]):
            raise ValueError(f"not a range of house numbers: {value!r}")
        return int(found[1]), int(found[2])

    @field_validator("path", mode="before")
    @classmethod
    def _read_path(cls, value: str) -> tuple[Point, ...]:
        points = tuple((float(lat), float(lon)) for lat, lon in (point.split() for point in value.split(">")))
        if len(points) < 2:
            raise ValueError("a path needs two points")
        return points


@dataclass(frozen=True)
class Streets:
    """All parts with their communes, ordered by street and number."""

    parts: tuple[tuple[Commune, StreetPart], ...]


def load(folder: Path = STREETS_DIR) -> Streets:
    """Read the CSV files of a folder; raise ``StreetFactsError`` on what is wrong."""
    communes = _communes()
    parts = [
        (communes[path.stem], part)
        for path in sorted(folder.glob("*.csv"))
        for part in _read(path, communes[path.stem])
    ]
    parts.sort(key=lambda each: (each[1].street_id, each[1].numbers))
    problems = list(_contradictions([part for _, part in parts]))
    if problems:
        raise StreetFactsError("; ".join(problems))
    return Streets(tuple(parts))


def _communes() -> dict[str, Commune]:
    raw = yaml.safe_load(COMMUNES_FILE.read_text(encoding="utf-8"))["communes"]
    return {
        each["id"]: Commune(
            slug=each["id"],
            nis_code=each["nis_code"],
            fr=each["names"]["fr"],
            nl=each["names"]["nl"],
            postcodes=tuple(each["postcodes"]),
            localities={x["postcode"]: (x["names"]["fr"], x["names"]["nl"]) for x in each["localities"]},
        )
        for each in raw
    }


def _read(path: Path, commune: Commune) -> Iterator[StreetPart]:
    with path.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            try:
                part = StreetPart.model_validate(row)
            except ValidationError as error:
                raise StreetFactsError(f"{path.name}:{line}: {error}") from error
            if part.postcode not in commune.postcodes:
                raise StreetFactsError(f"{path.name}:{line}: {part.postcode} is not a postcode of {commune.fr}")
            yield part


def _contradictions(parts: list[StreetPart]) -> Iterator[str]:
    for a, b in pairwise(parts):
        if a.street_id != b.street_id:
            continue
        if (a.name_fr, a.name_nl) != (b.name_fr, b.name_nl):
            yield f"street {a.street_id} has two names: {a.name_fr}, {b.name_fr}"
        if a.numbers[1] >= b.numbers[0]:
            yield f"{a.name_fr}: numbers {a.numbers} in {a.postcode} and {b.numbers} in {b.postcode} overlap"
