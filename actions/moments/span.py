"""A span of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Days:
    """A span of days, both ends included."""

    first: date
    last: date

    @property
    def single(self) -> bool:
        """Tell whether it is one day."""
        return self.first == self.last

    def __contains__(self, value: date) -> bool:
        return self.first <= value <= self.last


def one(day: date | None) -> Days | None:
    """Return a day as a span."""
    return None if day is None else Days(day, day)


def after(day: date, days: int) -> Days:
    """Return the day that comes so many days later."""
    return Days(day + timedelta(days=days), day + timedelta(days=days))
