"""What of the timetables in use a search needs, whatever the day: arrays that are never changed once made.

Stops (platforms at which anything calls), patterns, timings and trips are numbered from 0 over all feeds together; see
``arrays`` for ``first_…``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from kit.clock import BRUSSELS
from services.city.transport.journeys.arrays import Access, Flags, Ints, Longs, Walks
from services.city.transport.repository import Feed


@dataclass(frozen=True)
class Service:
    """The days on which some trips of a feed run."""

    feed: int
    first_day: int
    days: str

    def runs_on(self, day: date) -> bool:
        """Tell whether they run on a service day."""
        at = day.toordinal() - self.first_day
        return 0 <= at < len(self.days) and self.days[at] == "1"


@dataclass(frozen=True)
class Stops:
    """Platforms; coordinates are the platform's, else its place's, else ``nan``."""

    ids: Longs
    places: Longs
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    access: Access

    def of_places(self, place_ids: Iterable[int]) -> list[int]:
        """Return the stops of these stop places."""
        return np.flatnonzero(np.isin(self.places, list(place_ids))).tolist()


@dataclass(frozen=True)
class Patterns:
    """Sequences of calls; ``boards`` and ``alights`` tell where one may get on and off."""

    ids: Longs
    lines: Longs
    modes: NDArray[Any]
    first_call: Ints
    stop_of: Ints
    boards: Flags
    alights: Flags


@dataclass(frozen=True)
class Trips:
    """Trips in order of pattern and start; ``first_offset`` is where their seconds from the start begin."""

    ids: Longs
    pattern: Ints
    service: Ints
    start_s: Ints
    headway_s: Ints
    access: Access
    first_offset: Longs
    offsets: Ints


@dataclass(frozen=True)
class Network:
    """All feeds in use."""

    feeds: tuple[Feed, ...]
    services: tuple[Service, ...]
    stops: Stops
    patterns: Patterns
    trips: Trips
    walks: Walks

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone of all feeds; Brussels' where they have several, or none."""
        zones = {feed.zone.key: feed.zone for feed in self.feeds}
        return next(iter(zones.values())) if len(zones) == 1 else BRUSSELS

    def covers(self, day: date) -> bool:
        """Tell whether any timetable speaks of a day."""
        return any(feed.covers(day) for feed in self.feeds)
