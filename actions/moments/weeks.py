"""Days that are named by their week: "lundi prochain", "last Thursday", "mardi en huit", "volgend weekend"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from actions.moments.span import Days, after
from actions.moments.words import words

_LEADING: Final = re.compile(
    r"^(?:(?:le|la|ce|cette|pour|depuis|op|deze|sinds|this|on|for|since|komende|aanstaande) )+"
)
_SATURDAY: Final = 5


def of_week(text: str, today: date) -> Days | None:
    """Return the week, the weekend or the day of a week that a folded text names, or None.

    A weekday is the next one, today included; "next Friday" is Friday of next week, "last Friday" the one before today.
    """
    return _weekend(text, today) or _week(text, today) or _weekday(text, today)


def _weekend(text: str, today: date) -> Days | None:
    ahead = words().weekends.get(text)
    if ahead is None:
        return None
    saturday = _monday(today, ahead) + timedelta(days=_SATURDAY)
    return Days(max(today, saturday) if ahead == 0 else saturday, saturday + timedelta(days=1))


def _week(text: str, today: date) -> Days | None:
    ahead = words().weeks.get(text)
    if ahead is None:
        return None
    monday = _monday(today, ahead)
    return Days(today if ahead == 0 else monday, monday + timedelta(days=6))


def _weekday(text: str, today: date) -> Days | None:
    known = words()
    text = _LEADING.sub("", text)
    parts = text.split()
    names = [(known.weekdays[part], part) for part in parts if part in known.weekdays]
    if len(names) != 1:
        return None
    weekday, name = names[0]
    # Such words may stand before the day and behind it: "a week from Tuesday", "mardi en huit".
    rest = [side.strip() for side in re.split(rf"\b{name}\b", text, maxsplit=1)]
    if known.week_later.intersection(rest):
        return after(today, (weekday - today.weekday()) % 7 + 7)
    if any(part.isdigit() or part in known.months for part in parts):
        return None
    week = next((known.weeks[side] for each in rest if (side := _bare(each)) in known.weeks), None)
    if week is not None:
        return after(_monday(today, week), weekday)
    ahead = (weekday - today.weekday()) % 7
    if known.last_words.intersection(parts):
        return after(today, ahead - 7)
    if known.next_words.intersection(parts) and ahead + today.weekday() < 7:
        ahead += 7
    return after(today, ahead)


def _bare(side: str) -> str:
    """Return what stands beside a weekday without the word that joins them: "de la semaine prochaine"."""
    return re.sub(r"^(?:de|van|of|in) ", "", side)


def _monday(today: date, weeks: int) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(weeks=weeks)
