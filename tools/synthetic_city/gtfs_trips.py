"""The trips of a made-up network: how many a line has on which days, and when they leave."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from tools.synthetic_city.gtfs_patterns import PACES, SHADES, WHOLE, Pattern, patterns
from tools.synthetic_city.network import Network

#: STIB-MIVB's feed of September 2026.
FULL_TRIPS: Final = 75_696

#: How many trips each service has beside the others. Four weeks: two with school, two without.
_DAY_WEIGHTS: Final = {
    "SCHOOL": 15.8,
    "SCHOOL-WED": 15.4,
    "FREE": 14.8,
    "FREE-WED": 14.6,
    "SAT": 9.0,
    "SUN": 6.2,
}
#: When vehicles leave, as (hour, how often): straight between the points. Hours run past midnight.
_WEEKDAY: Final = (
    (4.8, 0),
    (6, 3),
    (7.2, 9),
    (9, 9),
    (10, 6),
    (15, 7),
    (16.5, 9),
    (18.5, 8),
    (20, 4),
    (24, 2),
    (25.2, 1),
)
_WEEKEND: Final = ((5.2, 0), (7, 2), (10, 5), (13, 7), (19, 6), (21, 4), (24, 3), (25.4, 1))
_NIGHT: Final = ((24.2, 1), (27.2, 1))


@dataclass(frozen=True, slots=True)
class Trip:
    """One trip: what it calls at, on which days, when it leaves, how fast it is."""

    id: str
    pattern: Pattern
    service: str
    start_s: int
    pace: float


def trips(network: Network, scale: float, rng: random.Random) -> Iterator[Trip]:
    """Yield the trips, line after line, service after service, in the order in which they leave."""
    known = patterns(network, rng)
    number = 0
    for (line, direction, service), count in _counts(network, round(FULL_TRIPS * scale)).items():
        whole, *shorter = known[line, direction]
        for start_s in _departures(service, count, rng):
            pattern = rng.choice(shorter) if shorter and rng.random() > WHOLE else whole
            number += 1
            yield Trip(f"{126_400_000_000_000 + number * 1_013}", pattern, service, start_s, _pace(start_s, rng))


def _counts(network: Network, total: int) -> dict[tuple[str, int, str], int]:
    """Return how many trips each line has in each direction and service: ``total`` of them."""
    weights: dict[tuple[str, int, str], float] = {}
    for line in network.lines:
        days = {"NIGHT": 18.0} if line.mode == "night" else _DAY_WEIGHTS
        for service, weight in days.items():
            for direction in (0, 1):
                weights[line.number, direction, service] = weight * line.weight
    edges = np.rint(np.cumsum(list(weights.values())) / sum(weights.values()) * total).astype(int)
    return dict(zip(weights, np.diff(edges, prepend=0).tolist(), strict=True))


def _departures(service: str, count: int, rng: random.Random) -> list[int]:
    """Return when so many trips leave, closer together where the day is busy, to half a minute."""
    curve = _NIGHT if service == "NIGHT" else _WEEKEND if service in {"SAT", "SUN"} else _WEEKDAY
    hours, often = np.array(curve).T
    fine = np.linspace(hours[0], hours[-1], 500)
    share = np.cumsum(np.interp(fine, hours, often))
    wanted = (np.arange(count) + rng.uniform(0.1, 0.9)) / max(count, 1)
    at_hours = np.interp(wanted, share / share[-1], fine)
    return [int(seconds) for seconds in np.rint(at_hours * 120) * 30]


def _pace(start_s: int, rng: random.Random) -> float:
    from_hour = [hour for hour, _ in PACES]
    return PACES[bisect_right(from_hour, start_s // 3600) - 1][1] * rng.choice(SHADES)
