"""Service days: how the seconds of a timetable become instants.

GTFS counts from noon minus twelve hours of the service day, in the agency's time zone. That is midnight, but for the
two days a year on which the clock changes; and hours past 24 are the night after, still the same service day.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

_NOON: Final = time(12)
_DAY_S: Final = 86_400


@dataclass(frozen=True)
class Span:
    """Seconds of a service day, from the first up to, not including, the end."""

    day: date
    first_s: int
    end_s: int


def start(day: date, zone: ZoneInfo) -> datetime:
    """Return the instant from which the seconds of a service day count, in UTC."""
    return datetime.combine(day, _NOON, tzinfo=zone).astimezone(UTC) - timedelta(hours=12)


def instant(day: date, seconds: int, zone: ZoneInfo) -> datetime:
    """Return the instant of a service day's second, in UTC: local times do not sort or subtract across a change."""
    return start(day, zone) + timedelta(seconds=seconds)


def touched(since: datetime, until: datetime, zone: ZoneInfo, latest_s: int) -> Iterator[Span]:
    """Yield each service day that may have departures in a span, with the span in that day's seconds.

    ``until`` is not part of the span; ``latest_s`` is the timetable's latest departure in its service day.
    """
    day = since.astimezone(zone).date() - timedelta(days=latest_s // _DAY_S + 1)
    last = until.astimezone(zone).date() + timedelta(days=1)  # on a day of 25 hours a service day starts the day before
    while day <= last:
        begins = start(day, zone)
        first_s, end_s = (math.ceil((edge - begins).total_seconds()) for edge in (since, until))
        if first_s <= latest_s and end_s > 0:
            yield Span(day, max(first_s, 0), end_s)
        day += timedelta(days=1)
