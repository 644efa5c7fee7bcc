"""Rounds that come back: on which days one comes, and one from a list of dates.

A round comes on a weekday, every week or every ``every_weeks`` weeks counted from its ``first`` day (the anchor).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, get_args

Fraction = Literal["white", "yellow", "blue", "orange", "green"]

#: The bags in the order in which answers name them.
FRACTIONS: Final[tuple[Fraction, ...]] = get_args(Fraction)

#: Minutes of a day: the end of a put-out window that the data writes 24:00.
MIDNIGHT: Final = 24 * 60
_FORTNIGHT: Final = 2


@dataclass(frozen=True)
class Round:
    """A bag's round.

    ``weekday`` is the day of collection (Monday is 0). ``opens_min`` and ``until_min`` are minutes after midnight of
    the day *before*, on which the bag is put out. ``first`` and ``last`` are days of collection, both included; None
    is an open end.
    """

    fraction: Fraction
    weekday: int
    opens_min: int
    until_min: int
    every_weeks: int = 1
    first: date | None = None
    last: date | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.opens_min < self.until_min <= MIDNIGHT:
            raise ValueError(f"no window from minute {self.opens_min} until minute {self.until_min}")
        if self.every_weeks > 1 and self.first is None:
            raise ValueError(f"a round every {self.every_weeks} weeks needs a first day to count from")
        if self.first is not None and self.first.weekday() != self.weekday:
            raise ValueError(f"the first day {self.first} is not a weekday {self.weekday}")

    @property
    def in_the_evening(self) -> bool:
        """Whether the round comes on the very evening of putting out: its window ends before midnight."""
        return self.until_min < MIDNIGHT

    def comes_on(self, day: date) -> bool:
        """Tell whether the round comes on a day, holidays not considered."""
        if day.weekday() != self.weekday or (self.last is not None and day > self.last):
            return False
        if self.first is None:
            return True
        return day >= self.first and (day - self.first).days % (7 * self.every_weeks) == 0


def on_dates(fraction: Fraction, dates: Iterable[date], opens_min: int, until_min: int) -> list[Round]:
    """Return the rounds that come on exactly these dates, every week or every other week where the dates do."""
    by_weekday: dict[int, list[date]] = {}
    for day in sorted(set(dates)):
        by_weekday.setdefault(day.weekday(), []).append(day)
    return [
        Round(fraction, weekday, opens_min, until_min, weeks, first=run[0], last=run[-1])
        for weekday, days in by_weekday.items()
        for weeks, run in _runs(days)
    ]


def _runs(days: Sequence[date]) -> list[tuple[int, list[date]]]:
    """Return days of one weekday, rising, as runs with an even gap, and that gap in weeks."""
    found: list[tuple[int, list[date]]] = []
    for day in days:
        weeks = (day - found[-1][1][-1]).days // 7 if found else 0
        if found and (weeks == found[-1][0] or (len(found[-1][1]) == 1 and 0 < weeks <= _FORTNIGHT)):
            found[-1] = (weeks, [*found[-1][1], day])
        else:
            found.append((_FORTNIGHT, [day]))
    return found
