"""Counts working days in Belgium."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

import holidays

from kit.clock import BRUSSELS

#: When a working day ends.
_EVENING: Final = time(17)


def after_working_days(start: datetime, days: int) -> datetime:
    """Return the end of the working day that comes ``days`` working days after the day of ``start``."""
    day = start.astimezone(BRUSSELS).date()
    free = holidays.country_holidays("BE")
    while days:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in free:
            days -= 1
    return datetime.combine(day, _EVENING, BRUSSELS)
