"""Which scheduled departure a measured passing is, where the source names no trips.

Vehicles of a line pass a stop in their timetable's order, so passings and departures are laid side by side in order:
of all ways to do that, the one with the least delay in total is taken. A passing that is far from every departure
stays alone: a vehicle that the timetable does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

#: How much later and earlier than scheduled a departure may be and still be the same one.
LATEST_S: Final = 30 * 60
EARLIEST_S: Final = 5 * 60
#: A timetable's time that comes by way of real time is the scheduled one, give or take a rounding.
THEORETICAL_S: Final = 120

#: A vehicle leaves early more rarely than late.
_EARLY_WEIGHT: Final = 3
#: What another destination than the timetable's counts for: it is the same vehicle only where nothing else fits.
_ELSEWHERE_S: Final = 240
#: What a passing that is no scheduled departure counts for: more than any delay.
_ALONE_S: Final = 2 * LATEST_S


@dataclass(frozen=True, slots=True)
class Point:
    """A passing or a scheduled departure: when (UTC seconds), and to which destination, by folded names."""

    at_s: int
    names: frozenset[str]
    measured: bool = True


def matched(passings: Sequence[Point], scheduled: Sequence[Point]) -> list[int | None]:
    """Return for each passing the index of its scheduled departure, or None; both are in order of time.

    No departure is given twice, and the order is kept.
    """
    # best[j]: least cost of the passings so far with departures before j; steps remember how it came about.
    best: list[float] = [0.0] * (len(scheduled) + 1)
    steps: list[list[int]] = []
    for passing in passings:
        row = [best[0] + _ALONE_S]
        taken = [_SKIPPED]
        for j, departure in enumerate(scheduled, start=1):
            options = (row[j - 1], best[j] + _ALONE_S, best[j - 1] + _cost(passing, departure))
            least = min(range(3), key=options.__getitem__)
            row.append(options[least])
            taken.append((_LEFT, _SKIPPED, _TAKEN)[least])
        best = row
        steps.append(taken)
    return _traced(steps, len(scheduled))


_SKIPPED: Final = 0  # the passing stays alone
_LEFT: Final = 1  # the departure is not needed
_TAKEN: Final = 2  # they are the same


def _traced(steps: list[list[int]], j: int) -> list[int | None]:
    found: list[int | None] = [None] * len(steps)
    i = len(steps) - 1
    while i >= 0:
        step = steps[i][j]
        if step == _LEFT:
            j -= 1
            continue
        if step == _TAKEN:
            j -= 1
            found[i] = j
        i -= 1
    return found


def _cost(passing: Point, departure: Point) -> float:
    late_s = passing.at_s - departure.at_s
    most_late_s, most_early_s = (LATEST_S, EARLIEST_S) if passing.measured else (THEORETICAL_S, THEORETICAL_S)
    if not -most_early_s <= late_s <= most_late_s:
        return float("inf")
    cost = late_s if late_s >= 0 else -late_s * _EARLY_WEIGHT
    elsewhere = passing.names and departure.names and not passing.names & departure.names
    return cost + (_ELSEWHERE_S if elsewhere else 0)
