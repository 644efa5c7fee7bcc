"""Days and times of day, as cards write them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from kit.clock import BRUSSELS
from kit.languages import Language
from services.telegram.texts import Texts


def instant(value: object) -> datetime | None:
    """Return a card's point in time, in Brussels; None where it is none."""
    try:
        read = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return read.astimezone(BRUSSELS) if read.tzinfo else None


def day_of(value: object) -> date | None:
    """Return a card's day; None where it is none."""
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def time_words(at: datetime, language: Language, texts: Texts) -> str:
    """Return a time of day in words: "18 h 05", "18.05 uur", "18:05"."""
    if (at.hour, at.minute) == (0, 0):
        return texts.say("time_midnight", language)
    text_id = "time" if at.minute else "time_hour"
    return texts.say(text_id, language, hour=at.hour, minute=f"{at.minute:02}")


def day_words(day: date, language: Language) -> str:
    """Return a day in words: "jeudi 26 novembre", "mardi 1er décembre"."""
    pattern = "EEEE d'er' MMMM" if language == "fr" and day.day == 1 else "EEEE d MMMM"
    return format_date(day, pattern, locale=language)
