"""Finds where in a street one calendar ends and another begins, with few questions.

Each side of the street is asked about at its ends and in its middle; between two numbers with different calendars it is
halved until they are neighbours. A zone within a stretch whose ends and middle agree would be missed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Generic, Literal, TypeVar

_NUMBER: Final = re.compile(r"\d{1,5}")

Calendar = TypeVar("Calendar", bound=Hashable)


@dataclass(frozen=True)
class Stretch(Generic[Calendar]):
    """House numbers with one calendar, both ends included; None is an open end."""

    first: int | None
    last: int | None
    side: Literal["both", "odd", "even"]
    calendar: Calendar


def stretches(
    numbers: Sequence[str], ask: Callable[[str], Calendar], *, shared: bool = False
) -> list[Stretch[Calendar]]:
    """Return the stretches of a street with these house numbers, so that each number falls in exactly one.

    ``ask`` returns the calendar of a number as the service writes it. ``shared`` streets go on in another postcode,
    which may have the other side. Raises ValueError where no number is one.
    """
    written: dict[int, str] = {}
    for number in numbers:
        found = _NUMBER.match(number)
        if found:
            written.setdefault(int(found[0]), number)
    if not written:
        raise ValueError("no house numbers")
    known: dict[int, Calendar] = {}

    def calendar(number: int) -> Calendar:
        if number not in known:
            known[number] = ask(written[number])
        return known[number]

    odd, even = (_side(sorted(each for each in written if each % 2 == rest), calendar) for rest in (1, 0))
    one_sided = not odd or not even
    if len({part.calendar for part in (*odd, *even)}) == 1 and not (one_sided and shared):
        return [Stretch(None, None, "both", (odd or even)[0].calendar)]
    if one_sided and not shared:
        return [replace(part, side="both") for part in odd or even]
    return [*(replace(part, side="odd") for part in odd), *(replace(part, side="even") for part in even)]


def _side(numbers: Sequence[int], calendar: Callable[[int], Calendar]) -> list[Stretch[Calendar]]:
    """Return the stretches of one side; the first starts before its first number, the last has no end."""
    if not numbers:
        return []
    probes = sorted({0, len(numbers) // 2, len(numbers) - 1})
    ends = [end for low, high in pairwise(probes) for end in _changes(numbers, low, high, calendar)]
    firsts = [0, *(end + 1 for end in ends)]
    lasts = [*ends, len(numbers) - 1]
    return [
        Stretch(
            None if first == 0 else numbers[first],
            None if last == len(numbers) - 1 else numbers[last + 1] - 1,
            "both",
            calendar(numbers[first]),
        )
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _changes(numbers: Sequence[int], low: int, high: int, calendar: Callable[[int], Calendar]) -> list[int]:
    """Return the places after which the calendar changes, in order."""
    if calendar(numbers[low]) == calendar(numbers[high]):
        return []
    if high - low == 1:
        return [low]
    middle = (low + high) // 2
    return [*_changes(numbers, low, middle, calendar), *_changes(numbers, middle, high, calendar)]
