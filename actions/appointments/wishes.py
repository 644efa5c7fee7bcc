"""When somebody would like to come, from what they write: days, a time, a part of the day."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final

from actions.cues import labels_in
from actions.moments.days import parse_days
from actions.moments.times import parse_moment
from kit.clock import BRUSSELS
from kit.languages import Language

_CUES: Final = Path(__file__).with_name("wishes.yml")
#: No desk is open before; "at 2" is the afternoon's.
_EARLIEST: Final = 7
_CLOCK: Final = re.compile(
    r"\d{1,2} ?(?:[:.h] ?\d{0,2}|u(?:ur)?\b(?: ?\d{2})?|heures?|am\b|pm\b|o.clock)", re.IGNORECASE
)


def wish(written_day: str | None, written_time: str | None, now: date, language: Language | None) -> dict[str, Any]:
    """Return what a date and a time, as they are written, say: ``days``, ``time`` or ``half`` of the day."""
    found: dict[str, Any] = {}
    days = parse_days(written_day, now, language) if written_day else None
    if days is not None:
        found.update(days=[days.first.isoformat(), days.last.isoformat()], after=None)
    halves = [each for each in labels_in(f"{written_day or ''} {written_time or ''}", _CUES) if each != "later"]
    clock = _clock(written_time, language) if written_time else None
    if clock is not None and (not halves or _CLOCK.search(written_time or "")):
        found.update(time=clock.isoformat("minutes"), half=None)
    elif halves:
        found.update(time=None, half=halves[0])
    return found


def wish_in_words(written: str, now: date, language: Language | None) -> dict[str, Any]:
    """Return what a text without a date and a time of its own says in all its words."""
    clock = _CLOCK.search(written)
    return wish(_CLOCK.sub(" ", written), clock[0] if clock else None, now, language)


def wants_later(written: str) -> bool:
    """Tell whether a text asks for later slots than those that are offered."""
    return "later" in labels_in(written, _CUES)


def _clock(written: str, language: Language | None) -> time | None:
    midnight = datetime(2000, 1, 1, tzinfo=BRUSSELS)
    found = parse_moment(written, None, midnight, language)
    if found is None or found == midnight:
        return None
    return found.time().replace(hour=found.hour + 12) if found.hour < _EARLIEST else found.time()
