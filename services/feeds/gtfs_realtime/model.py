"""What a GTFS Realtime feed says, as records; times are UTC seconds since 1970."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

#: Called with the feed's name, the entity's number in it (from 1) and the reason, for each entity that is passed over.
Report = Callable[[str, int | None, str], None]

#: ``running``: on its timetable, with delays. ``added``: not in the timetable, with times of its own.
TripState = Literal["running", "cancelled", "added"]
#: ``no_data``: nothing is known from this stop on.
StopState = Literal["known", "skipped", "no_data"]


@dataclass(frozen=True, slots=True)
class StopUpdate:
    """What is known of a trip at one stop, which is told by its id, its sequence number, or both.

    A time wins over a delay; where only the arrival is known, it stands for the departure.
    """

    stop_id: str | None
    sequence: int | None
    state: StopState
    delay_s: int | None
    departs: int | None


@dataclass(frozen=True, slots=True)
class TripUpdate:
    """What is known of one run of a trip; ``start_date`` (YYYYMMDD) and ``start_time`` tell runs apart."""

    trip_id: str
    route_id: str | None
    start_date: str | None
    start_time: str | None
    state: TripState
    delay_s: int | None
    stops: tuple[StopUpdate, ...]


@dataclass(frozen=True, slots=True)
class Alert:
    """A message; ``severity`` is 1 (most) to 4, ``network`` says that it is about all lines of an operator."""

    id: str
    headers: dict[str, str]
    descriptions: dict[str, str]
    urls: dict[str, str]
    periods: tuple[tuple[int | None, int | None], ...]
    routes: tuple[str, ...]
    stops: tuple[str, ...]
    modes: tuple[int, ...]
    network: bool
    severity: int
    effect: str


@dataclass(frozen=True, slots=True)
class FeedMessage:
    """A whole feed and when it was made; None where it does not say."""

    made_at: int | None
    trips: tuple[TripUpdate, ...]
    alerts: tuple[Alert, ...]
