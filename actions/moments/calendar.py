"""Days and spans that are named by the calendar: "le 15 mai", "5/12", "eind januari", "the third Saturday in June"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from actions.moments.span import Days, one
from actions.moments.words import words

_DAY_OF_MONTH: Final = re.compile(
    r"(?:(?:le|de|den|the|op|on|pour|du|from|van|since|depuis|sinds) )*"
    r"(\d{1,2})(?:st|nd|rd|th|er|ere|e|ste|de)?(?: of)?(?: (\w+))?(?: (\d{4}))?"
)
_MONTH_FIRST: Final = re.compile(r"(\w+) (?:the )?(\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?")
_NUMERIC: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-]((?:20)?\d{2}))?")
_ISO: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_JOINING: Final = frozenset({"de", "du", "d", "van", "of", "in", "the", "le", "la", "het", "op", "en", "on", "au", "a"})
_YEAR: Final = re.compile(r"(?:\w+ ){0,3}(20[2-4]\d)")
_THIRDS: Final = ((1, 10), (11, 20), (21, 31))


def of_calendar(written: str, text: str, today: date) -> Days | None:
    """Return what a text (as written, and folded) names by the calendar, or None.

    A date that is past is next year's; a day of the month that is past is the next month's.
    """
    day = _numeric(written, today) or _day(text, today)
    return one(day) or _in_month(text, today) or _year(text, today)


def _year(text: str, today: date) -> Days | None:
    """Return a year; of this one, what is still to come."""
    ahead = words().years_ahead.get(text)
    found = _YEAR.fullmatch(text)
    year = today.year + ahead if ahead is not None else int(found[1]) if found else None
    return (
        Days(max(date(year, 1, 1), today) if year == today.year else date(year, 1, 1), date(year, 12, 31))
        if year
        else None
    )


def _numeric(written: str, today: date) -> date | None:
    iso = _ISO.search(written)
    if iso:
        return _coming(int(iso[3]), int(iso[2]), iso[1], today)
    found = _NUMERIC.search(written)
    return _coming(int(found[1]), int(found[2]), found[3], today) if found else None


def _day(text: str, today: date) -> date | None:
    known = words()
    # "mardi 5 mai"; and "premier mai" for "1er mai".
    parts = [part for part in text.split() if part not in known.weekdays]
    if len(parts) == 2 and known.ordinals.get(parts[0]) == 1 and parts[1] in known.months:
        parts[0] = "1"
    rest = " ".join(parts)
    match = _DAY_OF_MONTH.fullmatch(rest)
    if match is not None:
        if match[2] is None:
            return _coming_day(int(match[1]), today)
        month = known.months.get(match[2])
        return _coming(int(match[1]), month, match[3], today) if month else None
    match = _MONTH_FIRST.fullmatch(rest)
    month = known.months.get(match[1]) if match else None
    return _coming(int(match[2]), month, match[3], today) if match and month else None


def _in_month(text: str, today: date) -> Days | None:
    """Return a month, a part of one, or its first, second … weekday."""
    known = words()
    if text in known.months_ahead:
        return _clipped(*_month(today, known.months_ahead[text]), today)
    *before, last = [part for part in text.split() if part not in _JOINING] or [""]
    month = known.months.get(last) or (today.month if last in known.month_words else None)
    if month is None:
        return None
    year = today.year + (month < today.month)
    if not before:
        return _clipped(year, month, today) if last in known.months else None
    return _part(year, month, before) or one(_ordinal(year, month, before, today))


def _part(year: int, month: int, before: Sequence[str]) -> Days | None:
    """Return the third of a month that the words before it name: "fin janvier"."""
    third = words().month_parts.get(" ".join(before))
    if third is None:
        return None
    first, last = _THIRDS[third]
    return Days(date(year, month, first), date(year, month, min(last, monthrange(year, month)[1])))


def _ordinal(year: int, month: int, before: Sequence[str], today: date) -> date | None:
    """Return the day of a month that an ordinal and a weekday name: "troisième samedi de juin"."""
    known = words()
    if len(before) != 2 or before[0] not in known.ordinals or before[1] not in known.weekdays:
        return None
    nth, weekday = known.ordinals[before[0]], known.weekdays[before[1]]
    found = _nth(year, month, nth, weekday)
    return found if found >= today else _nth(year + 1, month, nth, weekday)


def _month(today: date, ahead: int) -> tuple[int, int]:
    years, month = divmod(today.month - 1 + ahead, 12)
    return today.year + years, month + 1


def _clipped(year: int, month: int, today: date) -> Days:
    """Return a month; of this one, what is still to come."""
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return Days(max(first, today) if first <= today <= last else first, last)


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    """Return the first, second … or last (-1) such weekday of a month."""
    if nth < 0:
        last = date(year, month, monthrange(year, month)[1])
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _coming(day: int, month: int, year: str | None, today: date) -> date | None:
    """Return that date, this year or, where it is past, the next."""
    given = int(year) + (2000 if len(year) == 2 else 0) if year else None
    for candidate in (given,) if given else (today.year, today.year + 1):
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
