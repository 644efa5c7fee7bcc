"""Where the house numbers of a street stand: along its line, the odd ones on the left, the even ones on the right."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from tools.sample_city.streets_facts import Point, StreetPart

#: So many numbers of a part are doors of their own; beyond them, neighbours on one side share a door ("201-205").
SINGLE_NUMBERS: Final = 40
#: About so many shared doors stand for the numbers beyond, each for at most so many numbers of its side.
SHARED_DOORS: Final = 24
MOST_SHARED: Final = 16
#: Every so many numbers, a second door with a letter, and a house with boxes.
LETTER_EVERY: Final = 37
BOXES_EVERY: Final = 31
BOXES: Final = ("1", "2")

_METRES_PER_DEGREE: Final = 111_195.0
_FROM_MIDDLE_M: Final = 9.0


@dataclass(frozen=True)
class Door:
    """A house number with its point and its boxes (one empty box where it has none)."""

    house_number: str
    point: Point
    boxes: tuple[str, ...] = ("",)


def doors(part: StreetPart) -> Iterator[Door]:
    """Yield the doors of a part, lowest number first; every number of its range is a door or lies within one."""
    first, last = part.numbers
    shared_from = first + SINGLE_NUMBERS
    shared = min(MOST_SHARED, math.ceil(max(1, last - shared_from + 1) / SHARED_DOORS))
    for number in range(first, last + 1):
        if number < shared_from or shared == 1:
            yield from _single(part, number)
        # Both sides of the street take turns: of 2 * shared numbers, one door stands on either side.
        elif (number - shared_from) % (2 * shared) < 2:
            end = min(number + 2 * (shared - 1), last - (last - number) % 2)
            yield Door(str(number) if end == number else f"{number}-{end}", _stand(part, number))


def _single(part: StreetPart, number: int) -> Iterator[Door]:
    boxes = BOXES if number % BOXES_EVERY == 0 else ("",)
    yield Door(str(number), _stand(part, number), boxes)
    if number % LETTER_EVERY == 0:
        yield Door(f"{number}A", _stand(part, number + 0.9))


def _stand(part: StreetPart, number: float) -> Point:
    """Return the point of a number: as far along the line as along the range, and beside it."""
    first, last = part.numbers
    lengths = [_metres(a, b) for a, b in pairwise(part.path)]
    left = min((number - first) / (last - first), 1.0) * sum(lengths)
    for (a, b), length in zip(pairwise(part.path), lengths, strict=True):
        if left <= length or b == part.path[-1]:
            return _beside(a, b, left / length, -1 if int(number) % 2 else 1)
        left -= length
    raise AssertionError("a path has an end")


def _beside(a: Point, b: Point, share: float, side: int) -> Point:
    """Return a point some metres right (1) or left (-1) of the one that lies ``share`` of the way from a to b."""
    north, east = b[0] - a[0], (b[1] - a[1]) * _shrink(a)
    length = math.hypot(north, east)
    off = side * _FROM_MIDDLE_M / _METRES_PER_DEGREE / length
    return (
        a[0] + (b[0] - a[0]) * share - east * off,
        a[1] + (b[1] - a[1]) * share + north * off / _shrink(a),
    )


def _metres(a: Point, b: Point) -> float:
    return math.hypot(b[0] - a[0], (b[1] - a[1]) * _shrink(a)) * _METRES_PER_DEGREE


def _shrink(at: Point) -> float:
    """Return how much shorter a degree of longitude is than one of latitude."""
    return math.cos(math.radians(at[0]))
