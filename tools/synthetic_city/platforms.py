"""The platforms of a made-up network: one a place, mode and side of the street, and more where many lines meet."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from tools.synthetic_city.places import Place, position

_SIDE_M: Final = 14.0
#: A place with so many lines has a station even without a metro.
_STATION_LINES: Final = 6
_LETTER: Final = {"metro": "M", "tram": "T", "bus": "B", "night": "B"}


@dataclass
class Platform:
    """Where vehicles of some lines halt; ``calls`` are (line, direction, place in its order)."""

    stop_id: str
    place: Place
    mode: str
    angle: float
    nth: int
    calls: list[tuple[str, int, int]] = field(default_factory=list)

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude, at the side of the street."""
        metres = _SIDE_M * (1 + self.nth)
        return position(self.place.x + metres * math.cos(self.angle), self.place.y + metres * math.sin(self.angle))


class Platforms:
    """All platforms, found by what halts there."""

    def __init__(self) -> None:
        self.all: list[Platform] = []
        self._by_side: dict[tuple[int, str, int], Platform] = {}
        self._of_call: dict[tuple[str, int, int], Platform] = {}
        self._lengths: dict[str, int] = {}
        self._axis: dict[int, float] = {}

    def add_line(self, line: str, mode: str, path: list[Place]) -> None:
        """Give each call of a line, outwards and back, the platform of its mode at that side."""
        self._lengths[line] = len(path)
        for direction, places in enumerate((path, path[::-1])):
            for n, place in enumerate(places):
                before, after = places[max(n - 1, 0)], places[min(n + 1, len(places) - 1)]
                platform = self._at(place, mode, math.atan2(after.y - before.y, after.x - before.x))
                platform.calls.append((line, direction, n))
                self._of_call[line, direction, n] = platform

    def grow_to(self, rows: int) -> None:
        """Split the platforms with most lines until stops.txt has so many rows, stations counted."""
        queue = [(-len(platform.calls), n) for n, platform in enumerate(self.all)]
        heapq.heapify(queue)
        missing = rows - len(self.all) - len(self.stations())
        while missing > 0 and queue:
            calls, n = heapq.heappop(queue)
            if calls > -2:
                break
            crowded = self.all[n]
            half = len(crowded.calls) // 2
            moved, crowded.calls = crowded.calls[half:], crowded.calls[:half]
            added = self._add(crowded.place, crowded.mode, crowded.angle)
            added.calls = moved
            for call in moved:
                self._of_call[call] = added
            for number, platform in ((n, crowded), (len(self.all) - 1, added)):
                heapq.heappush(queue, (-len(platform.calls), number))
            missing -= 1

    def along(self, line: str, direction: int) -> list[Platform]:
        """Return a line's platforms in the order of a direction."""
        return [self._of_call[line, direction, n] for n in range(self._lengths[line])]

    def stations(self) -> set[int]:
        """Return the numbers of the places with a parent station: those of the metro, and where many lines meet."""
        lines: dict[int, set[str]] = defaultdict(set)
        for platform in self.all:
            lines[platform.place.number] |= {line for line, _, _ in platform.calls}
        of_metro = {platform.place.number for platform in self.all if platform.mode == "M"}
        return of_metro | {place for place, found in lines.items() if len(found) >= _STATION_LINES}

    def _at(self, place: Place, mode: str, heading: float) -> Platform:
        axis = self._axis.setdefault(place.number, heading)
        side = 0 if math.cos(heading - axis) >= 0 else 1
        key = (place.number, _LETTER[mode], side)
        if key not in self._by_side:
            self._by_side[key] = self._add(place, _LETTER[mode], axis + math.pi * side - math.pi / 2)
        return self._by_side[key]

    def _add(self, place: Place, letter: str, angle: float) -> Platform:
        nth = sum(platform.place is place for platform in self.all[-1:])
        platform = Platform(f"{1000 + len(self.all)}", place, letter, angle, nth)
        self.all.append(platform)
        return platform
