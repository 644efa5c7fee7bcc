"""A made-up network of STIB-MIVB's real size: lines of metro, tram, bus and night bus over made-up places."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final

from tools.synthetic_city.paths import Streets, find_path, streets
from tools.synthetic_city.places import FULL_PLACES, Place, make_places
from tools.synthetic_city.platforms import Platform, Platforms

#: STIB-MIVB's feed of September 2026.
FULL_STOPS: Final = 2_784
FULL_ROUTES: Final = 89
SEED: Final = 1_000

#: Of each mode: share of the routes, about how many places a line has, how much more often than a bus it runs.
MODES: Final = {
    "metro": (0.045, 22, 2.6),
    "tram": (0.2, 28, 1.5),
    "bus": (0.63, 23, 1.0),
    "night": (0.125, 24, 0.12),
}
_METRO_EVERY: Final = 9


@dataclass(frozen=True)
class Line:
    """A line: its places outwards, and its platforms outwards and back."""

    number: str
    mode: str
    places: list[Place]
    out: list[Platform]
    back: list[Platform]
    weight: float

    def platforms(self, direction: int) -> list[Platform]:
        """Return the platforms in the order of a direction (0 is outwards)."""
        return self.out if direction == 0 else self.back


@dataclass(frozen=True)
class Network:
    """Places at which lines stop, their platforms, and the lines."""

    places: list[Place]
    platforms: Platforms
    lines: list[Line]


def build(scale: float = 1.0, seed: int = SEED) -> Network:
    """Return a network; ``scale`` 1 is STIB-MIVB's size, 0.1 a tenth of its stops and lines, as dense."""
    rng = random.Random(seed)  # noqa: S311 - nothing secret: the same seed gives the same city
    places = make_places(max(40, round(FULL_PLACES * scale)), rng)
    modes = _modes(max(4, round(FULL_ROUTES * scale)))
    everywhere, below = streets(places), streets(places[::_METRO_EVERY] if len(places) > 100 else places[::2])
    uncovered = set(range(len(places)))
    drawn: list[tuple[str, str, list[Place]]] = []
    for number, mode in enumerate(modes, start=1):
        path = _draw(below if mode == "metro" else everywhere, mode, uncovered, rng)
        uncovered -= set(path)
        name = f"N{number:02d}" if mode == "night" else str(number)
        drawn.append((name, mode, [places[n] for n in path]))
    platforms = Platforms()
    for name, mode, stops in drawn:
        platforms.add_line(name, mode, stops)
    platforms.grow_to(round(FULL_STOPS * scale))
    lines = [
        Line(
            name,
            mode,
            stops,
            platforms.along(name, 0),
            platforms.along(name, 1),
            MODES[mode][2] * rng.uniform(0.6, 1.4),
        )
        for name, mode, stops in drawn
    ]
    return Network([place for place in places if place.number not in uncovered], platforms, lines)


def _modes(count: int) -> list[str]:
    """Return the mode of each line: each mode at least once, buses taking what is left over."""
    numbers = {mode: max(1, round(count * share)) for mode, (share, _, _) in MODES.items()}
    numbers["bus"] += count - sum(numbers.values())
    return [mode for mode, number in numbers.items() for _ in range(number)]


def _draw(ways: Streets, mode: str, uncovered: set[int], rng: random.Random) -> list[int]:
    known = sorted(ways.next_to)
    bare = [place for place in known if place in uncovered]
    length = max(4, round(MODES[mode][1] * rng.uniform(0.75, 1.25)))
    return find_path(ways, rng.choice(bare or known), length, uncovered, rng)
