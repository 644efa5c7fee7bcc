"""Place ids: ``street:4012``, ``address:4012:12A``, ``stop:flagey``, ``commune:ixelles``, ``locality:laeken``,
``landmark:atomium``, ``point:50.84600,4.35200``.

Where one street has the same house number twice, in two postcodes, an address id ends in the postcode:
``address:9003:12:1050``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from services.city.core.geo import is_point

_ADDRESS: Final = re.compile(r"address:(\d{1,9}):([^:\s]{1,24})(?::(\d{4}))?", re.ASCII)
_STREET: Final = re.compile(r"street:(\d{1,9})", re.ASCII)
_POINT: Final = re.compile(r"point:(-?\d{1,2}(?:\.\d{1,12})?),(-?\d{1,3}(?:\.\d{1,12})?)", re.ASCII)
_NUMBER: Final = re.compile(r"(\d{1,5})", re.ASCII)


@dataclass(frozen=True)
class AddressId:
    """The parts of an address id; ``house_number`` is in capitals, as it is stored."""

    street: int
    house_number: str
    postcode: str | None = None

    @property
    def number(self) -> int | None:
        """The house number without its suffix; None where it has no digits."""
        found = _NUMBER.match(self.house_number)
        return int(found[1]) if found else None


def parse_address(place_id: str) -> AddressId | None:
    """Return the parts of an address id, or None where it is another id."""
    match = _ADDRESS.fullmatch(place_id)
    return AddressId(int(match[1]), match[2].upper(), match[3]) if match else None


def parse_street(place_id: str) -> int | None:
    """Return the number of a street id, or None where it is another id."""
    match = _STREET.fullmatch(place_id)
    return int(match[1]) if match else None


def parse_point(place_id: str) -> tuple[float, float] | None:
    """Return latitude and longitude of a point's id, or None where it is another id or not on Earth."""
    match = _POINT.fullmatch(place_id)
    point = (float(match[1]), float(match[2])) if match else None
    return point if point and is_point(*point) else None


def address_id(street: int, house_number: str, postcode: str | None = None) -> str:
    """Return the id of an address."""
    return f"address:{street}:{house_number}" + (f":{postcode}" if postcode else "")


def street_id(street: int) -> str:
    """Return the id of a street."""
    return f"street:{street}"


def point_id(lat: float, lon: float) -> str:
    """Return the id of a point, to about a metre."""
    return f"point:{lat:.5f},{lon:.5f}"
