"""Opening hours, in words and for a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from itertools import groupby
from typing import Any, Final

from actions.answers import spoken, worded
from actions.city.models import WEEKDAYS, Opening
from actions.speech import on_day
from kit.clock import BRUSSELS
from kit.languages import Language
from kit.replies import Part, clock_time, listing, text

_DAYS: Final = {
    "mon": "day_mon",
    "tue": "day_tue",
    "wed": "day_wed",
    "thu": "day_thu",
    "fri": "day_fri",
    "sat": "day_sat",
    "sun": "day_sun",
}


def hours_lines(hours: Sequence[Opening], day: date) -> Part:
    """Return a week's hours, one line for days with the same ones; ``day`` only carries the times."""
    return listing(week(hours, day))


def week(hours: Sequence[Opening], day: date) -> list[Part]:
    """Return a week's hours, days with the same ones together: "lundi à vendredi : de 9 h à 12 h"."""
    by_day = {name: [each for each in hours if name in each.days] for name in WEEKDAYS}
    lines = []
    for openings, days in groupby(WEEKDAYS, key=lambda name: by_day[name]):
        if openings:
            lines.append(text("hours_line", days=_days(list(days)), spans=spans(openings, day)))
    return lines


def spans(openings: Sequence[Opening], day: date) -> Part:
    """Return the hours of one day: "de 8 h 30 à 12 h et de 13 h à 16 h"."""
    return listing([_span(each, day) for each in sorted(openings, key=lambda each: each.opens)], "and")


def on_weekday(hours: Sequence[Opening], day: date) -> list[Opening]:
    """Return the openings of a day of the week."""
    return [each for each in hours if WEEKDAYS[day.weekday()] in each.days]


def closing_time(hours: Sequence[Opening], now: datetime) -> datetime | None:
    """Return until when it is open, at a moment at which it is; None where the hours do not say."""
    local = now.astimezone(BRUSSELS)
    closes = [each.closes for each in on_weekday(hours, local.date()) if each.opens <= local.time() < each.closes]
    return _at(local.date(), max(closes)) if closes else None


def opening_moment(opens: datetime, today: date) -> Part:
    """Return when it opens next: "demain mardi 24 novembre à 9 h"."""
    return text("opens_at", day=on_day(opens.astimezone(BRUSSELS).date(), today), time=clock_time(opens))


def hours_rows(hours: Sequence[Opening], language: Language | None) -> list[dict[str, Any]]:
    """Return hours as a card has them."""
    return [
        {
            "days": list(each.days),
            "opens": each.opens.strftime("%H:%M"),
            "closes": each.closes.strftime("%H:%M"),
            "note": spoken(each.note, language) if each.note else None,
        }
        for each in hours
    ]


def _span(opening: Opening, day: date) -> Part:
    times = {"opens": clock_time(_at(day, opening.opens)), "closes": clock_time(_at(day, opening.closes))}
    if opening.note:
        return text("hours_span_note", note=worded(opening.note), **times)
    return text("hours_span", **times)


def _days(names: Sequence[str]) -> Part:
    """Return consecutive days: one, two with "and", or a range."""
    first, last = text(_DAYS[names[0]]), text(_DAYS[names[-1]])
    if len(names) == 1:
        return first
    if len(names) == 2:
        return listing([first, last], "and")
    return text("days_range", first=first, last=last)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, tzinfo=BRUSSELS)
