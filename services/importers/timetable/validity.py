"""From which day to which a feed's timetable holds."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from services.feeds.gtfs import Feed
from services.importers.timetable.trips import Timetable


class Validity(NamedTuple):
    """First and last service day that a feed speaks of; None where it holds no trip."""

    first: date | None
    last: date | None


def validity(feed: Feed, timetable: Timetable) -> Validity:
    """Return the days on which trips run, as far as feed_info.txt does not say that the feed holds for fewer.

    A publisher's dates that leave no day at all are a slip, and not heeded.
    """
    if not timetable.days:
        return Validity(None, None)
    first = min(day for day, _ in timetable.days)
    last = max(day + timedelta(days=len(written) - 1) for day, written in timetable.days)
    stated_first = max(first, feed.info.first_day or first)
    stated_last = min(last, feed.info.last_day or last)
    return Validity(stated_first, stated_last) if stated_first <= stated_last else Validity(first, last)
