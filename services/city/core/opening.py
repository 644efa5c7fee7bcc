"""Opening hours: their shape in data files, whether a desk or a park is open, and when it opens next."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Final, Literal, Self

from holidays import country_holidays
from pydantic import Field, field_serializer, model_validator

from kit.clock import BRUSSELS
from services.city.core.facts import Facts, Trilingual

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

#: The weekdays in the order of ``datetime.date.weekday``.
WEEKDAYS: Final[tuple[Weekday, ...]] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

#: How far ahead an opening is looked for: past any run of holidays.
_DAYS_AHEAD: Final = 21


class Opening(Facts):
    """An opening that comes back on some weekdays; ``closes`` is on the same day, in Brussels' local time."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    opens: time
    closes: time
    note: Trilingual | None = None

    @model_validator(mode="after")
    def _closes_later(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError(f"closes {self.closes:%H:%M} is not after opens {self.opens:%H:%M}")
        return self

    @field_serializer("opens", "closes")
    def _minutes(self, value: time) -> str:
        return f"{value:%H:%M}"


@dataclass(frozen=True)
class Status:
    """``open_now`` is None where the hours are not known; ``opens_next`` where it is open, or never opens.

    ``closes`` is when what is open now closes; None where it never does.
    """

    open_now: bool | None
    opens_next: datetime | None = None
    closes: datetime | None = field(default=None, compare=False)


def status(
    hours: Sequence[Opening] | None,
    now: datetime,
    *,
    always_open: bool = False,
    open_on_holidays: bool = False,
    closed_on: Container[date] = (),
) -> Status:
    """Return whether these hours, in Brussels' local time, hold at ``now``, and the next opening where they do not.

    An opening lasts from ``opens`` up to, not including, ``closes``. Public holidays are Belgium's; ``closed_on`` are
    further days without any opening.
    """
    if always_open:
        return Status(open_now=True)
    if hours is None:
        return Status(open_now=None)
    local = now.astimezone(BRUSSELS)
    days = (local.date() + timedelta(days=ahead) for ahead in range(_DAYS_AHEAD))
    open_days = (day for day in days if day not in closed_on)
    for opens, closes in (each for day in open_days for each in openings_on(hours, day, open_on_holidays)):
        if opens <= local < closes:
            return Status(open_now=True, closes=closes)
        if opens > local:
            return Status(open_now=False, opens_next=opens)
    return Status(open_now=False)


def openings_on(hours: Sequence[Opening], day: date, open_on_holidays: bool = False) -> list[tuple[datetime, datetime]]:
    """Return the openings of a day in order of time; none on a public holiday, unless it is open then."""
    if not open_on_holidays and public_holiday(day):
        return []
    today = [opening for opening in hours if WEEKDAYS[day.weekday()] in opening.days]
    return [(_at(day, each.opens), _at(day, each.closes)) for each in sorted(today, key=lambda each: each.opens)]


def public_holiday(day: date) -> bool:
    """Tell whether a day is one of Belgium's public holidays."""
    return day in _public_holidays(day.year)


def _at(day: date, wall: time) -> datetime:
    return datetime.combine(day, wall, tzinfo=BRUSSELS)


@lru_cache(maxsize=16)
def _public_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("BE", years=year))
