"""Where the fields of an address file stand, and the checks on those that a street's lines share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

_STREET: Final = (
    "street_id",
    "streetname_fr",
    "streetname_nl",
    "streetname_de",
    "postcode",
    "municipality_id",
    "municipality_name_fr",
    "municipality_name_nl",
)
_DOOR: Final = (
    "house_number",
    "box_number",
    "status",
    "epsg:4326_lat",
    "epsg:4326_lon",
    "epsg:31370_x",
    "epsg:31370_y",
)
_LARGEST_ID: Final = 2**31 - 1
_LONGEST_NAME: Final = 200


class Street(NamedTuple):
    """What a line says of its street and commune; the same fields as in ``AddressRow``."""

    street_id: int
    street_fr: str
    street_nl: str
    street_de: str
    postcode: str
    municipality_id: str
    municipality_fr: str
    municipality_nl: str


class Columns:
    """Picks the fields out of a line's values; columns that the file lacks are empty."""

    def __init__(self, header: Mapping[str, int]) -> None:
        self.count: Final = len(header)
        self._street = [header.get(column) for column in _STREET]
        self._door = [header.get(column) for column in _DOOR]

    def street(self, values: Sequence[str]) -> tuple[str, ...]:
        """Return the fields of the street and its commune, as written."""
        return tuple(["" if at is None else values[at] for at in self._street])

    def door(self, values: Sequence[str]) -> list[str]:
        """Return house number, box, status, latitude, longitude, x and y, as written."""
        return ["" if at is None else values[at] for at in self._door]


def checked_street(written: Sequence[str]) -> Street:
    """Return the street of a line from its fields, in the order of ``Street``; ValueError says what is wrong."""
    street_id, fr, nl, de, postcode, municipality_id, commune_fr, commune_nl = (field.strip() for field in written)
    if not (street_id.isascii() and street_id.isdigit() and int(street_id) <= _LARGEST_ID):
        raise ValueError(f"street_id {street_id[:40]!r} is not a number")
    for language, name in (("fr", fr), ("nl", nl), ("de", de)):
        if len(name) > _LONGEST_NAME:
            raise ValueError(f"streetname_{language} is longer than {_LONGEST_NAME} characters")
    if not (postcode.isascii() and postcode.isdigit() and len(postcode) == 4):
        raise ValueError(f"postcode {postcode[:40]!r} is not four digits")
    if not (fr or nl or de):
        raise ValueError("no street name")
    if not (commune_fr or commune_nl):
        raise ValueError("no municipality name")
    return Street(int(street_id), fr, nl, de, postcode, municipality_id, commune_fr, commune_nl)
