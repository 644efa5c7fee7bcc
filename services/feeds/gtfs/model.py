"""What a feed holds, as frozen records in GTFS's own terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FeedInfo:
    """feed_info.txt, or blanks."""

    publisher: str = ""
    url: str = ""
    language: str = ""  # BCP 47 tag, "mul" where texts are in several languages
    version: str = ""
    first_day: date | None = None  # feed_start_date
    last_day: date | None = None  # feed_end_date


@dataclass(frozen=True, slots=True)
class Agency:
    """A row of agency.txt."""

    id: str
    name: str
    url: str
    timezone: str
    language: str


@dataclass(frozen=True, slots=True)
class Stop:
    """A platform, or a station that holds platforms."""

    id: str
    name: str
    position: tuple[float, float] | None
    is_station: bool
    parent: str
    code: str
    platform: str
    wheelchair: int  # 0 unknown, 1 yes, 2 no


@dataclass(frozen=True, slots=True)
class Route:
    """A row of routes.txt."""

    id: str
    agency: str
    short_name: str
    long_name: str
    type: int
    colour: str | None
    text_colour: str | None
    sort_order: int | None


@dataclass(frozen=True, slots=True)
class Trip:
    """A row of trips.txt."""

    id: str
    route: str
    service: str
    headsign: str
    direction: int | None
    wheelchair: int


@dataclass(frozen=True, slots=True)
class Service:
    """The days on which a service runs, as one bit a day: bit 0 is ``first``."""

    first: date
    bits: int

    def runs_on(self, day: date) -> bool:
        """Tell whether the service runs on a day."""
        offset = (day - self.first).days
        return offset >= 0 and bool(self.bits >> offset & 1)


@dataclass(frozen=True, slots=True)
class Frequency:
    """A row of frequencies.txt: the trip starts every ``headway_s`` from ``start_s`` on, before ``end_s``."""

    start_s: int
    end_s: int
    headway_s: int
    exact: bool
