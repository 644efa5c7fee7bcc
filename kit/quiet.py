"""Quiet hours: when nothing is said unasked, by the clock on the wall in Brussels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from kit.clock import BRUSSELS


@dataclass(frozen=True)
class Quiet:
    """From a time of day to another one, over midnight where the second comes first; the same twice: never."""

    start: str
    end: str

    def holds(self, at: datetime) -> bool:
        """Tell whether an instant is in them; their start is, their end is not."""
        start, end = time.fromisoformat(self.start), time.fromisoformat(self.end)
        now = at.astimezone(BRUSSELS).time()
        return start <= now < end if start <= end else now >= start or now < end

    def began(self, at: datetime) -> datetime:
        """Return when the quiet hours that hold at an instant began."""
        local = at.astimezone(BRUSSELS)
        began = datetime.combine(local.date(), time.fromisoformat(self.start), BRUSSELS)
        return began if began.astimezone(UTC) <= local.astimezone(UTC) else _day(began, -1)

    def over(self, at: datetime) -> datetime:
        """Return when the quiet hours that hold at an instant are over."""
        local = at.astimezone(BRUSSELS)
        over = datetime.combine(local.date(), time.fromisoformat(self.end), BRUSSELS)
        return over if over.astimezone(UTC) > local.astimezone(UTC) else _day(over, 1)


#: Where nothing else was chosen.
QUIET: Final = Quiet("22:00", "07:00")


def _day(at: datetime, days: int) -> datetime:
    """Return the same time of day on another day; the clocks may change in between."""
    return datetime.combine(at.date() + timedelta(days=days), at.time(), BRUSSELS)
