"""One point for the shape of an application, in WGS 84."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from services.feeds.best.coordinates import from_lambert72

#: South, north, west and east of the Brussels-Capital Region, in degrees, with a margin.
_REGION: Final = (50.7, 51.0, 4.2, 4.55)
_DEEPEST: Final = 6

_Position = tuple[float, float]


def point(geometry: Any) -> tuple[float, float] | None:
    """Return (lat, lon) of the middle of a GeoJSON geometry, whose coordinates are metres of EPSG:31370 or degrees.

    None where there is no geometry; ValueError where it is none, or not in the Region.
    """
    if geometry is None:
        return None
    if not isinstance(geometry, dict):
        raise ValueError("not a geometry")
    rings = [ring for ring in _rings(geometry.get("coordinates"), _DEEPEST) if ring]
    if not rings:
        return None
    x, y = max((_middle(ring) for ring in rings), key=lambda found: found[1])[0]
    lat, lon = (y, x) if abs(x) <= 180 and abs(y) <= 90 else from_lambert72(x, y)
    south, north, west, east = _REGION
    if not (south <= lat <= north and west <= lon <= east):
        raise ValueError(f"point {lat:.5f}, {lon:.5f} is not in the Region")
    return round(lat, 6), round(lon, 6)


def _rings(part: Any, deepest: int) -> Iterator[Sequence[_Position]]:
    """Yield the lists of positions in coordinates, however deep; a single position is a list of one."""
    if not isinstance(part, list) or not part or not deepest:
        return
    if isinstance(part[0], int | float):
        yield [_position(part)]
    elif isinstance(part[0], list) and part[0] and isinstance(part[0][0], int | float):
        yield [_position(each) for each in part]
    else:
        for each in part:
            yield from _rings(each, deepest - 1)


def _position(part: Any) -> _Position:
    if not isinstance(part, list) or len(part) < 2:
        raise ValueError("a position without two coordinates")
    x, y = float(part[0]), float(part[1])
    if not (math.isfinite(x) and math.isfinite(y)):
        raise ValueError("a position that is no number")
    return x, y


def _middle(ring: Sequence[_Position]) -> tuple[_Position, float]:
    """Return the centre of gravity of a ring, and its area; of what has none, the mean of its positions."""
    x0, y0 = ring[0]
    area = x_sum = y_sum = 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = (x1 - x0) * (y2 - y0) - (x2 - x0) * (y1 - y0)
        area += cross
        x_sum += (x1 + x2 - 2 * x0) * cross
        y_sum += (y1 + y2 - 2 * y0) * cross
    if abs(area) < 1e-12:
        return (sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)), 0.0
    return (x0 + x_sum / (3 * area), y0 + y_sum / (3 * area)), abs(area)
