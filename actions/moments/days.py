"""From the day that a resident wrote ("demain", "vrijdag", "the 25th") to a day or a span of days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

import dateparser

from actions.moments.words import words
from kit.languages import LANGUAGES, Language
from kit.text import fold

_DAY_OF_MONTH: Final = re.compile(
    r"(?:(?:le|de|den|the|op|on|pour) )*(\d{1,2})(?:st|nd|rd|th|e|er|ste|de)?(?: of)?(?: (\w+))?(?: (\d{4}))?"
)
_NUMERIC: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_LEADING: Final = re.compile(r"^(?:le|ce|pour|op|deze|this|on|for|komende|aanstaande) ")


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


def parse_days(written: str, today: date, language: Language | None) -> Days | None:
    """Return the days that a text names, counted from today, or None where it names none.

    A weekday is the next one, today included; "next Friday" is Friday of next week. A day of the month that is past
    is the next month's.
    """
    text = fold(written)
    if not text:
        return None
    span = _span(text, today)
    if span is not None:
        return span
    found = _relative(text, today) or _weekday(text, today) or _calendar(written, text, today)
    if found is None:
        found = _by_library(written, today, language)
    return Days(found, found) if found else None


def _span(text: str, today: date) -> Days | None:
    known = words()
    monday = today - timedelta(days=today.weekday())
    if text in known.weekend:
        return Days(max(today, monday + timedelta(days=5)), monday + timedelta(days=6))
    if text in known.this_week:
        return Days(today, monday + timedelta(days=6))
    if text in known.next_week:
        return Days(monday + timedelta(days=7), monday + timedelta(days=13))
    return _month(text, today)


def _month(text: str, today: date) -> Days | None:
    """Return what a month alone names: all of it ("in June"), or a weekday of it ("the last Saturday of May")."""
    known = words()
    parts = text.split()
    months = [known.months[part] for part in parts if part in known.months]
    if len(months) != 1 or any(part.isdigit() for part in parts):
        return None
    first = date(today.year + (months[0] < today.month), months[0], 1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    weekdays = [known.weekdays[part] for part in parts if part in known.weekdays]
    if not weekdays:
        alone = set(parts) <= known.months.keys() | known.around_month
        return Days(max(first, today), last) if alone else None
    place = next((known.places[part] for part in parts if part in known.places), None)
    if len(weekdays) != 1 or place is None:
        return None
    days = [each for at in range(last.day) if (each := first + timedelta(days=at)).weekday() == weekdays[0]]
    found = days[place]
    return Days(found, found) if found >= today else None


def _relative(text: str, today: date) -> date | None:
    offset = words().days.get(text)
    return None if offset is None else today + timedelta(days=offset)


def _weekday(text: str, today: date) -> date | None:
    known = words()
    parts = _LEADING.sub("", text).split()
    names = [known.weekdays[part] for part in parts if part in known.weekdays]
    if len(names) != 1 or any(part.isdigit() or part in known.months for part in parts):
        return None
    ahead = (names[0] - today.weekday()) % 7
    if known.next_words.intersection(parts):
        ahead = ahead + 7 if ahead + today.weekday() < 7 else ahead
    return today + timedelta(days=ahead)


def _calendar(written: str, text: str, today: date) -> date | None:
    known = words()
    numeric = _NUMERIC.search(written)
    if numeric:
        return _coming(int(numeric[1]), int(numeric[2]), numeric[3], today)
    rest = " ".join(part for part in text.split() if part not in known.weekdays)
    match = _DAY_OF_MONTH.fullmatch(rest)
    if match is None:
        return None
    if match[2] is None:
        return _coming_day(int(match[1]), today)
    month = known.months.get(match[2])
    return _coming(int(match[1]), month, match[3], today) if month else None


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    """Return that date, this year or, where it is past, the next."""
    for candidate in (int(year),) if year else (today.year, today.year + 1):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue
        if year or found >= today:
            return found
    return None


def _coming_day(day: int, today: date) -> date | None:
    """Return the next day of that number, this month or a later one."""
    first = today.replace(day=1)
    for _ in range(4):
        try:
            found = first.replace(day=day)
        except ValueError:
            found = None
        if found is not None and found >= today:
            return found
        first = (first + timedelta(days=32)).replace(day=1)
    return None


def _by_library(written: str, today: date, language: Language | None) -> date | None:
    """Ask dateparser, for what is rarer ("in 3 days", "dans une semaine")."""
    found = dateparser.parse(
        written[:60],
        languages=[language] if language else list(LANGUAGES),
        settings={
            "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 - dateparser wants it naive
            "PREFER_DATES_FROM": "future",
            "DATE_ORDER": "DMY",
            "REQUIRE_PARTS": ["day"],
        },
    )
    return found.date() if found and abs((found.date() - today).days) <= 400 else None
