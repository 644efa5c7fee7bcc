"""Which platform of a place a vehicle uses, and where that platform lies."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

from tools.sample_city.gtfs_facts import Facts, Mode, Place

_SIDE_M: Final = 12.0
_METRES_PER_DEGREE: Final = 111_195
_MODE_LETTER: Final[dict[Mode, str]] = {"metro": "m", "tram": "t", "bus": "b"}


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: its stop_id, its letter where the place is a station, and its position."""

    stop_id: str
    place: str
    code: str
    lat: float
    lon: float


@dataclass(slots=True)
class Platforms:
    """Platforms of all places, made as lines first use them: one per place, mode and side of the track."""

    facts: Facts
    by_id: dict[str, Platform] = field(default_factory=dict)
    _axis: dict[tuple[str, Mode], float] = field(default_factory=dict)
    _used: dict[str, int] = field(default_factory=dict)

    def along(self, mode: Mode, slugs: list[str]) -> list[Platform]:
        """Return the platform of each call of a journey, the same for all journeys that go the same way."""
        calls = [self.facts.places[slug] for slug in slugs]
        found = []
        for index, slug in enumerate(slugs):
            # Across the whole stretch around the call: two lines that meet at a corner still agree on the side.
            before, after = calls[max(0, index - 1)], calls[min(len(calls) - 1, index + 1)]
            found.append(self._platform(slug, mode, _heading(before, after)))
        return found

    def of_place(self, slug: str) -> list[Platform]:
        """Return the platforms a place has, in the order of their letters."""
        return [platform for platform in self.by_id.values() if platform.place == slug]

    def _platform(self, slug: str, mode: Mode, heading: float) -> Platform:
        axis = self._axis.setdefault((slug, mode), heading)
        side = 1 if math.cos(heading - axis) >= 0 else 2
        stop_id = f"{slug}-{_MODE_LETTER[mode]}{side}"
        if stop_id not in self.by_id:
            place = self.facts.places[slug]
            nth = self._used[slug] = self._used.get(slug, 0) + 1
            lat, lon = _right_of(place, axis if side == 1 else axis + math.pi)
            code = chr(ord("A") + nth - 1) if place.station else ""
            self.by_id[stop_id] = Platform(stop_id, slug, code, lat, lon)
        return self.by_id[stop_id]


def _heading(here: Place, there: Place) -> float:
    north = there.at[0] - here.at[0]
    east = (there.at[1] - here.at[1]) * math.cos(math.radians(here.at[0]))
    return math.atan2(east, north)


def _right_of(place: Place, heading: float) -> tuple[float, float]:
    """Return a point at the right-hand side of the place, where one waits for a vehicle with this heading."""
    right = heading + math.pi / 2
    lat, lon = place.at
    north, east = _SIDE_M * math.cos(right), _SIDE_M * math.sin(right)
    return lat + north / _METRES_PER_DEGREE, lon + east / (_METRES_PER_DEGREE * math.cos(math.radians(lat)))
