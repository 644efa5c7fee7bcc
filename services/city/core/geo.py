"""Distances, and a grid whose squares stand in for a spatial index on any database."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

#: Side of a square in degrees: about 560 m by 350 m in Brussels.
CELL_DEGREES: Final = 0.005
_COLUMNS: Final = 72_000
EARTH_RADIUS_M: Final = 6_371_008.8
_METRES_PER_DEGREE: Final = math.pi * EARTH_RADIUS_M / 180


def is_point(lat: float, lon: float) -> bool:
    """Tell whether these are coordinates on Earth (``nan`` and infinities are not)."""
    return -90 <= lat <= 90 and -180 <= lon <= 180


def cell(lat: float, lon: float) -> int:
    """Return the grid square that a point lies in, as it is stored."""
    return _row(lat) * _COLUMNS + _column(lon)


def cells_around(lat: float, lon: float, radius_m: float) -> list[int]:
    """Return the squares that a circle may touch."""
    lat_span, lon_span = spans(lat, radius_m)
    rows = range(_row(lat - lat_span), _row(lat + lat_span) + 1)
    columns = range(_column(lon - lon_span), _column(lon + lon_span) + 1)
    return [row * _COLUMNS + column for row in rows for column in columns]


def spans(lat: float, radius_m: float) -> tuple[float, float]:
    """Return the degrees of latitude and of longitude that a distance spans there."""
    lat_span = radius_m / _METRES_PER_DEGREE
    return lat_span, lat_span / max(math.cos(math.radians(lat)), 0.01)


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the metres between two points, as the crow flies."""
    height = math.sin(math.radians(other_lat - lat) / 2) ** 2
    width = math.sin(math.radians(other_lon - lon) / 2) ** 2
    chord = height + math.cos(math.radians(lat)) * math.cos(math.radians(other_lat)) * width
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, chord)))


def inside(lat: float, lon: float, outline: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a point lies within an outline of (latitude, longitude), which closes itself."""
    crossings = 0
    for (lat_1, lon_1), (lat_2, lon_2) in pairwise([*outline, outline[0]]):
        if (lat_1 > lat) != (lat_2 > lat):
            crossings += lon < lon_1 + (lat - lat_1) / (lat_2 - lat_1) * (lon_2 - lon_1)
    return crossings % 2 == 1


def _row(lat: float) -> int:
    # Signed, so that a square's number fits the 32 bits of a database INTEGER.
    return math.floor(lat / CELL_DEGREES)


def _column(lon: float) -> int:
    return math.floor((lon + 180) / CELL_DEGREES)
