"""How far a place is, in words, and the page of the map that shows it."""

from __future__ import annotations

from typing import Final

from kit.replies import Part, text

_KM: Final = 1000
_MAP: Final = "https://www.openstreetmap.org/?mlat={lat:.5f}&mlon={lon:.5f}&zoom=17"


def away(distance_m: float) -> Part:
    """Return how far something is as people say it: "à environ 350 m", "à environ 1,2 km"."""
    if distance_m < _KM:
        return text("away_m", metres=max(10, 10 * round(distance_m / 10)))
    return text("away_km", km=round(distance_m / 1000, 1))


def length(metres: int) -> Part:
    """Return a length of way as people say it: "350 m", "1,2 km"."""
    return text("length_km", km=round(metres / 1000, 1)) if metres >= _KM else text("length_m", metres=metres)


def map_url(lat: float, lon: float) -> str:
    """Return the address of the map with a mark on a point."""
    return _MAP.format(lat=lat, lon=lon)
