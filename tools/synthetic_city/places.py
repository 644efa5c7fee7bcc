"""Made-up stop places inside the Region: where they lie, denser in the middle, and what they are called."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

#: The middle of the Region, and how far its farthest stops lie from there.
CENTRE: Final = (50.845, 4.365)
RADIUS_M: Final = 7_400.0
#: Places and radius at full size; a smaller city is as dense.
FULL_PLACES: Final = 970
METRES_PER_DEGREE: Final = 111_195.0

_WORDS: Final = Path(__file__).parent / "words.yml"
#: One place in so many has the name of another one, far from it.
_SHARED_NAME_EVERY: Final = 12
_JITTER: Final = 0.38
_DENSER: Final = 0.72


@dataclass(frozen=True, slots=True)
class Place:
    """A place where lines stop; ``x`` and ``y`` are metres east and north of the middle."""

    number: int
    fr: str
    nl: str
    x: float
    y: float

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return position(self.x, self.y)

    def distance_m(self, other: Place) -> float:
        """Return the metres to another place as the crow flies."""
        return math.hypot(self.x - other.x, self.y - other.y)


def position(x: float, y: float) -> tuple[float, float]:
    """Return the latitude and longitude of a point, given in metres east and north of the middle."""
    lat, lon = CENTRE
    return lat + y / METRES_PER_DEGREE, lon + x / (METRES_PER_DEGREE * math.cos(math.radians(lat)))


def make_places(count: int, rng: random.Random) -> list[Place]:
    """Return so many places, spread over a disc whose size goes with their number."""
    radius = RADIUS_M * math.sqrt(count / FULL_PLACES)
    points = [_point(n, count, radius, rng) for n in range(count)]
    names = _names(count, rng)
    return [Place(n, fr, nl, x, y) for n, ((x, y), (fr, nl)) in enumerate(zip(points, names, strict=True))]


def _point(number: int, count: int, radius: float, rng: random.Random) -> tuple[float, float]:
    """Return a point of a sunflower's head: evenly spread, without the rows of a grid."""
    share = (number + 0.5) / count
    distance = radius * share**_DENSER
    angle = number * math.pi * (3 - math.sqrt(5))
    spacing = radius / math.sqrt(count)
    jitter = [rng.uniform(-_JITTER, _JITTER) * spacing for _ in range(2)]
    return distance * math.cos(angle) + jitter[0], distance * math.sin(angle) + jitter[1]


def _names(count: int, rng: random.Random) -> list[tuple[str, str]]:
    words: dict[str, list[dict[str, Any]]] = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    made = [
        (form["fr"].format(root["fr"]), form["nl"].format(root["nl"]))
        for form in words["forms"]
        for root in words["roots"]
    ]
    rng.shuffle(made)
    if count > len(made):
        raise ValueError(f"{_WORDS.name} makes {len(made)} names, fewer than {count}")
    names = made[:count]
    for number in range(_SHARED_NAME_EVERY, count, _SHARED_NAME_EVERY):
        names[number] = names[number // 2]
    return names
