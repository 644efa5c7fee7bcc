"""From the day that a resident wrote ("demain", "vorige vrijdag", "the 25th") to a day or a span of days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import Final

import dateparser

from actions.moments.calendar import of_calendar
from actions.moments.feasts import of_feast
from actions.moments.span import Days, after, one
from actions.moments.weeks import of_week
from actions.moments.words import words
from kit.languages import LANGUAGES, Language
from kit.text import fold

#: Days in the unit of words.yml that stands for a month.
_MONTH: Final = 30


def parse_days(written: str, today: date, language: Language | None) -> Days | None:
    """Return the days that a text names, counted from today, or None where it names none.

    A weekday is the next one, today included; "next Friday" is Friday of next week. A day of the month that is past
    is the next month's.
    """
    text = fold(written)
    if not text or (language and text in words().no_days.get(language, ())):
        return None
    return (
        _relative(text, today)
        or of_feast(text, today)
        or _counted(text, today)
        or of_calendar(written, text, today)
        or of_week(text, today)
        or one(_by_library(written, today, language))
    )


def _relative(text: str, today: date) -> Days | None:
    offset = words().days.get(text)
    return None if offset is None else after(today, offset)


def _counted(text: str, today: date) -> Days | None:
    """Return the day so many days, weeks or months from today: "dans deux semaines", "3 dagen geleden"."""
    known = words()
    parts = text.split()
    at = next((at for at in range(1, len(parts)) if parts[at] in known.units), None)
    count = _number(parts[at - 1]) if at else None
    if at is None or count is None:
        return None
    around = {" ".join(parts[: at - 1]), " ".join(parts[at + 1 :])} - {""}
    if around and around <= known.ago_words:
        count = -count
    elif around and not around <= known.ahead_words:
        return None
    unit = known.units[parts[at]]
    if unit < _MONTH:
        return after(today, count * unit)
    years, month = divmod(today.month - 1 + count, 12)
    year = today.year + years
    return one(date(year, month + 1, min(today.day, monthrange(year, month + 1)[1])))


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else words().numbers.get(word)


def _by_library(written: str, today: date, language: Language | None) -> date | None:
    """Ask dateparser, for what is rarer."""
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
