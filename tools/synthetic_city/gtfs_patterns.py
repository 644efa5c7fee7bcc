"""The patterns of a made-up network: whole lines, and shorter ones for the depot and the busy middle of a line."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tools.synthetic_city.network import Line, Network
from tools.synthetic_city.platforms import Platform

#: Share of a direction's trips that run the whole line; its other patterns have the rest.
WHOLE: Final = 0.82
_SHORTER: Final = 4
_FEWEST: Final = 4
_SPEED_KMH: Final = {"metro": 31.0, "tram": 17.5, "bus": 17.0, "night": 23.0}
_DETOUR: Final = 1.2
_HALT_S: Final = 20
#: The times of a day's trips: from this hour on, how much longer each way takes.
PACES: Final = ((0, 0.86), (6, 0.95), (7, 1.18), (9, 1.04), (15, 1.12), (16, 1.22), (19, 1.0), (21, 0.88))
#: Each pace in so many shades, as vehicles of one hour are not alike in a real timetable either.
SHADES: Final = (0.97, 1.0, 1.04)


@dataclass(frozen=True)
class Pattern:
    """A sequence of platforms of a line's direction."""

    number: int
    line: Line
    direction: int
    platforms: list[Platform]

    @property
    def headsign(self) -> str:
        """Where its trips say that they go."""
        return self.platforms[-1].place.fr

    def offsets(self, pace: float) -> tuple[list[int], list[int]]:
        """Return the seconds after a trip's start of each arrival and each departure, to ten seconds."""
        metres_per_s = _SPEED_KMH[self.line.mode] / 3.6
        arrivals, departures = [0], [0]
        for here, there in pairwise(self.platforms):
            seconds = here.place.distance_m(there.place) * _DETOUR / metres_per_s * pace
            arrivals.append(departures[-1] + max(30, round(seconds / 10) * 10))
            # Where people change lines, vehicles wait a little.
            departures.append(arrivals[-1] + (_HALT_S if len(there.calls) > 3 else 0))
        departures[-1] = arrivals[-1]
        return arrivals, departures


def patterns(network: Network, rng: random.Random) -> dict[tuple[str, int], list[Pattern]]:
    """Return the patterns by line and direction, the whole line first."""
    found: dict[tuple[str, int], list[Pattern]] = {}
    number = 0
    for line in network.lines:
        for direction in (0, 1):
            platforms = line.platforms(direction)
            own = []
            for start, end in [(0, len(platforms)), *_parts(len(platforms), rng)]:
                own.append(Pattern(number, line, direction, platforms[start:end]))
                number += 1
            found[line.number, direction] = own
    return found


def _parts(length: int, rng: random.Random) -> Iterator[tuple[int, int]]:
    seen: set[tuple[int, int]] = set()
    for kind in range(_SHORTER):
        cut = rng.randint(1, max(1, length // 3))
        part = ((0, length - cut), (cut, length), (cut // 2 + 1, length - cut))[kind % 3]
        if part[1] - part[0] >= _FEWEST and part not in seen:
            seen.add(part)
            if kind < _SHORTER - 1 or rng.random() < 0.45:
                yield part
