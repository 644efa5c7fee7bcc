"""Points of the address file: WGS 84 where it has them, else converted from Belgian Lambert 72 (EPSG:31370)."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final

from pyproj import Transformer

#: South, north, west and east of Belgium, in degrees, with a margin: what lies outside is a mistake.
_BELGIUM: Final = (49.4, 51.6, 2.4, 6.5)


def point(lat: str, lon: str, x: str, y: str) -> tuple[float, float] | None:
    """Return (lat, lon) in WGS 84, rounded to about a decimetre; None where the fields give no point.

    ``x`` and ``y`` are metres in EPSG:31370, used where ``lat`` or ``lon`` is empty. Raises ValueError, with a
    reason, where a field is no number or the point is not in Belgium.
    """
    if lat and lon:
        found = _number(lat), _number(lon)
    elif x and y:
        found = from_lambert72(_number(x), _number(y))
    else:
        return None
    south, north, west, east = _BELGIUM
    if not (south <= found[0] <= north and west <= found[1] <= east):
        raise ValueError(f"point {found[0]:.5f}, {found[1]:.5f} is not in Belgium")
    return round(found[0], 6), round(found[1], 6)


def from_lambert72(x: float, y: float) -> tuple[float, float]:
    """Return (lat, lon) in WGS 84 of a point in EPSG:31370, in metres; infinite where it has none."""
    lon, lat = _transformer().transform(x, y)
    return lat, lon


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        raise ValueError(f"{text[:40]!r} is not a coordinate") from None
    if not math.isfinite(value):
        raise ValueError(f"{text[:40]!r} is not a coordinate")
    return value


@lru_cache(maxsize=1)
def _transformer() -> Transformer:
    return Transformer.from_crs("EPSG:31370", "EPSG:4326", always_xy=True)
