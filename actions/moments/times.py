"""From the time that a resident wrote ("18h05", "half negen", "in 20 minutes") to an instant."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from actions.moments.days import parse_days
from actions.moments.words import words
from kit.clock import BRUSSELS
from kit.languages import Language
from kit.text import fold, fold_characters

_COLON: Final = re.compile(r"(\d{1,2}) ?[:.hu] ?(\d{2})(?!\d)")
_HOUR: Final = re.compile(r"(?:^| )(\d{1,2}) ?(?:h|heures?|u|uur|uren|o clock|am|pm|$)(?: |$)")
_IN: Final = re.compile(
    r"(?:dans|d ici|over|binnen|in|within) (\w+) ?(minutes?|min|minuten|minuut|heures?|uur|uren|hours?|h)"
)
_HALF_HOUR: Final = re.compile(r"(?:dans une demi heure|over een half uur|over een halfuur|in half an hour)")
_HALF_NL: Final = re.compile(r"half (\w+)")
_QUARTER: Final = re.compile(
    r"(?:kwart (over|voor) (\w+)|quarter (past|to) (\w+)|(\w+) heures? (moins le quart|et quart))"
)
_HALF: Final = re.compile(r"(?:half past (\w+)|(\w+) heures? et demie?)")
_LATE: Final = re.compile(
    r"\b(?:pm|du soir|de l apres midi|s avonds|s middags|in the evening|in the afternoon|at night)\b"
)
_EARLY: Final = re.compile(r"\b(?:am|du matin|s ochtends|s morgens|in the morning)\b")
_TOLERANCE: Final = timedelta(minutes=15)


def parse_moment(
    written_time: str | None, written_date: str | None, now: datetime, language: Language | None
) -> datetime | None:
    """Return the instant that a time and a date name, at or after now; None where they name none, or now itself.

    A bare hour that is past is taken to be the evening's where that is still to come, else tomorrow's.
    """
    text = fold(written_time or "")
    day = parse_days(written_date, now.date(), language) if written_date else None
    if day is None and text:
        day = parse_days(written_time or "", now.date(), language) if _names_a_day(text) else None
    if text in words().now or not (text or written_date):
        return None
    ahead = _ahead(text)
    if ahead is not None:
        return now + ahead
    clock = _clock(written_time or "", text) or _part_of_day(text) or _part_of_day(fold(written_date or ""))
    if clock is None:
        if day is None or day.first <= now.date():
            return None
        return _at(day.first, time(7, 0))
    if day is not None:
        return max(now, _at(day.first, clock))
    return _coming(clock, text, now)


def time_of_day(written: str) -> time | None:
    """Return the time of day that a text names; a bare hour before noon is the evening's, unless it says otherwise."""
    text = fold(written)
    clock = _clock(written, text)
    if clock is None or _EARLY.search(text) or not 0 < clock.hour < 12 or text.startswith("0"):
        return clock
    return clock.replace(hour=clock.hour + 12)


def _names_a_day(text: str) -> bool:
    known = words()
    return text in known.days or any(part in known.weekdays for part in text.split())


def _ahead(text: str) -> timedelta | None:
    if _HALF_HOUR.search(text):
        return timedelta(minutes=30)
    match = _IN.search(text)
    if match is None:
        return None
    count = _number(match[1])
    if count is None:
        return None
    return timedelta(minutes=count) if match[2].startswith("min") else timedelta(hours=count)


def _clock(written: str, text: str) -> time | None:
    """Return the time of day that is written out, or None."""
    found = _written_out(text)
    if found is None:
        match = _COLON.search(fold_characters(written))
        if match:
            found = int(match[1]), int(match[2])
    if found is None:
        hour = _HOUR.search(text)
        found = (int(hour[1]), 0) if hour else None
    if found is None:
        return next((time(words().clock_words[part]) for part in text.split() if part in words().clock_words), None)
    hours, minutes = found
    if _LATE.search(text) and hours < 12:
        hours += 12
    elif _EARLY.search(text) and hours == 12:
        hours = 0
    hours %= 24
    return time(hours, minutes) if minutes < 60 else None


def _written_out(text: str) -> tuple[int, int] | None:
    match = _QUARTER.search(text)
    if match:
        before = (match[1] or match[3] or match[6]) in {"voor", "to", "moins le quart"}
        hour = _number(match[2] or match[4] or match[5])
        return None if hour is None else ((hour - 1) % 24, 45) if before else (hour, 15)
    match = _HALF.search(text)
    if match:
        hour = _number(match[1] or match[2])
        return None if hour is None else (hour, 30)
    match = _HALF_NL.search(text)
    if match:  # half negen is half past eight
        hour = _number(match[1])
        return None if hour is None else ((hour - 1) % 24, 30)
    return _spelled(text)


def _spelled(text: str) -> tuple[int, int] | None:
    """Return an hour that is written as a word: "huit heures", "acht uur", "at eight"."""
    match = re.search(r"(?:^|at |om |tegen |vers |a )(\w+)(?: (?:heures?|uur|o clock)|$)", text)
    hour = words().numbers.get(match[1]) if match else None
    return (hour, 0) if hour else None


def _part_of_day(text: str) -> time | None:
    hour = words().parts_of_day.get(text)
    return None if hour is None else time(hour)


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() else words().numbers.get(word)


def _coming(clock: time, text: str, now: datetime) -> datetime:
    """Return the next time that a clock shows it."""
    today = _at(now.date(), clock)
    if today >= now - _TOLERANCE or text in words().parts_of_day:
        return max(today, now)
    later = today + timedelta(hours=12)
    if clock.hour < 12 and later >= now and not _EARLY.search(text):
        return later
    return _at(now.date() + timedelta(days=1), clock)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=BRUSSELS)
