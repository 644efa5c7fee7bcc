"""How often a line leaves, hour by hour of a service day."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from typing import Final

from services.city.transport.schemas import Frequency
from services.city.transport.timetable import Leaving

_HOUR: Final = timedelta(hours=1)


def by_hour(leavings: Sequence[Leaving]) -> Iterator[Frequency]:
    """Yield each hour of the clock in which anything of these departures, in order of time, leaves.

    ``every_minutes`` is the middle one of the times from a departure of that hour to the next.
    """
    gaps_s = {one: (other.at - one.at).total_seconds() for one, other in pairwise(leavings)}
    # In UTC, so that the hour that comes twice in the night of the clock's change is two.
    for begins, group in groupby(leavings, key=lambda each: each.at.replace(minute=0, second=0, microsecond=0)):
        in_hour = list(group)
        promised_s = [float(each.run.headway_s) for each in in_hour if each.run.headway_s]
        found_s = promised_s or [gaps_s[each] for each in in_hour if each in gaps_s]
        zone = in_hour[0].zone
        yield Frequency(
            since=begins.astimezone(zone),
            until=(begins + _HOUR).astimezone(zone),
            departures=len(in_hour),
            every_minutes=max(1, round(statistics.median(found_s) / 60)) if len(in_hour) > 1 or promised_s else None,
        )
