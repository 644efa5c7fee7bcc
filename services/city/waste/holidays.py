"""Public holidays without rounds, and the days that take their place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Holiday:
    """A day without rounds. ``moved_to`` is None where its rounds are dropped."""

    day: date
    moved_to: date | None
    fr: str
    nl: str
    en: str


class Holidays:
    """The holidays of a calendar; ValueError where two are one day, or rounds move to a day that has none."""

    def __init__(self, holidays: Iterable[Holiday] = ()) -> None:
        self._days: set[date] = set()
        self._moved_to: defaultdict[date, list[Holiday]] = defaultdict(list)
        for holiday in sorted(holidays, key=lambda each: each.day):
            if holiday.day in self._days:
                raise ValueError(f"{holiday.day} is there twice")
            self._days.add(holiday.day)
            if holiday.moved_to is not None:
                self._moved_to[holiday.moved_to].append(holiday)
        for day in sorted(self._days.intersection(self._moved_to)):
            raise ValueError(f"rounds of {self._moved_to[day][0].day} move to {day}, a day without rounds itself")

    def __contains__(self, day: date) -> bool:
        return day in self._days

    def moved_to(self, day: date) -> Sequence[Holiday]:
        """Return the holidays whose rounds come on this day instead."""
        return self._moved_to.get(day, ())
